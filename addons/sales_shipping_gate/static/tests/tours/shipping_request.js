import { registry } from "@web/core/registry";

import { takePhoto } from "./take_photo";

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

tours.add("sales_shipping_invoice_and_payment", {
    steps: () => [
        { content: "Invoice the order", trigger: ".o_statusbar_buttons #create_invoice", run: "click" },
        { content: "All of it", trigger: ".modal footer button[name=create_invoices]", run: "click" },
        { content: "Post", trigger: ".o_statusbar_buttons button[name=action_post]:visible", run: "click" },
        { content: "The money has come", trigger: "button[name=action_register_payment]:visible", run: "click" },
        { content: "All of it", trigger: ".modal footer button[name=action_create_payments]", run: "click" },
        { content: "The invoice is paid", trigger: "body:not(:has(.modal)) .ribbon span:contains(Paid)" },
    ],
});

tours.add("sales_shipping_begin_preparing", {
    steps: () => [
        { content: "The order is issued", trigger: ".o_arrow_button_current:contains(Shipping Order Issued)" },
        { content: "Begin", trigger: "button[name=action_start]", run: "click" },
        { content: "It is under way", trigger: ".o_form_view:not(:has(button[name=action_start]))" },
    ],
});

tours.add("sales_shipping_inspect_on_a_phone", {
    steps: () => [
        { content: "More buttons", trigger: ".o_statusbar_buttons button[title=More]", run: "click" },
        { content: "Inspect", trigger: "button[name=action_shipping_inspect]", run: "click" },
        { content: "First point", trigger: ".o_kanban_record:contains(Crate) button[name=action_in_order]", run: "click" },
        { content: "It is marked", trigger: ".o_kanban_record:contains(Crate) .btn-success" },
        { content: "A photo is needed", trigger: ".o_kanban_record:contains(Photo needed) .fw-bold", run: "click" },
        {
            content: "Take it",
            trigger: ".modal .o_field_widget[name=photo] input[type=file]:not(:visible)",
            run: takePhoto,
        },
        { content: "It is there", trigger: ".modal .o_field_widget[name=photo] img[src^=data]" },
        { content: "Keep it", trigger: ".modal .o_form_button_save", run: "click" },
        {
            content: "Second point",
            trigger: "body:not(:has(.modal)) .o_kanban_record:contains(Labels) button[name=action_in_order]",
            run: "click",
        },
        { content: "It is marked too", trigger: ".o_kanban_record:contains(Labels) .btn-success" },
        { content: "All in order", trigger: "button[name=action_pass]", run: "click" },
        { content: "The inspection is over", trigger: ".o_form_view:not(:has(button[name=action_pass]))" },
    ],
});

tours.add("sales_shipping_send_with_a_carrier", {
    steps: () => [
        { content: "Who brings it", trigger: "button[name=action_shipping_choose_carrier]", run: "click" },
        {
            content: "This one",
            trigger: ".modal .o_data_row:contains(Deppon) button[name=action_choose]",
            run: "click",
        },
        { content: "It is chosen", trigger: "body:not(:has(.modal)) .o_form_view:not(:has(button[name=action_shipping_choose_carrier]))" },
        { content: "More about it", trigger: "a[name=extra]", run: "click" },
        { content: "The tracking number", trigger: "div[name=carrier_tracking_ref] input", run: "edit DPK77" },
        { content: "Validate", trigger: ".o_form_statusbar button[name=button_validate]", run: "click" },
        { content: "The goods have left", trigger: ".o_statusbar_status .o_arrow_button_current[data-value=done]" },
    ],
});

tours.add("sales_shipping_requester_is_told", {
    steps: () => [
        { content: "It has left", trigger: ".o_form_view .o_statusbar_status:contains(Shipped)" },
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
