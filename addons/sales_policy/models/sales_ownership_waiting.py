# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SalesOwnershipWaiting(models.Model):
    """The waiting list of a protected customer: who would like to take over, in the order of joining (OWN-2).

    Where the policy lets the list succeed by itself, each entry has a row in the ledger whose start
    is the end of the row before it. So the successor is the owner at the very moment
    protection lapses, whether or not any scheduled job runs.
    """

    _name = "sales.ownership.waiting"
    _description = "Waiting List"
    _order = "id"
    _rec_name = "group_id"

    group_id = fields.Many2one(
        "sales.customer.group", "Customer", required=True, index=True, ondelete="restrict", readonly=True
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict", readonly=True)
    user_id = fields.Many2one("res.users", required=True, index=True, ondelete="restrict", readonly=True)
    ownership_id = fields.Many2one(
        "sales.ownership", "Succession", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    date_turn = fields.Datetime("Turn Comes", related="ownership_id.date_start")
    left = fields.Datetime("Left On", readonly=True)
    announced = fields.Datetime("Told On", readonly=True)

    @api.model
    def _join(self, group, user, company):
        """Put a user on the waiting list of a customer that is protected for somebody else.

        :return: the entry, an existing one if the user is on the list already
        :raises UserError: when the customer is free to register or belongs to the user
        """
        group._lock()
        Ownership = self.env["sales.ownership"]
        running = Ownership._running(group, company).get(group)
        if not running:
            raise UserError(self.env._("Nobody owns this customer. You can register it now."))
        if running.user_id == user:
            raise UserError(running._refusal_to(user))
        entry = self.sudo().search(
            [
                ("group_id", "=", group.id),
                ("user_id", "=", user.id),
                ("company_id", "=", company.id),
                ("left", "=", False),
            ],
            limit=1,
        )
        if entry:
            return entry
        policies = Ownership._policies(group, company, user)
        if policies[group].automatic_succession:
            # A turn that comes by itself is a registration: the same limits hold.
            refusal = Ownership._limit_refusals(group, policies, user, company).get(group)
            if refusal:
                raise UserError(refusal)
        entry = self.sudo().create({"group_id": group.id, "user_id": user.id, "company_id": company.id})
        entry._plan()
        return entry

    def _plan(self):
        """Give the entry its row in the ledger where the policy lets the list succeed by itself."""
        Ownership = self.env["sales.ownership"].sudo()
        for entry in self:
            policy = Ownership._policies(entry.group_id, entry.company_id, entry.user_id)[entry.group_id]
            if not policy.automatic_succession:
                continue
            running = Ownership._running(entry.group_id, entry.company_id).get(entry.group_id)
            start = running.date_end if running and running.date_end else fields.Datetime.now()
            entry.ownership_id = Ownership.create(
                {
                    "group_id": entry.group_id.id,
                    "user_id": entry.user_id.id,
                    "company_id": entry.company_id.id,
                    # Lined up behind the others by the shift below.
                    "date_start": start,
                    "date_end": start,
                    "origin": "succession",
                    "blind": policy.refusal == "blind",
                }
            )
            Ownership._shift_waiting(entry.group_id, entry.company_id)

    def action_leave(self):
        """Take oneself off the waiting list; a sales manager may take off anybody."""
        manager = self.env.user.has_group("sales_team.group_sale_manager")
        for entry in self:
            if entry.user_id != self.env.user and not manager:
                raise AccessError(
                    self.env._("Only %(user)s or a sales manager can end this entry.", user=entry.user_id.name)
                )
        self._leave()
        return True

    def _leave(self):
        """End entries; a turn that has already come stays."""
        now = fields.Datetime.now()
        for entry in self.sudo().filtered(lambda entry: not entry.left):
            entry.group_id._lock()
            row = entry.ownership_id
            if row and row.date_start > now:
                row._evidence_write(
                    {"date_start": now, "date_end": now, "end_reason": "withdrawn", "ended_by_id": self.env.uid}
                )
                row._shift_waiting(entry.group_id, entry.company_id)
            entry.left = now

    def _move(self, group):
        """Let people wait for the group that their customer was joined to."""
        for entry in self:
            user, company = entry.user_id, entry.company_id
            entry._leave()
            running = self.env["sales.ownership"]._running(group, company).get(group)
            if running and running.user_id != user:
                self._join(group, user, company)

    @api.model
    def _announce_turns(self):
        """Tell people on the waiting list that they own the customer now, or that it can be registered."""
        waiting = self.sudo().search([("left", "=", False), ("announced", "=", False), ("user_id.active", "=", True)])
        now = fields.Datetime.now()
        for company, entries in waiting.grouped("company_id").items():
            running = self.env["sales.ownership"]._running(entries.group_id, company)
            for entry in entries:
                row = running.get(entry.group_id)
                theirs = entry.with_context(lang=entry.user_id.lang).env
                if row and row.user_id == entry.user_id:
                    sentence = theirs._(
                        "%(customer)s is yours now: you were first on the waiting list.", customer=entry.group_id.name
                    )
                elif not row:
                    sentence = theirs._(
                        "%(customer)s is open now. Whoever registers next takes over.", customer=entry.group_id.name
                    )
                else:
                    continue
                entry.user_id.partner_id.message_notify(
                    partner_ids=entry.user_id.partner_id.ids, subject=entry.group_id.name, body=sentence
                )
                entry.announced = now
                if row:
                    entry.left = now
                    row._sync_salesperson()
