import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("sales_confidentiality_reveal", {
    steps: () => [
        { content: "The phone is masked", trigger: ".o_field_confidential:contains(+86****78)" },
        { content: "Press the eye", trigger: ".o_confidential_reveal", run: "click" },
        {
            content: "Say why",
            trigger: ".modal textarea.o_confidential_reason",
            run: "edit The pump is leaking",
        },
        { content: "Show it", trigger: ".modal-footer .btn-primary", run: "click" },
        { content: "The number is there", trigger: ".o_confidential_value:contains(+86 138 1234 5678)" },
        { content: "Some seconds later it is not", trigger: ".o_field_confidential:contains(+86****78)" },
    ],
});

tours.add("sales_confidentiality_owner_sees", {
    steps: () => [
        {
            content: "The owner sees the number and can change it",
            trigger: ".o_field_confidential:not(:has(.o_confidential_reveal)):has(input)",
            run() {
                const { value } = document.querySelector(".o_field_confidential input");
                if (value !== "+86 138 1234 5678") {
                    throw new Error(`The owner sees ${value}`);
                }
            },
        },
    ],
});

tours.add("sales_confidentiality_grant", {
    steps: () => [
        { content: "Ask", trigger: ".o_form_view button[name=action_ask]", run: "click" },
        { content: "It has been asked", trigger: ".o_statusbar_status button.o_arrow_button_current:contains(Asked)" },
    ],
});

tours.add("sales_confidentiality_ask_grant", {
    steps: () => [
        { content: "Press the eye", trigger: ".o_confidential_reveal", run: "click" },
        { content: "Ask instead", trigger: ".o_notification:contains(temporary grant) button:contains(Ask)", run: "click" },
        { content: "Why", trigger: ".o_form_view div[name=reason] textarea", run: "edit Covering the fair" },
        { content: "Ask", trigger: ".o_form_view button[name=action_ask]", run: "click" },
        { content: "It was asked", trigger: ".o_arrow_button_current:contains(Asked)" },
    ],
});
