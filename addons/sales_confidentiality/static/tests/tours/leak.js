import { registry } from "@web/core/registry";

import { choose } from "@sales_policy/../tests/tours/choose";

const tours = registry.category("web_tour.tours");

tours.add("sales_confidentiality_leak_to_penalty", {
    steps: () => [
        { content: "A leak was reported", trigger: ".o_data_cell:contains(A price list went to a competitor)", run: "click" },
        { content: "An officer sees who has reported it", trigger: "div[name=reporter_id]:contains(Kong)" },
        { content: "I look into it", trigger: "button[name=action_begin]:visible", run: "click" },
        { content: "It is looked into", trigger: ".o_arrow_button_current:contains(Looked Into)" },
        { content: "What was found", trigger: "div[name=findings] textarea", run: "edit Li Wei sent it by mistake" },
        { content: "What is done", trigger: "div[name=measures] textarea", run: "edit The list is read on tablets only" },
        { content: "Propose a penalty", trigger: "button[name=action_propose]:visible", run: "click" },
        ...choose("employee_id", "Li Wei", ".modal"),
        ...choose("rule_id", "carelessness", ".modal"),
        { content: "What he did", trigger: ".modal div[name=facts] textarea", run: "edit Sent the price list to a wrong address" },
        { content: "Propose", trigger: ".modal footer button[name=action_apply]", run: "click" },
        { content: "It is on the trail", trigger: "div[name=step_ids] .o_data_row:contains(Penalty or reward proposed)" },
        { content: "Close the case", trigger: "button[name=action_close]:visible", run: "click" },
        { content: "It is closed", trigger: ".o_arrow_button_current:contains(Case Closed)" },
    ],
});
