# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import SUPERUSER_ID, api, fields, models
from odoo.addons.sales_policy.tools import lock_and_reread
from odoo.exceptions import AccessError, UserError
from odoo.tools import clean_context

from .sales_confidentiality_clearance import OFFICER

# What the officer writes while it is looked into. What was reported stays as it was reported.
ASSESSED = {"category_id", "level_id", "concerned_user_ids", "findings", "measures"}


class SalesConfidentialityIncident(models.Model):
    """A leak, or the risk of one, that somebody has reported (CON-9). Only confidentiality officers read it.

    An officer who is concerned by it does not. Nobody but officers learns who has reported it.
    """

    _name = "sales.confidentiality.incident"
    _description = "Leak"
    _inherit = ["mail.thread"]
    _order = "id desc"

    name = fields.Char("Number", readonly=True, required=True, copy=False)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    reporter_id = fields.Many2one("res.users", "Reported By", readonly=True, ondelete="restrict", groups=OFFICER)
    reported_date = fields.Datetime("Reported On", readonly=True, required=True)
    what = fields.Text("What Happened", readonly=True, required=True)
    involved = fields.Text("Who or What Is Concerned", readonly=True)
    category_id = fields.Many2one(
        "sales.confidentiality.category", index="btree_not_null", ondelete="restrict", tracking=True
    )
    level_id = fields.Many2one(
        "sales.confidentiality.level", index="btree_not_null", ondelete="restrict", tracking=True
    )
    concerned_user_ids = fields.Many2many(
        "res.users",
        "sales_confidentiality_incident_concerned_rel",
        "incident_id",
        "user_id",
        "People Concerned",
        domain="[('share', '=', False)]",
        tracking=True,
    )
    handler_id = fields.Many2one("res.users", "Looked Into By", readonly=True, ondelete="restrict")
    findings = fields.Text(tracking=True)
    measures = fields.Text(tracking=True)
    begun_date = fields.Datetime("Begun On", readonly=True)
    closed_date = fields.Datetime("Closed On", readonly=True)
    step_ids = fields.One2many("sales.confidentiality.incident.step", "incident_id", "Trail", readonly=True)
    penalty_count = fields.Integer(compute="_compute_penalty_count")
    state = fields.Selection(
        [("reported", "Reported"), ("open", "Looked Into"), ("closed", "Case Closed")],
        compute="_compute_state",
        search="_search_state",
    )

    @api.depends("begun_date", "closed_date")
    def _compute_state(self):
        for incident in self:
            begun = "open" if incident.begun_date else "reported"
            incident.state = "closed" if incident.closed_date else begun

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        closed, begun = fields.Domain("closed_date", "!=", False), fields.Domain("begun_date", "!=", False)
        domains = {"closed": closed, "open": begun & ~closed, "reported": ~begun & ~closed}
        return fields.Domain.OR(domains[state] for state in value if state in domains)

    def _compute_penalty_count(self):
        rows = (
            self.env["sales.penalty"]
            .sudo()
            ._read_group([("res_model", "=", self._name), ("res_id", "in", self.ids)], ["res_id"], ["__count"])
        )
        counts = dict(rows)
        for incident in self:
            incident.penalty_count = counts.get(incident.id, 0)

    def write(self, vals):
        """Assess leaks. For the officers; what was reported, and a closed case, stay as they are.

        :raises UserError: for every other change
        """
        if not self.env.su and set(vals) - ASSESSED:
            raise UserError(self.env._("What was reported, by whom and when, cannot be changed."))
        if not self.env.su and any(incident.closed_date for incident in self):
            raise UserError(self.env._("This case is closed. Open it again first."))
        result = super().write(vals)
        if "concerned_user_ids" in vals:
            for incident in self.sudo():
                # Followers are told what they may not read; who is concerned does not follow any more.
                incident.message_unsubscribe(incident.concerned_user_ids.partner_id.ids)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_reported(self):
        raise UserError(self.env._("A reported leak stays on file."))

    def action_begin(self):
        """Look into these leaks oneself."""
        for incident in self._take("reported"):
            incident.write({"begun_date": fields.Datetime.now(), "handler_id": self.env.uid})
        self.env["sales.confidentiality.incident.step"]._stamp(self, "begun")
        return True

    def action_close(self):
        """Close cases of which findings and measures are written down.

        :raises UserError: where they are not
        """
        incidents = self._take("open")
        for incident in incidents:
            if not (incident.findings or "").strip() or not (incident.measures or "").strip():
                raise UserError(self.env._("Write down what was found and what is done about it first."))
        incidents.write({"closed_date": fields.Datetime.now()})
        self.env["sales.confidentiality.incident.step"]._stamp(self, "closed")
        return True

    def action_reopen(self):
        """Open closed cases again."""
        self._take("closed").write({"closed_date": False})
        self.env["sales.confidentiality.incident.step"]._stamp(self, "reopened")
        return True

    def action_suspend(self):
        """Let all clearances of the people concerned sleep until an officer lifts that."""
        self._take("open")
        Suspension = self.env["sales.confidentiality.suspension"]
        for incident in self:
            if not incident.concerned_user_ids:
                raise UserError(self.env._("Name the people concerned first."))
            reason = self.env._("While %(number)s is looked into", number=incident.name)
            Suspension.create([{"user_id": user.id, "reason": reason} for user in incident.concerned_user_ids])
        self.env["sales.confidentiality.incident.step"]._stamp(self, "suspended")
        return True

    def action_propose(self):
        """Open the form in which a penalty or a reward is proposed."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Penalty or Reward"),
            "res_model": "sales.confidentiality.incident.penalty",
            "view_mode": "form",
            "target": "new",
            "context": {"default_incident_id": self.id},
        }

    def _take(self, state):
        """Return these leaks as superuser, locked, if the current officer may handle them and all are in a state."""
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only confidentiality officers look into leaks."))
        self.check_access("write")
        incidents = self.sudo()
        lock_and_reread(incidents)
        for incident in incidents:
            if incident.state != state:
                label = dict(self._fields["state"]._description_selection(self.env))[incident.state]
                raise UserError(self.env._("%(number)s is “%(state)s” now.", number=incident.name, state=label))
        return incidents

    @api.model
    def _report(self, what, involved):
        """Record what the current user reports. Nobody but officers learns who it was.

        :return: sales.confidentiality.incident, as superuser
        """
        if not (what or "").strip():
            raise UserError(self.env._("Please write what happened."))
        # Where nobody looks into leaks, those of the person's other companies do.
        officers = {
            company: company._sales_users_of(OFFICER) for company in self.env.company | self.env.user.company_ids
        }
        company = next((company for company, people in officers.items() if people), self.env.company)
        # No follower, no line in the chatter and no author: each would name the person.
        context = {**clean_context(self.env.context), "mail_create_nosubscribe": True, "mail_create_nolog": True}
        incident = (
            self.env(user=SUPERUSER_ID, context={**context, "tracking_disable": True})[self._name]
            .with_company(company)
            .create(
                {
                    "name": self.env["ir.sequence"].sudo().next_by_code(self._name),
                    "company_id": company.id,
                    "reporter_id": self.env.uid,
                    "reported_date": fields.Datetime.now(),
                    "what": what.strip(),
                    "involved": (involved or "").strip(),
                }
            )
        )
        for lang, people in officers[company].grouped("lang").items():
            theirs = incident.with_context(lang=lang)
            theirs.message_notify(
                author_id=self.env.ref("base.partner_root").id,
                partner_ids=people.partner_id.ids,
                subject=theirs.env._("A leak was reported: %(number)s", number=incident.name),
                body=theirs.env._("Please look into it. Only confidentiality officers can read it."),
            )
        return incident
