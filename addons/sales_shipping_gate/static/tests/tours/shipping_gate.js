import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const decide = (button, reason) => [
    { content: "Decide", trigger: `.o_form_statusbar button[name=${button}]`, run: "click" },
    { content: "Say why", trigger: ".modal div[name=reason] input", run: `edit ${reason}` },
    { content: "Confirm", trigger: ".modal footer button[name=action_apply]", run: "click" },
    { content: "It is recorded", trigger: "body:not(:has(.modal))" },
];

const validate = (done) => [
    { content: "Validate", trigger: ".o_form_statusbar button[name=button_validate]", run: "click" },
    ...done,
];

tours.add("sales_shipping_gate_held", {
    steps: () => [
        { content: "The order says what is missing", trigger: ".alert-warning:contains(is missing)" },
        { content: "Its delivery", trigger: "button[name=action_view_delivery]", run: "click" },
        {
            content: "The delivery says so too",
            trigger: ".o_form_view:has(div[name=location_id], div[name=partner_id]) .alert-warning:contains(is missing)",
        },
        ...validate([
            { content: "It is refused in words", trigger: ".modal .modal-body:contains(is missing)" },
            { content: "Understood", trigger: ".modal footer button:first", run: "click" },
            { content: "Nothing has left", trigger: "body:not(:has(.modal)) button[name=button_validate]" },
        ]),
    ],
});

tours.add("sales_shipping_gate_portal", {
    steps: () => [
        { content: "The customer reads what we wait for", trigger: ".alert:contains(We ship as soon as your payment)" },
    ],
});

tours.add("sales_shipping_gate_pay", {
    steps: () => [
        { content: "Register the payment", trigger: "button[name=action_register_payment]:visible", run: "click" },
        { content: "All of it", trigger: ".modal footer button[name=action_create_payments]", run: "click" },
        { content: "The invoice is paid", trigger: "body:not(:has(.modal)) .ribbon span:contains(Paid)" },
    ],
});

tours.add("sales_shipping_gate_ship", {
    steps: () => [
        { content: "Nothing holds the delivery", trigger: ".o_form_view:not(:has(.alert-warning:contains(missing)))" },
        ...validate([
            {
                content: "The goods have left",
                trigger: ".o_statusbar_status .o_arrow_button_current[data-value=done]",
            },
        ]),
    ],
});

tours.add("sales_shipping_gate_ask", {
    steps: () => [
        {
            content: "Ask for a special release",
            trigger: ".o_form_statusbar button[name=action_shipping_ask_release]",
            run: "click",
        },
        { content: "Promised for", trigger: "div[name=promised_date] button, div[name=promised_date] input", run: "click" },
        { content: "Today", trigger: ".o_datetime_picker .o_today", run: "click" },
        {
            content: "Why",
            trigger: "div[name=reason] textarea",
            run: "edit The customer's line stands still, the transfer is under way.",
        },
        { content: "Ask", trigger: ".o_form_statusbar button[name=action_ask]", run: "click" },
        {
            content: "It waits for the general manager",
            trigger: ".o_statusbar_status .o_arrow_button_current[data-value=pending]",
        },
    ],
});

tours.add("sales_shipping_gate_not_mine", {
    steps: () => [
        { content: "What I asked for is not mine to decide", trigger: ".o_view_nocontent, .o_nocontent_help" },
        { content: "No button to approve", trigger: "body:not(:has(button[name=action_approve]))" },
    ],
});

tours.add("sales_shipping_gate_approve", {
    steps: () => [
        {
            content: "Choose the request",
            trigger: ".o_data_row:contains(line stands still) .o_list_record_selector input",
            run: "click",
        },
        { content: "Approve", trigger: ".o_control_panel button[name=action_approve]", run: "click" },
        { content: "I am told", trigger: ".o_notification:contains(1 approved)" },
    ],
});

tours.add("sales_shipping_gate_hold", {
    steps: () => [
        ...decide("action_shipping_hold", "The address is wrong"),
        { content: "Everybody reads who and why", trigger: ".alert-warning:contains(Fu):contains(The address is wrong)" },
    ],
});

tours.add("sales_shipping_gate_end_hold", {
    steps: () => [
        ...decide("action_shipping_end_hold", "Corrected"),
        { content: "It may be shipped again", trigger: ".alert-success:contains(The money is in)" },
    ],
});
