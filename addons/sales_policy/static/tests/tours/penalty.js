import { registry } from "@web/core/registry";

import { choose } from "./choose";

const tours = registry.category("web_tour.tours");

tours.add("sales_policy_answer_own_case", {
    steps: () => [
        { content: "My case is listed", trigger: ".o_data_row td[name=rule_id]:contains(Shipment late)", run: "click" },
        { content: "I am told until when", trigger: ".alert:contains(This case concerns you)" },
        {
            content: "Nothing else is offered than to answer",
            trigger: ".o_form_statusbar:not(:has(button[name=action_drop])):not(:has(button[name=action_request_decision]))",
        },
        { content: "Answer", trigger: ".o_form_statusbar button[name=action_answer]", run: "click" },
        { content: "The facts are there", trigger: ".modal div[name=facts]:contains(two days late)" },
        {
            content: "Say it",
            trigger: ".modal div[name=body] textarea",
            run: "edit The forwarder cancelled and I booked another the same day.",
        },
        { content: "Send", trigger: ".modal footer button[name=action_send]:visible", run: "click" },
        {
            content: "It is in the case",
            trigger: "body:not(:has(.modal)) div[name=statement_ids]:contains(The forwarder cancelled)",
        },
    ],
});

tours.add("sales_policy_fine_reaches_the_books", {
    steps: () => [
        {
            content: "Choose the decided fine",
            trigger: ".o_data_row:contains(Li Wei) .o_list_record_selector input",
            run: "click",
        },
        { content: "Post", trigger: ".o_control_panel button[name=action_post]", run: "click" },
        { content: "Nothing is left to post", trigger: "body:not(:has(.o_data_row)) .o_nocontent_help" },
    ],
});

tours.add("sales_policy_propose_a_case", {
    steps: () => [
        { content: "New case", trigger: ".o_list_button_add", run: "click" },
        ...choose("employee_id", "Li Wei"),
        ...choose("rule_id", "Shipment late"),
        { content: "The usual points are filled in", trigger: "div[name=points] input:value(2)" },
        { content: "What happened", trigger: "div[name=facts] textarea", run: "edit The lathe left two days late." },
        { content: "Propose", trigger: "button[name=action_propose]", run: "click" },
        { content: "It can be heard", trigger: "button[name=action_open_hearing]" },
    ],
});
