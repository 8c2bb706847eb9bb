import { inputFiles } from "@web/../tests/utils";
import { registry } from "@web/core/registry";

import { choose } from "@sales_policy/../tests/tours/choose";

const tours = registry.category("web_tour.tours");

/** Return a PDF of one page with a line of text. */
function drawing(text) {
    const stream = `BT /F1 24 Tf 72 720 Td (${text}) Tj ET`;
    const objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ];
    let content = "%PDF-1.4\n";
    const offsets = objects.map((object, index) => {
        const offset = content.length;
        content += `${index + 1} 0 obj${object}endobj\n`;
        return `${String(offset).padStart(10, "0")} 00000 n \n`;
    });
    const start = content.length;
    content += `xref\n0 6\n0000000000 65535 f \n${offsets.join("")}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${start}\n%%EOF`;
    return new File([content], "Drawing.pdf", { type: "application/pdf" });
}

tours.add("sales_confidentiality_disclosure_ask", {
    steps: () => [
        { content: "New disclosure", trigger: ".o_list_button_add", run: "click" },
        ...choose("partner_id", "Ningbo Valve Works"),
        { content: "Who receives it", trigger: "div[name=recipient] input", run: "edit Mr Xu" },
        { content: "Two copies", trigger: "div[name=copy_count] input", run: "edit 2" },
        ...choose("category_id", "Products"),
        ...choose("level_id", "Confidential"),
        { content: "What", trigger: "div[name=what] textarea", run: "edit Drawing of the new lathe" },
        { content: "Why", trigger: "div[name=purpose] textarea", run: "edit He sees whether it fits his hall" },
        {
            content: "The file",
            trigger: "div[name=attachment_ids] .o_attach",
            run: () => inputFiles("div[name=attachment_ids] .o_input_file", [drawing("Spindle 4711")]),
        },
        { content: "It is there", trigger: "div[name=attachment_ids] .o_attachment:contains(Drawing.pdf)" },
        { content: "Ask", trigger: "button[name=action_ask]:visible", run: "click" },
        { content: "It was asked", trigger: ".o_arrow_button_current:contains(Asked)" },
    ],
});

tours.add("sales_confidentiality_disclosure_approve", {
    steps: () => [
        { content: "I see what is handed over", trigger: "div[name=attachment_ids] .o_attachment:contains(Drawing.pdf)" },
        { content: "To the approval", trigger: "button[name=action_view_approvals]", run: "click" },
        { content: "Open it", trigger: ".o_data_cell:contains(DS)", run: "click" },
        { content: "Approve", trigger: "button[name=action_approve]:visible", run: "click" },
        { content: "It is approved", trigger: ".o_arrow_button_current:contains(Approved), .badge:contains(Approved)" },
    ],
});

tours.add("sales_confidentiality_disclosure_issue", {
    steps: () => [
        { content: "Hand over", trigger: "button[name=action_issue]:visible", run: "click" },
        { content: "Yes", trigger: ".modal footer .btn-primary", run: "click" },
        { content: "Two numbered copies", trigger: "div[name=copy_ids] .o_data_row:nth-child(2):contains(DS)" },
        { content: "The files of the first", trigger: "div[name=copy_ids] .o_data_row:first button[name=action_open_files]", run: "click" },
        { content: "It is numbered", trigger: ".o_list_view .o_data_row:contains(-1 Drawing.pdf)" },
    ],
});
