import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("sales_shipping_ask_on_a_phone", {
    steps: () => [
        {
            content: "Nobody has asked yet",
            trigger: ".alert-warning:contains(no shipping request has been issued)",
        },
        { content: "More buttons", trigger: ".o_statusbar_buttons button[title=More]", run: "click" },
        { content: "Ask for the shipment", trigger: "button[name=action_shipping_request]", run: "click" },
        { content: "Everything undelivered is proposed", trigger: ".o_field_widget[name=line_ids]:contains(Lathe)" },
        {
            content: "Say what else matters",
            trigger: ".o_field_widget[name=demands] textarea",
            run: "edit Wooden crates",
        },
        { content: "Submit", trigger: "button[name=action_submit]", run: "click" },
        {
            content: "It waits for the sales clerk",
            trigger: ".o_form_view:not(:has(button[name=action_submit])) .o_statusbar_status:contains(Submitted)",
        },
    ],
});

tours.add("sales_shipping_check", {
    steps: () => [
        { content: "Confirm the check", trigger: "button[name=action_check]", run: "click" },
        { content: "Gone through again with the requester", trigger: ".modal-footer .btn-primary", run: "click" },
        {
            content: "It waits for the money",
            trigger: ".o_form_view:not(:has(button[name=action_check])) .o_arrow_button_current:contains(Checked)",
        },
    ],
});

tours.add("sales_shipping_inspect_on_a_phone", {
    steps: () => [
        { content: "First point", trigger: ".o_kanban_record:contains(Crate) button[name=action_in_order]", run: "click" },
        { content: "It is marked", trigger: ".o_kanban_record:contains(Crate) .btn-success" },
        { content: "Second point", trigger: ".o_kanban_record:contains(Labels) button[name=action_in_order]", run: "click" },
        { content: "It is marked too", trigger: ".o_kanban_record:contains(Labels) .btn-success" },
        { content: "All in order", trigger: "button[name=action_pass]", run: "click" },
        { content: "The inspection is over", trigger: ".o_form_view:not(:has(button[name=action_pass]))" },
    ],
});

tours.add("sales_shipping_receive_in_the_portal", {
    steps: () => [
        { content: "Who received it", trigger: "#shipments input[name=person]", run: "edit Old Xu" },
        {
            content: "Confirm",
            trigger: "#shipments button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "It is received", trigger: "#shipments .badge:contains(Received on)" },
    ],
});
