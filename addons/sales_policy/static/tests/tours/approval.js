import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("sales_policy_ask_on_a_phone", {
    steps: () => [
        {
            content: "Ask for the decision",
            trigger: ".o_form_statusbar button[name=action_request_decision]",
            run: "click",
        },
        {
            content: "It has been asked",
            trigger: "body:not(:has(button[name=action_request_decision])) .o-mail-Message:contains(Approval asked)",
        },
    ],
});

tours.add("sales_policy_approve_on_a_phone", {
    steps: () => [
        { content: "It waits for me", trigger: ".o_kanban_record:contains(Li Wei)" },
        {
            content: "Approve",
            trigger: ".o_kanban_record:contains(Li Wei) button[name=action_approve]",
            run: "click",
        },
        { content: "I am told", trigger: ".o_notification:contains(1 approved)" },
        {
            content: "Nothing waits any more",
            trigger: "body:not(:has(.o_kanban_record:not(.o_kanban_ghost) button[name=action_approve]))",
        },
    ],
});
