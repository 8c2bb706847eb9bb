import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("sales_confidentiality_exam", {
    steps: () => [
        { content: "Begin", trigger: "button:contains(Start Certification)", run: "click" },
        {
            content: "The first answer",
            trigger: ".js_question-wrapper:contains(A letter is lost) label:contains(Report it)",
            run: "click",
        },
        {
            content: "The second answer",
            trigger: ".js_question-wrapper:contains(A customer asks about another one) label:contains(Report it)",
            run: "click",
        },
        { content: "Hand in", trigger: "button[value=finish]", run: "click" },
        { content: "I am sure", trigger: ".modal footer .btn-primary:contains(Submit)", run: "click" },
        { content: "Passed", trigger: ".o_survey_finished:contains(Congratulations)" },
    ],
});

tours.add("sales_confidentiality_clearance_awake", {
    steps: () => [
        { content: "My clearance counts", trigger: ".o_kanban_record:contains(Customers) .badge:contains(Running)" },
    ],
});
