import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

/** Evidence cannot be changed once it is saved, so a half-written record is never saved behind the user's back. */
export class EvidenceFormController extends FormController {
    /** Switching to another app on the phone is no reason to save. */
    beforeVisibilityChange() {}

    beforeUnload(ev) {
        if (this.model.root.dirty) {
            ev.preventDefault();
            ev.returnValue = "Unsaved changes";
        }
    }
}

registry.category("views").add("sales_evidence_form", { ...formView, Controller: EvidenceFormController });
