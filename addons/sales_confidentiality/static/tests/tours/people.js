import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("sales_confidentiality_sign", {
    steps: () => [
        {
            content: "I was asked to sign",
            trigger: "a:contains(Letter of Commitment)",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "I read it", trigger: "li:contains(I do not copy, keep or send it for myself)" },
        { content: "My name is there", trigger: ".o_web_sign_name_and_signature input:value(Li Wei)" },
        { content: "So is my signature", trigger: "canvas.o_web_sign_signature", run: "canvasNotEmpty" },
        { content: "Sign", trigger: ".o_portal_sign_submit:enabled", run: "click", expectUnloadPage: true },
        { content: "It is signed", trigger: "p:contains(Signed by):contains(Li Wei)" },
        { content: "The text has a fingerprint", trigger: "p:contains(SHA-256)" },
    ],
});

tours.add("sales_confidentiality_report", {
    steps: () => [
        {
            content: "I am told who reads it",
            trigger: ".modal p:contains(Only confidentiality officers read this)",
        },
        {
            content: "What happened",
            trigger: ".modal div[name=what] textarea",
            run: "edit A price list went to a competitor",
        },
        { content: "What is concerned", trigger: ".modal div[name=involved] textarea", run: "edit Price list of May" },
        { content: "Report", trigger: ".modal footer button[name=action_report]:visible", run: "click" },
        { content: "It has a number", trigger: ".o_notification:contains(LK)" },
        { content: "The form is closed", trigger: "body:not(:has(.modal))" },
    ],
});

tours.add("sales_confidentiality_quotation_stopped", {
    steps: () => [
        { content: "I am warned", trigger: ".alert:contains(Ningbo Valve Works has no valid confidentiality agreement)" },
        { content: "Send it anyway", trigger: "button[name=action_quotation_send]:visible", run: "click" },
        {
            content: "It is refused, and I read whom to ask",
            trigger: ".modal .modal-body:contains(Ask a confidentiality officer)",
        },
        { content: "Understood", trigger: ".modal footer button:visible", run: "click" },
        { content: "It is a draft still", trigger: ".o_arrow_button_current:contains(Quotation)" },
    ],
});

tours.add("sales_confidentiality_quotation_sent", {
    steps: () => [
        { content: "Nobody warns me", trigger: ".o_form_view:not(:has(.alert:contains(confidentiality agreement)))" },
        { content: "Send", trigger: "button[name=action_quotation_send]:visible", run: "click" },
        { content: "The mail", trigger: ".modal .o_mail_send", run: "click" },
        { content: "It is sent", trigger: "body:not(:has(.modal)) .o_arrow_button_current:contains(Quotation Sent)" },
    ],
});
