import { registry } from "@web/core/registry";

import { choose } from "@sales_policy/../tests/tours/choose";

const tours = registry.category("web_tour.tours");

/** Archive what is open in the form. */
function archive() {
    return [
        { content: "Actions", trigger: ".o_form_view .o_cp_action_menus i.fa-cog", run: "click" },
        { content: "Archive", trigger: ".o-dropdown-item:contains(Archive)", run: "click" },
        { content: "Yes", trigger: ".modal footer .btn-primary", run: "click" },
    ];
}

tours.add("sales_confidentiality_leaver_refused", {
    steps: () => [
        ...archive(),
        { content: "It is refused, and I read why", trigger: ".modal .modal-body:contains(cannot be archived yet)" },
        { content: "The laptop", trigger: ".modal .modal-body:contains(Laptop)" },
        { content: "Understood", trigger: ".modal footer button:visible", run: "click" },
        { content: "The account is there still", trigger: "body:not(:has(.modal)) .o_form_view" },
    ],
});

tours.add("sales_confidentiality_leaver_hands_back", {
    steps: () => [
        { content: "He leaves", trigger: "button[name=action_confidentiality_leaver]", run: "click" },
        { content: "What is outstanding", trigger: "div[name=outstanding]:contains(1 customers to hand over)" },
        { content: "End all access", trigger: "button[name=action_revoke]:visible", run: "click" },
        { content: "Yes", trigger: ".modal footer .btn-primary", run: "click" },
        { content: "It has ended", trigger: "div[name=revoked_date]" },
        { content: "Laptop", trigger: ".o_data_row:contains(Laptop) button[name=action_received]", run: "click" },
        { content: "It is back", trigger: ".o_data_row:contains(Laptop):not(:has(button[name=action_received]))" },
        { content: "Papers", trigger: ".o_data_row:contains(Documents) button[name=action_received]", run: "click" },
        { content: "They are back", trigger: "body:not(:has(button[name=action_received]))" },
        { content: "Hand over customers", trigger: "button[name=action_hand_over]:visible", run: "click" },
        ...choose("user_id", "Wang Fang", ".modal"),
        { content: "Why", trigger: ".modal div[name=reason] input", run: "edit Li Wei leaves" },
        { content: "Hand over", trigger: ".modal footer button[name=action_apply]:visible", run: "click" },
        { content: "One thing is left", trigger: "body:not(:has(.modal)) div[name=outstanding]:contains(Deletion)" },
        { content: "Ask for his signature", trigger: "button[name=action_ask_deletion]:visible", run: "click" },
        { content: "It was asked", trigger: "div[name=outstanding]:not(:contains(customers))" },
    ],
});

tours.add("sales_confidentiality_leaver_signs", {
    steps: () => [
        {
            content: "I was asked to confirm",
            trigger: "a:contains(Confirmation of Return and Deletion)",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "My signature", trigger: "canvas.o_web_sign_signature", run: "canvasNotEmpty" },
        { content: "Sign", trigger: ".o_portal_sign_submit:enabled", run: "click", expectUnloadPage: true },
        { content: "It is signed", trigger: "p:contains(Signed by):contains(Li Wei)" },
    ],
});

tours.add("sales_confidentiality_leaver_archived", {
    steps: () => [...archive(), { content: "Archived", trigger: "body:not(:has(.modal)) .ribbon:contains(Archived)" }],
});
