import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const PHOTO = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

function choosePhoto({ anchor }) {
    const bytes = Uint8Array.from(atob(PHOTO), (letter) => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], "leak.png", { type: "image/png" }));
    anchor.files = data.files;
    anchor.dispatchEvent(new Event("change", { bubbles: true }));
}

// What the next button is tells the state wherever the status bar has no room for it.
const offers = (button) => ({
    content: `The next step is ${button}`,
    trigger: `body:not(:has(.modal)) .o_form_view button[name=${button}]`,
});
const isOver = (button) => ({
    content: `${button} is done`,
    trigger: `body:not(:has(.modal)) .o_form_view:not(:has(.o_statusbar_buttons button[name=${button}]))`,
});

// A many2one, in a form or in the row of a list that is being edited.
const choose = (name, text, within = "") => [
    { content: `Look for ${text}`, trigger: `${within} .o_field_widget[name=${name}] input`, run: `edit ${text}` },
    // What was found is marked; what the list shows before it has looked is not.
    {
        content: `Choose ${text}`,
        trigger: `.o-autocomplete--dropdown-item:has(.text-primary) a:contains(${text})`,
        run: "click",
    },
];
const ROW = ".o_selected_row";
const row = (number) => `.o_data_row:nth-child(${number})${ROW}`;
const addLine = (list) => ({
    content: `A line in ${list}`,
    trigger: `.o_field_widget[name=${list}] .o_field_x2many_list_row_add a`,
    run: "click",
});
const select = (name, label, within) => [
    {
        content: `Open ${name}`,
        trigger: `${within} [name=${name}] .o_select_menu_input, ${within} [name=${name}] .o_select_menu_toggler`,
        run: "click",
    },
    { content: label, trigger: `.o_select_menu_item:contains(${label})`, run: "click" },
    { content: `${label} is chosen`, trigger: `${within} .o_field_widget[name=${name}] input:value(${label})` },
];
const openTab = (name) => ({ content: `The tab ${name}`, trigger: `a[name=${name}]`, run: "click" });
const dispose = (number, kind, quantity) => [
    addLine("disposition_ids"),
    ...choose("line_id", "Pump", row(number)),
    // The server has answered with the quantity: what is chosen before that may be drawn over.
    { content: "So many are left", trigger: `${row(number)} .o_field_widget[name=quantity] input:not(:value(0.00))` },
    ...select("kind", kind, row(number)),
    { content: "How many", trigger: `${row(number)} .o_field_widget[name=quantity] input`, run: `edit ${quantity}` },
];
const told = (words) => [
    { content: "The customer was told", trigger: "button[name=action_reply]", run: "click" },
    { content: "Who", trigger: ".modal .o_field_widget[name=contact] input", run: "edit Ms Xu" },
    { content: "What", trigger: ".modal .o_field_widget[name=text] textarea", run: `edit ${words}` },
    { content: "Keep it", trigger: ".modal .o_form_button_save", run: "click" },
    offers("action_close"),
];
const confirmAndRate = (words, stars) => [
    { content: "The answer", trigger: `.o_portal_complaint:contains(${words})` },
    { content: "Settled", trigger: ".o_complaint_confirm", run: "click", expectUnloadPage: true },
    { content: "Thanks", trigger: ".text-success:contains(You have confirmed)" },
    { content: "Rate", trigger: `.o_complaint_rate label[for=rating_${stars}]`, run: "click" },
    { content: "A word", trigger: ".o_complaint_rate textarea", run: "edit Quick" },
    { content: "Send", trigger: ".o_complaint_rate button[type=submit]", run: "click", expectUnloadPage: true },
    { content: "Rated once", trigger: ".o_portal_complaint:not(:has(.o_complaint_rate))" },
];
const GOODS_ANSWER = "You get one pump and one refund";
const SERVICE_ANSWER = "We are sorry and call back the same day from now on";

