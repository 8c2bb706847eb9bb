import { registerMessageAction } from "@mail/core/common/message_actions";
import { reactive } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";

const MODELS = ["res.partner", "crm.lead", "sale.order"];
const salesperson = reactive({ confirmed: false });

/** Whether the message may be an exchange with the customer. The server decides; this spares useless buttons. */
function mayBeContact(message) {
    if (!message.persistent || message.isNote || message.isBodyEmpty) {
        return false;
    }
    // A finished call or meeting is a notification written by whoever finished it.
    if (message.message_type === "notification") {
        return message.isSelfAuthored;
    }
    const byColleague = !message.isSelfAuthored && message.author_id?.main_user_id?.share === false;
    return ["comment", "email"].includes(message.message_type) && !byColleague;
}

registerMessageAction("sales-log-contact", {
    condition: ({ message, thread }) =>
        salesperson.confirmed && MODELS.includes(thread?.model) && mayBeContact(message),
    icon: "fa fa-address-book-o",
    name: _t("Record as Contact"),
    onSelected: async ({ message, owner }) => {
        const { action, orm } = owner.env.services;
        const result = await orm.call("mail.message", "action_sales_log_contact", [[message.id]]);
        await action.doAction(result);
        // The contact may have prolonged the protection that the form shows.
        await owner.env.reloadChatterRecord?.();
    },
    setup: async ({ thread }) => {
        if (MODELS.includes(thread?.model)) {
            salesperson.confirmed = await user.hasGroup("sales_team.group_sale_salesman");
        }
    },
    sequence: 75,
});
