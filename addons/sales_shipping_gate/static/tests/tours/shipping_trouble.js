import { registry } from "@web/core/registry";

import { choose } from "@sales_policy/../tests/tours/choose";

import { takePhoto } from "./take_photo";

const tours = registry.category("web_tour.tours");

tours.add("sales_shipping_photo_on_a_phone", {
    steps: () => [
        { content: "A photo is needed", trigger: ".o_kanban_record:contains(Photo needed) .fw-bold", run: "click" },
        { content: "Take it", trigger: ".modal .o_field_widget[name=photo] input[type=file]:not(:visible)", run: takePhoto },
        { content: "It is there", trigger: ".modal .o_field_widget[name=photo] img[src^=data]" },
        { content: "Keep it", trigger: ".modal .o_form_button_save", run: "click" },
        { content: "Mark the point", trigger: "body:not(:has(.modal)) .o_kanban_record button[name=action_in_order]", run: "click" },
        { content: "It is marked", trigger: ".o_kanban_record .btn-success" },
        { content: "All in order", trigger: "button[name=action_pass]", run: "click" },
        { content: "The inspection is over", trigger: ".o_form_view:not(:has(button[name=action_pass]))" },
    ],
});

tours.add("sales_shipping_split_a_shortage", {
    steps: () => [
        { content: "Goods are short", trigger: ".o_form_view:contains(Press: 2 Units short)" },
        { content: "Send what is there", trigger: "button[name=action_split]", run: "click" },
        { content: "The rest is asked for anew", trigger: ".o_kanban_record:contains(Submitted)" },
    ],
});

tours.add("sales_shipping_report_wrong_goods", {
    steps: () => [
        { content: "What kind", trigger: ".o_field_widget[name=kind] .o_select_menu input, .o_field_widget[name=kind] .o_select_menu_toggler", run: "click" },
        { content: "Wrong goods", trigger: ".o_select_menu_item:contains(Wrong Goods)", run: "click" },
        { content: "It is chosen", trigger: ".o_field_widget[name=kind] input:value(Wrong Goods)" },
        ...choose("picking_id", "OUT"),
        { content: "What happened", trigger: ".o_field_widget[name=facts] textarea", run: "edit Model 6140 instead of 6132" },
        { content: "Save", trigger: ".o_form_button_save", run: "click" },
        { content: "It has a number", trigger: ".o_form_saved, .o_form_view .oe_title h1:contains(/)" },
    ],
});

tours.add("sales_shipping_assess_and_propose", {
    steps: () => [
        ...choose("employee_ids", "Ma"),
        { content: "What it cost", trigger: ".o_field_widget[name=loss] input", run: "edit 300" },
        { content: "Propose", trigger: "button[name=action_propose_penalties]", run: "click" },
        { content: "There is a case", trigger: "button[name=action_view_penalties]" },
    ],
});

tours.add("sales_shipping_stopped_by_the_licence", {
    steps: () => [
        { content: "The delivery says why", trigger: ".o_form_view:contains(Business licence)" },
        { content: "Validate all the same", trigger: "button[name=button_validate]", run: "click" },
        { content: "Refused, with the reason", trigger: ".modal .modal-body:contains(Business licence)" },
        { content: "Understood", trigger: ".modal .btn-primary", run: "click" },
        { content: "It is still here", trigger: "body:not(:has(.modal)) .o_form_view button[name=button_validate]" },
    ],
});
