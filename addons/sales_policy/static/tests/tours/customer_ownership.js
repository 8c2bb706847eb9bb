import { registry } from "@web/core/registry";

import { choose } from "./choose";

const STATE = "div[name=sales_ownership] div[name=sales_ownership_state]";
const tours = registry.category("web_tour.tours");

/** Open the registration from the customer's form, fill in the contact and register. */
function registerSteps(summary) {
    return [
        {
            content: "Open the registration",
            trigger: "div[name=sales_ownership] button[name=action_sales_register]:contains(Register)",
            run: "click",
        },
        {
            content: "Say what was talked about",
            trigger: ".modal div[name=summary] textarea",
            run: `edit ${summary}`,
        },
        {
            content: "Register",
            trigger: ".modal footer button[name=action_register]",
            run: "click",
        },
        {
            content: "The customer is protected",
            trigger: `body:not(:has(.modal)) ${STATE}:contains(Protected)`,
        },
    ];
}

tours.add("sales_policy_register_customer", {
    steps: () => [
        { content: "Nobody owns the customer", trigger: `${STATE}:contains(Unclaimed)` },
        ...registerSteps("Wants two lathes in June"),
        { content: "It is mine", trigger: "div[name=sales_owner_id]:contains(Li Wei)" },
    ],
});

tours.add("sales_policy_refused_on_a_colleagues_customer", {
    steps: () => [
        { content: "The customer is taken, the owner is not told", trigger: `${STATE}:contains(Protected)` },
        {
            content: "Ask for it",
            trigger: "div[name=sales_ownership]:not(:contains(Li Wei)) button[name=action_sales_register]:contains(Waiting List)",
            run: "click",
        },
        {
            content: "It is refused in words",
            trigger: ".modal .alert:contains(taken and protected until):not(:contains(Li Wei))",
        },
        {
            content: "Registering is not offered",
            trigger: ".modal:not(:has(button[name=action_register])) footer button[name=action_wait]",
            run: "click",
        },
        { content: "Done", trigger: `body:not(:has(.modal)) ${STATE}:contains(Protected)` },
    ],
});

tours.add("sales_policy_take_over_after_lapse", {
    steps: () => [
        { content: "Protection has lapsed", trigger: `${STATE}:contains(Open)` },
        ...registerSteps("Called again after two weeks of silence"),
        { content: "It is the new owner's", trigger: "div[name=sales_owner_id]:contains(Wang Fang)" },
    ],
});

tours.add("sales_policy_manager_reassigns", {
    steps: () => [
        {
            content: "Choose the customer",
            trigger: ".o_data_row:has(td[name=complete_name]:contains(Ningbo Valve Works)) .o_list_record_selector input",
            run: "click",
        },
        { content: "Re-assign", trigger: "button[name=action_sales_transfer]", run: "click" },
        ...choose("user_id", "Chen Jie", ".modal"),
        { content: "Give the reason", trigger: ".modal div[name=reason] input", run: "edit New territory" },
        { content: "Assign", trigger: ".modal footer button[name=action_apply]:visible", run: "click" },
        {
            content: "The list shows the new owner",
            trigger: "body:not(:has(.modal)) .o_data_row:contains(Ningbo Valve Works):contains(Chen Jie)",
        },
    ],
});

tours.add("sales_policy_order_credits_the_owner", {
    steps: () => [
        {
            content: "Before confirming, the owner's credit is announced",
            trigger: "div[name=credit_explanation]:contains(its owner will be credited)",
        },
        { content: "Confirm", trigger: "button[name=action_confirm]:visible", run: "click" },
        { content: "The owner is credited", trigger: "div[name=credited_user_id]:contains(Li Wei)" },
    ],
});
