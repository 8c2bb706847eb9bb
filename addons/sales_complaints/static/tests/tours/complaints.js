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
        { content: "What was found", trigger: "a[name=investigation]", run: "click" },
        { content: "The cause", trigger: ".o_field_widget[name=cause_id] input", run: "edit Process" },
        { content: "Choose it", trigger: ".o-autocomplete--dropdown-item a:contains(Production / Process)", run: "click" },
        { content: "Findings", trigger: ".o_field_widget[name=findings] textarea", run: "edit Seal the wrong way round" },
        { content: "The settlement", trigger: "a[name=settlement]", run: "click" },
        { content: "What is proposed", trigger: ".o_field_widget[name=proposal] textarea", run: "edit One back, one anew" },
        { content: "Both goods are in it", trigger: ".o_field_widget[name=disposition_ids]:contains(Free Replacement)" },
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

tours.add("sales_complaints_carry_out_and_tell", {
    steps: () => [
        { content: "Carry out", trigger: ".o_statusbar_buttons button[name=action_execute]", run: "click" },
        isOver("action_execute"),
        { content: "The customer was told", trigger: "button[name=action_reply]", run: "click" },
        { content: "Who", trigger: ".modal .o_field_widget[name=contact] input", run: "edit Ms Xu" },
        { content: "What", trigger: ".modal .o_field_widget[name=text] textarea", run: "edit You get one pump and one refund" },
        { content: "Keep it", trigger: ".modal .o_form_button_save", run: "click" },
        offers("action_close"),
    ],
});

tours.add("sales_complaints_confirm_and_rate", {
    steps: () => [
        { content: "The answer", trigger: ".o_portal_complaint:contains(You get one pump and one refund)" },
        { content: "Settled", trigger: ".o_complaint_confirm", run: "click", expectUnloadPage: true },
        { content: "Thanks", trigger: ".text-success:contains(You have confirmed)" },
        { content: "Five", trigger: ".o_complaint_rate label[for=rating_5]", run: "click" },
        { content: "A word", trigger: ".o_complaint_rate textarea", run: "edit Quick" },
        { content: "Rate", trigger: ".o_complaint_rate button[type=submit]", run: "click", expectUnloadPage: true },
        { content: "Rated once", trigger: ".o_portal_complaint:not(:has(.o_complaint_rate))" },
    ],
});

tours.add("sales_complaints_close", {
    steps: () => [
        { content: "Close", trigger: "button[name=action_close]", run: "click" },
        isOver("action_close"),
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

tours.add("sales_complaints_opinion_on_a_phone", {
    steps: () => [
        { content: "On the whole", trigger: ".o_portal_opinion label[for=score_4]", run: "click" },
        { content: "The goods", trigger: ".o_portal_opinion label[for=score_goods_5]", run: "click" },
        { content: "A word", trigger: ".o_portal_opinion textarea", run: "edit Call back sooner" },
        { content: "Send", trigger: ".o_portal_opinion button[type=submit]", run: "click", expectUnloadPage: true },
        { content: "Thanks", trigger: ".o_portal_opinion .alert-success:contains(4 of 5)" },
    ],
});
