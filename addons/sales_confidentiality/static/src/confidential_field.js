import { _t } from "@web/core/l10n/translation";
import { Component, onWillUnmount, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { CharField, charField } from "@web/views/fields/char/char_field";

const TOKEN = "****";

/** Asks what a value is needed for. */
export class RevealDialog extends ConfirmationDialog {
    static template = "sales_confidentiality.RevealDialog";
    static props = { ...ConfirmationDialog.props, askReason: { type: Boolean } };

    setup() {
        super.setup();
        this.state = useState({ reason: "" });
    }

    async _confirm() {
        return this.execButton(() => this.props.confirm(this.state.reason));
    }
}

/** Shows a text as usual, or, where it is masked, its mask with an eye that shows it for some seconds. */
export class ConfidentialField extends Component {
    static template = "sales_confidentiality.ConfidentialField";
    static components = { CharField };
    static props = { ...CharField.props };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.state = useState({ revealed: false });
        onWillUnmount(() => clearTimeout(this.timer));
    }

    get value() {
        return this.props.record.data[this.props.name] || "";
    }

    get isMasked() {
        return this.value.includes(TOKEN);
    }

    get target() {
        const { record, name } = this.props;
        return [record.resModel, record.resId, name];
    }

    async onReveal() {
        const terms = await this.orm.call("sales.confidentiality.access", "reveal_terms", this.target);
        if (!terms.possible) {
            this.notification.add(_t("This value cannot be revealed. Ask for a temporary grant instead."), {
                type: "warning",
                buttons: terms.rule
                    ? [{ name: _t("Ask"), primary: true, onClick: () => this.askGrant(terms.rule) }]
                    : [],
            });
        } else if (terms.reason) {
            this.dialog.add(RevealDialog, {
                title: _t("Reveal"),
                body: _t("That you have seen it, and why, is put on file."),
                askReason: true,
                confirmLabel: _t("Show"),
                confirm: (reason) => this.reveal(reason),
                cancel: () => {},
            });
        } else {
            await this.reveal("");
        }
    }

    askGrant(rule) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Temporary Grant"),
            res_model: "sales.confidentiality.grant",
            views: [[false, "form"]],
            context: { default_rule_id: rule, default_record_ids: String(this.props.record.resId) },
        });
    }

    async reveal(reason) {
        const { value, seconds } = await this.orm.call("sales.confidentiality.access", "reveal", [
            ...this.target,
            reason,
        ]);
        this.state.revealed = value;
        clearTimeout(this.timer);
        this.timer = setTimeout(() => {
            this.state.revealed = false;
        }, seconds * 1000);
    }
}

export const confidentialField = {
    ...charField,
    component: ConfidentialField,
};

registry.category("fields").add("confidential", confidentialField);