tours.add("sales_complaints_complain_on_a_phone", {
    steps: () => [
        {
            content: "Something is wrong with the order",
            trigger: "a:contains(Something Is Wrong)",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "In a few words", trigger: "#subject", run: "edit Pump leaks" },
        { content: "How many", trigger: "input[name^=quantity_]", run: "edit 2" },
        { content: "Which colour", trigger: "input[name^=colour_]", run: "edit 8812" },
        { content: "What happened", trigger: "#description", run: "edit Oil at the shaft" },
        { content: "A photo", trigger: "#photos", run: choosePhoto },
        {
            content: "Send",
            trigger: ".o_complaint_form button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "It is received", trigger: ".o_portal_complaint:contains(Pump leaks) .text-bg-primary:contains(Received)" },
        { content: "With the photo", trigger: ".o_complaint_evidence img" },
    ],
});

tours.add("sales_complaints_investigate", {
    steps: () => [
        { content: "Answer the customer", trigger: "button[name=action_acknowledge]", run: "click" },
        { content: "Tell the departments", trigger: "button[name=action_investigate]", run: "click" },
        offers("action_propose"),
        openTab("investigation"),
        ...choose("cause_id", "Production / Process"),
        { content: "Findings", trigger: ".o_field_widget[name=findings] textarea", run: "edit Seal the wrong way round" },
        addLine("liability_ids"),
        ...choose("department_id", "Quality", ROW),
        openTab("settlement"),
        { content: "What is proposed", trigger: ".o_field_widget[name=proposal] textarea", run: "edit One back, one anew" },
        ...dispose(1, "Refund", 1),
        ...dispose(2, "Free Replacement", 1),
        { content: "Propose", trigger: "button[name=action_propose]", run: "click" },
        isOver("action_propose"),
    ],
});

const decide = (words) => [
    { content: "Decide", trigger: ".o_statusbar_buttons button[name=action_decide]", run: "click" },
    { content: "The customer is right", trigger: ".modal .o_radio_item:contains(Justified) input", run: "click" },
    { content: "Why", trigger: ".modal .o_field_widget[name=note] textarea", run: `edit ${words}` },
    { content: "Decide", trigger: ".modal button[name=action_apply]", run: "click" },
    isOver("action_decide"),
];

tours.add("sales_complaints_decide", { steps: () => decide("Our mistake in the assembly") });

tours.add("sales_complaints_carry_out", {
    steps: () => [
        { content: "Carry out", trigger: ".o_statusbar_buttons button[name=action_execute]", run: "click" },
        isOver("action_execute"),
        openTab("settlement"),
        { content: "Both are under way", trigger: ".o_field_widget[name=disposition_ids]:contains(Under Way)" },
    ],
});

tours.add("sales_complaints_post_credit_note", {
    steps: () => [
        { content: "The credit note", trigger: ".o_form_view .o_arrow_button_current:contains(Draft)" },
        { content: "Post", trigger: "button[name=action_post]:visible", run: "click" },
        { content: "It is posted", trigger: ".o_arrow_button_current:contains(Posted)" },
    ],
});

tours.add("sales_complaints_deliver_replacement", {
    steps: () => [
        { content: "Validate", trigger: ".o_form_statusbar button[name=button_validate]", run: "click" },
        { content: "It has left", trigger: ".o_statusbar_status .o_arrow_button_current[data-value=done]" },
    ],
});

tours.add("sales_complaints_tell", { steps: () => told(GOODS_ANSWER) });
tours.add("sales_complaints_confirm_and_rate", { steps: () => confirmAndRate(GOODS_ANSWER, 5) });

tours.add("sales_complaints_close_and_print", {
    steps: () => [
        { content: "Close", trigger: "button[name=action_close]", run: "click" },
        isOver("action_close"),
        { content: "Print the form", trigger: "button[name=action_print_form]", run: "click" },
        { content: "It is being made", trigger: ".o_blockUI, body:not(:has(.modal))" },
        { content: "And has come", trigger: "body:not(:has(.o_blockUI)):not(:has(.modal)):not(:has(.o_error_dialog))" },
    ],
});

tours.add("sales_complaints_register_service", {
    steps: () => [
        { content: "What is wrong", trigger: ".o_field_widget[name=subject] input", run: "edit Nobody calls back" },
        ...choose("partner_id", "Ningbo Valve Works"),
        ...choose("type_id", "Service"),
        { content: "Register", trigger: ".o_form_button_save", run: "click" },
        { content: "Answer", trigger: "button[name=action_acknowledge]", run: "click" },
        { content: "Tell the departments", trigger: "button[name=action_investigate]", run: "click" },
        offers("action_propose"),
        openTab("investigation"),
        ...choose("cause_id", "Sales / Behaviour"),
        addLine("liability_ids"),
        ...choose("employee_id", "Wang Fang", ROW),
        openTab("settlement"),
        { content: "What is proposed", trigger: ".o_field_widget[name=proposal] textarea", run: "edit Call back and apologise" },
        { content: "Propose", trigger: "button[name=action_propose]", run: "click" },
        isOver("action_propose"),
    ],
});

tours.add("sales_complaints_service_to_penalty", {
    steps: () => [
        ...decide("Nobody called back"),
        { content: "Consequences", trigger: "button[name=action_propose_penalties]", run: "click" },
        { content: "Yes", trigger: ".modal .btn-primary", run: "click" },
        { content: "The cases", trigger: ".o_form_view:not(:has(.modal)) button[name=action_view_penalties]", run: "click" },
        { content: "The person is there", trigger: ".o_list_view .o_data_row:contains(Wang Fang), .o_kanban_record:contains(Wang Fang)" },
    ],
});

tours.add("sales_complaints_open_hearing", {
    steps: () => [
        { content: "Hear the person", trigger: ".o_form_statusbar button[name=action_open_hearing]", run: "click" },
        isOver("action_open_hearing"),
    ],
});

tours.add("sales_complaints_answer_case", {
    steps: () => [
        { content: "My case", trigger: ".o_data_row:contains(Wang Fang) .o_data_cell, .o_data_row .o_data_cell", run: "click" },
        { content: "Answer", trigger: ".o_form_statusbar button[name=action_answer]", run: "click" },
        { content: "Say it", trigger: ".modal div[name=body] textarea", run: "edit I was at the fair." },
        { content: "Send", trigger: ".modal footer button[name=action_send]:visible", run: "click" },
        { content: "It is in the case", trigger: "body:not(:has(.modal)) div[name=statement_ids]:contains(I was at the fair)" },
    ],
});

tours.add("sales_complaints_ask_for_decision", {
    steps: () => [
        { content: "Ask", trigger: ".o_form_statusbar button[name=action_request_decision]", run: "click" },
        isOver("action_request_decision"),
    ],
});

tours.add("sales_complaints_approve_penalty", {
    steps: () => [
        { content: "It waits for me", trigger: ".o_data_row:contains(Wang Fang) .o_list_record_selector input", run: "click" },
        { content: "Approve", trigger: ".o_control_panel button[name=action_approve]", run: "click" },
        { content: "I am told", trigger: ".o_notification:contains(1 approved)" },
    ],
});

tours.add("sales_complaints_tell_of_service", { steps: () => told(SERVICE_ANSWER) });
tours.add("sales_complaints_confirm_service", { steps: () => confirmAndRate(SERVICE_ANSWER, 4) });

tours.add("sales_complaints_opinion_on_a_phone", {
    steps: () => [
        { content: "On the whole", trigger: ".o_portal_opinion label[for=score_4]", run: "click" },
        { content: "The goods", trigger: ".o_portal_opinion label[for=score_goods_5]", run: "click" },
        { content: "A word", trigger: ".o_portal_opinion textarea", run: "edit Call back sooner" },
        { content: "Send", trigger: ".o_portal_opinion button[type=submit]", run: "click", expectUnloadPage: true },
        { content: "Thanks", trigger: ".o_portal_opinion .alert-success:contains(4 of 5)" },
    ],
});

const look = (menu, view) => [
    { content: `The menu ${menu}`, trigger: `[data-menu-xmlid="sales_complaints.${menu}"]`, run: "click" },
    { content: "It opens", trigger: `body:not(:has(.modal)) ${view}` },
];

tours.add("sales_complaints_look_around", {
    steps: () => [
        ...look("sales_complaint_deadline_menu", ".o_list_view:contains(Settle)"),
        ...look("sales_complaint_measure_menu", ".o_list_view, .o_view_nocontent"),
        ...look("sales_complaint_menu", ".o_list_view:contains(Pump leaks)"),
    ],
});
