# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import tell
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .sales_confidentiality_clearance import OFFICER

HR = "hr.group_hr_user"


class SalesConfidentialityLeaver(models.Model):
    """Somebody leaves: access ends, customers, devices and documents are handed back, deletion is confirmed (CON-12).

    What is still outstanding is read from the records that matter; nothing has to be ticked off here.
    """

    _name = "sales.confidentiality.leaver"
    _description = "Leaver"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users", "Leaver", required=True, index=True, ondelete="restrict", domain="[('share', '=', False)]"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    started_by = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    started_date = fields.Datetime("Started On", required=True, readonly=True)
    revoked_date = fields.Datetime("Access Ended On", readonly=True, copy=False)
    item_ids = fields.One2many("sales.confidentiality.leaver.item", "leaver_id", "Devices and Documents")
    outstanding = fields.Text("Still Outstanding", compute="_compute_outstanding")
    state = fields.Selection([("open", "Under Way"), ("done", "Complete")], compute="_compute_outstanding")

    _user_once = models.UniqueIndex("(user_id, company_id)", "There is a record of this leaver already.")

    @api.depends("user_id", "item_ids.returned_date")
    def _compute_outstanding(self):
        missing = self._outstanding(self.sudo().user_id)
        for leaver in self:
            lines = missing.get(leaver.sudo().user_id, [])
            leaver.outstanding = "\n".join(lines)
            leaver.state = "open" if lines else "done"

    @api.model_create_multi
    def create(self, vals_list):
        """Start with leavers. For confidentiality officers and HR, not for oneself."""
        self._check_handler()
        if not all(vals.get("user_id") for vals in vals_list):
            raise UserError(self.env._("Say who leaves: somebody with an account."))
        items = (self.env._("Laptop, phone and other devices"), self.env._("Documents on paper and on media"))
        leavers = super().create(
            [
                {
                    "user_id": vals["user_id"],
                    "company_id": vals.get("company_id") or self.env.company.id,
                    "started_by": self.env.uid,
                    "started_date": fields.Datetime.now(),
                    "revoked_date": False,
                    "item_ids": vals.get("item_ids") or [fields.Command.create({"name": item}) for item in items],
                }
                for vals in vals_list
            ]
        )
        leavers._check_handler()
        leavers._check_leaver()
        return leavers

    def write(self, vals):
        """Change the list of devices and documents only."""
        if not self.env.su and set(vals) - {"item_ids"}:
            raise UserError(self.env._("Only the list of devices and documents can be changed."))
        self._check_handler()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        raise UserError(self.env._("What was done when somebody left stays on file."))

    def action_revoke(self):
        """End all access to what is confidential, and all sessions, now."""
        self._check_handler()
        self.check_access("write")
        for leaver in self.sudo():
            user = leaver.user_id
            self.env["sales.confidentiality.clearance"].sudo()._revoke_all(user)
            # Clearances of groups too; lifted by an officer if the person comes back.
            self.env["sales.confidentiality.suspension"].sudo().create(
                {"user_id": user.id, "reason": self.env._("Leaves the company")}
            )
            self.env["res.device"].sudo().search([("user_id", "=", user.id)])._revoke()
            leaver.write({"revoked_date": fields.Datetime.now()})
        return True

    def action_ask_deletion(self):
        """Ask the leavers to confirm with their signature that they have kept nothing."""
        self._check_handler()
        self.check_access("write")
        template = self.env["sales.confidentiality.agreement.template"].search([("kind", "=", "deletion")], limit=1)
        if not template:
            raise UserError(
                self.env._("There is no text for the confirmation of deletion. A confidentiality officer enters one.")
            )
        self.env["sales.confidentiality.agreement"].sudo().create(
            [
                {
                    "template_id": template.id,
                    "partner_id": leaver.user_id.partner_id.id,
                    "company_id": leaver.company_id.id,
                }
                for leaver in self
            ]
        )
        return True

    def action_hand_over(self):
        """Open the form in which a sales manager hands over the customers of this leaver."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hand Over"),
            "res_model": "sales.ownership.transfer",
            "view_mode": "form",
            "target": "new",
            "context": {"default_mode": "leaver", "default_from_user_id": self.user_id.id},
        }

    def _check_leaver(self):
        for leaver in self.sudo():
            user = leaver.user_id
            if user.share or leaver.company_id not in user.company_ids | user.employee_ids.company_id:
                raise UserError(
                    self.env._(
                        "%(person)s does not work in %(company)s.",
                        person=user.name,
                        company=leaver.company_id.name,
                    )
                )

    def _check_handler(self):
        if self.env.su:
            return
        if not (self.env.user.has_group(OFFICER) or self.env.user.has_group(HR)):
            raise AccessError(self.env._("Confidentiality officers and HR look after leavers."))
        if self.env.user in self.sudo().user_id:
            raise AccessError(self.env._("Somebody else looks after your own leaving."))

    @api.model
    def _outstanding(self, users):
        """Return what people would still have to hand back before they leave, in the user's language.

        :param users: res.users
        :return: dict of res.users to list of str; people of whom nothing is outstanding are left out
        """
        users, now = users.sudo(), fields.Datetime.now()
        of_users, found = Domain("user_id", "in", users.ids), {}

        def count(model, domain, path="user_id"):
            return dict(self.env[model].sudo()._read_group(domain, [path], ["__count"]))

        Ownership = self.env["sales.ownership"]
        running = of_users & (Domain("date_to", "=", False) | Domain("date_to", ">", now))
        last = self._last_cleared(users)
        signed = self.env["sales.confidentiality.agreement"]
        confirmed = dict(
            signed.sudo()._read_group(
                signed._valid_domain() & Domain("kind", "=", "deletion") & of_users, ["user_id"], ["asked_date:max"]
            )
        )
        items = self.env["sales.confidentiality.leaver.item"].sudo()
        kept = dict(
            items._read_group(
                Domain("leaver_id.user_id", "in", users.ids) & Domain("returned_date", "=", False),
                ["user_id"],
                ["name:array_agg"],
            )
        )
        counts = (
            (count("sales.confidentiality.clearance", running), self.env._("%s clearances have not ended")),
            (count("sales.ownership", Ownership._running_domain() & of_users), self.env._("%s customers to hand over")),
            (
                count(
                    "sales.confidentiality.copy",
                    # What is given for good never comes back.
                    Domain("returned_date", "=", False)
                    & Domain("disclosure_id.return_date", "!=", False)
                    & Domain("issued_by", "in", users.ids),
                    "issued_by",
                ),
                self.env._("%s numbered copies given to outsiders are not back"),
            ),
        )
        for user in users:
            lines = [text % numbers[user] for numbers, text in counts if numbers.get(user)]
            lines += [self.env._("Not handed back: %s", name) for name in kept.get(user, [])]
            if user in last and not (user in confirmed and confirmed[user] >= min(last[user], now)):
                lines.append(self.env._("Deletion is not confirmed by signature"))
            if lines:
                found[user] = lines
        return found

    @api.model
    def _last_cleared(self, users):
        """Return when the last clearance of each of some people began, be it their own or that of one of their groups.

        :param users: res.users, as superuser
        :return: dict of res.users to datetime; people who were never cleared are left out
        """
        Clearance = self.env["sales.confidentiality.clearance"].sudo()
        last = dict(Clearance._read_group(Domain("user_id", "in", users.ids), ["user_id"], ["date_from:max"]))
        begun = Domain("group_id", "in", users.all_group_ids.ids) & Domain("date_from", "<=", fields.Datetime.now())
        for group, moment in Clearance._read_group(begun, ["group_id"], ["date_from:max"]):
            for user in users.filtered(lambda user, group=group: group in user.all_group_ids):
                last[user] = max(last.get(user, moment), moment)
        return last

    @api.model
    def _check_leaving(self, users):
        """Refuse, or announce, that people leave who have not handed everything back, as their companies say (CON-12).

        :raises UserError: naming people and what is outstanding
        """
        users = users.sudo().filtered(lambda user: user.active and not user.share)
        demanding = users.filtered(
            lambda user: set(user.company_ids.mapped("confidentiality_leaver_check")) & {"warn", "refuse"}
        )
        outstanding = self._outstanding(demanding) if demanding else {}
        for user, lines in outstanding.items():
            what = "\n".join(f"- {line}" for line in lines)
            companies = user.company_ids
            if "refuse" in companies.mapped("confidentiality_leaver_check"):
                raise UserError(
                    self.env._(
                        "%(person)s cannot be archived yet:\n%(what)s\nConfidentiality officers and HR look after "
                        "this in Confidentiality › Leavers.",
                        person=user.name,
                        what=what,
                    )
                )
            company = companies.filtered(lambda company: company.confidentiality_leaver_check == "warn")[:1]
            leaver = self.sudo().search([("user_id", "=", user.id), ("company_id", "=", company.id)], limit=1)
            leaver = leaver or self.sudo().create({"user_id": user.id, "company_id": company.id})
            tell(
                leaver,
                company._sales_users_of(OFFICER),
                lambda record: record.env._("%(person)s leaves", person=record.user_id.name),
                lambda record: record.env._(
                    "%(person)s was archived before everything was handed back.", person=record.user_id.name
                ),
            )
