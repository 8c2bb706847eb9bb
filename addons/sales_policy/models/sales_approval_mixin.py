# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import fingerprint
from .sales_approval import LIVE


def in_words(record, name):
    """Return the value of one field of one record as a person reads it."""
    field, value = record._fields[name], record[name]
    if field.relational:
        return ", ".join(value.mapped("display_name"))
    if field.type == "selection":
        return dict(field._description_selection(record.env)).get(value, "")
    if field.type == "monetary" and (currency := record[field.get_currency_field(record)]):
        return currency.format(value)
    if field.type == "boolean":
        return record.env._("Yes") if value else record.env._("No")
    return "" if value is False else str(value)


class SalesApprovalMixin(models.AbstractModel):
    """Let the records of a model be the subject of approvals.

    The model must be a ``mail.thread`` too: each step of an approval shows there in one line. It tells in
    ``_approval_fields`` what is being asked for. Any change of that lapses what was asked or approved.
    """

    _name = "sales.approval.mixin"
    _description = "Subject of Approvals"

    approval_ids = fields.One2many(
        "sales.approval", "res_id", "Approvals", domain=lambda self: [("res_model", "=", self._name)], readonly=True
    )
    approval_count = fields.Integer(compute="_compute_approval")
    approval_state = fields.Selection(
        lambda self: self.env["sales.approval"]._fields["status"]._description_selection(self.env),
        "Approval",
        compute="_compute_approval",
    )
    # Stored only so that the ORM recomputes it, and thereby checks the constraint below, on every change of what
    # was asked for, on whatever path. Nothing ever reads it.
    approval_touch = fields.Boolean(
        compute="_compute_approval_touch", store=True, copy=False, groups=fields.NO_ACCESS, precompute=False
    )

    @api.constrains("approval_touch")
    def _lapse_approvals(self):
        """Lapse the approvals of subjects that are not any more what was asked for."""
        self.env["sales.approval"].sudo().search(
            self._approval_domain() & Domain("status", "in", LIVE)
        )._lapse_changed()

    @api.depends(lambda self: self._approval_fields())
    def _compute_approval_touch(self):
        for record in self:
            record.approval_touch = True

    @api.depends("approval_ids.status", "approval_ids.valid_until")
    def _compute_approval(self):
        for record in self:
            approvals = record.sudo().approval_ids.sorted("id")
            record.approval_count = len(approvals)
            record.approval_state = approvals[-1:].state

    @api.ondelete(at_uninstall=False)
    def _unlink_lapses_approvals(self):
        live = self._approval_live()
        if live:
            live._close("lapsed", self.env._("What was asked about has been deleted."))

    @api.model
    def _approval_fields(self):
        """Return what an approval of these records covers.

        :return: list of str, field names or dotted paths to fields of lines (``line_ids.amount``)
        """
        return []

    def _approval_profiteers(self):
        """Return who would profit from a yes and therefore may not decide.

        :return: dict of record to res.users
        """
        return {}

    def _approval_decided(self, approvals):
        """Go on after a decision. Called once for many subjects of this model, as superuser.

        :param approvals: the sales.approval that were just approved or refused
        """

    def action_view_approvals(self):
        """Open the approvals about these records that the current user may read."""
        action = self.env["ir.actions.act_window"]._for_xml_id("sales_policy.sales_approval_action")
        return {**action, "domain": list(self._approval_domain()), "context": {}}

    def _approval_domain(self):
        return Domain("res_model", "=", self._name) & Domain("res_id", "in", self.ids)

    def _approval_live(self):
        return self.env["sales.approval"].sudo().search(self._approval_domain() & Domain("status", "in", LIVE))

    def _approval_values(self):
        """Return what an approval of these records covers, in plain values that can be compared.

        :return: dict of record to a list of (path, list of (id, value))
        """

        def plain(record, name):
            field, value = record._fields[name], record[name]
            if field.relational:
                return sorted(value.ids)
            return value if isinstance(value, (bool, int, float, str)) else str(value)

        result = {}
        for record in self.sudo().with_context(lang=None, active_test=False):
            values = []
            for path in self._approval_fields():
                head, _dot, name = path.rpartition(".")
                holders = record.mapped(head) if head else record
                values.append((path, [(holder.id, plain(holder, name)) for holder in holders.sorted("id")]))
            result[record] = values
        return result

    def _approval_digests(self):
        """Return the fingerprint of what an approval covers.

        :return: dict of record to str
        """
        return {record: fingerprint(values) for record, values in self._approval_values().items()}

    def _approval_text(self):
        """Return what is being asked for in words, one line a value, for the decider and for the file."""
        self.ensure_one()
        lines = []
        for path in self._approval_fields():
            head, _dot, name = path.rpartition(".")
            holders = self.mapped(head) if head else self
            label = holders._fields[name]._description_string(self.env)
            shown = ", ".join(filter(None, (in_words(holder, name) for holder in holders.sorted("id"))))
            if shown:
                lines.append(f"{label}: {shown}")
        return "\n".join(lines)

    def _approval_request(self, usage, reason, amounts=None, valid_until=None):
        """Ask for a decision about each of these records, in the name of the current user.

        Who may ask is for the caller to check.

        :param str usage: the question, a value of ``sales.approval.kind.usage``
        :param str reason: why it is asked
        :param dict amounts: record to amount, in the currency of the record; decides about the band
        :param datetime valid_until: naive UTC, if it is asked for less time than the kind allows
        :return: sales.approval, as superuser
        :raises UserError: without a reason, where nobody may decide, or where the same was asked before
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Please give a reason: the decider sees only what you write."))
        current = self._approval_current(usage)
        if current:
            raise UserError("\n".join(approval._explain_open() for approval in current.values()))
        now = fields.Datetime.now()
        if valid_until and valid_until <= now:
            raise UserError(self.env._("The approval would end before it begins. Choose a later date."))
        kinds = self.env["sales.approval.kind"]._kinds_for(usage, self.company_id)
        digests, profiteers = self._approval_digests(), self._approval_profiteers()
        vals_list = []
        for record in self:
            kind, company = kinds[record.company_id], record.company_id.sudo()
            currency = record.currency_id if "currency_id" in record._fields else company.currency_id
            amount = (amounts or {}).get(record, 0)
            band = kind._band(currency._convert(amount, kind.currency_id, company, company._sales_local_date(now)))
            until, remind = kind._validity(company, now, valid_until)
            vals_list.append(
                {
                    "kind_id": kind.id,
                    "usage": usage,
                    "band_id": band.id,
                    "persons_needed": band.persons_needed,
                    "res_model": self._name,
                    "res_id": record.id,
                    "subject_name": record.display_name,
                    "company_id": company.id,
                    "currency_id": (currency or company.currency_id).id,
                    "amount": amount,
                    "requester_id": self.env.uid,
                    "request_date": now,
                    "reason": reason.strip(),
                    "asked": record._approval_text(),
                    "fingerprint": digests[record],
                    "profiteer_ids": profiteers.get(record, self.env["res.users"]).ids,
                    "limit_date": valid_until,
                    "valid_until": until,
                    "remind_date": remind,
                    "status": "pending",
                    "status_date": now,
                }
            )
        approvals = self.env["sales.approval"].sudo().create(vals_list)
        approvals._log_on_subjects()
        approvals._ask_deciders()
        return approvals

    def _approval_current(self, usage):
        """Return the approval that is pending, or approved and not used, for each of these records.

        What was asked is compared with what is there now, so the answer can be relied on.

        :return: dict of record to sales.approval (as superuser)
        """
        live = (
            self.env["sales.approval"]
            .sudo()
            .search(self._approval_domain() & Domain("usage", "=", usage) & Domain("state", "in", LIVE), order="id")
        )
        live -= live._lapse_changed()
        records = {record.id: record for record in self}
        return {records[approval.res_id]: approval for approval in live}

    def _approval_check(self, usage):
        """Refuse to go on without a valid approval of each of these records.

        :return: dict of record to sales.approval (as superuser)
        :raises UserError: naming what is missing and who can help
        """
        current = self._approval_current(usage)
        missing = [record for record in self if current.get(record, record.approval_ids.browse()).state != "approved"]
        if missing:
            kinds = self.env["sales.approval.kind"]._kinds_for(usage, self.company_id)
            raise UserError(
                "\n".join(
                    current[record]._explain_open()
                    if record in current
                    else self.env._(
                        "%(subject)s needs an approval: %(kind)s. Please ask for it first.",
                        subject=record.display_name,
                        kind=kinds[record.company_id].name,
                    )
                    for record in missing
                )
            )
        return current

    def _approval_use(self, usage):
        """Use up the approval of each of these records; of two at the same time, one succeeds.

        :return: sales.approval, as superuser
        :raises UserError: see ``_approval_check``
        """
        approvals = self.env["sales.approval"].sudo().union(*self._approval_current(usage).values())
        approvals._lock()
        approvals = self.env["sales.approval"].sudo().union(*self._approval_check(usage).values())
        approvals._close("used")
        return approvals
