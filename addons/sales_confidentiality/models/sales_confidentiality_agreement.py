# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import tell
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date, html_escape

from .sales_confidentiality_agreement_template import KINDS
from .sales_confidentiality_clearance import OFFICER

BINDING = ("nda", "commitment")
# What the asker says; everything else the server sets.
ASKED = ("template_id", "partner_id", "company_id")


class SalesConfidentialityAgreement(models.Model):
    """What somebody was asked to sign, and whether they did (CON-3, CON-6).

    The text is a copy from the day it was asked for. Nobody changes it afterwards; signing, ending and withdrawing
    are added by the server. Whether it is valid is answered by the clock.
    """

    _name = "sales.confidentiality.agreement"
    _description = "Confidentiality Agreement"
    _inherit = ["sales.evidence.mixin", "mail.thread"]
    _order = "id desc"

    template_id = fields.Many2one(
        "sales.confidentiality.agreement.template", "Made From", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one("res.partner", "Who Signs", required=True, index=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", readonly=True, index="btree_not_null", ondelete="restrict")
    commercial_partner_id = fields.Many2one(
        "res.partner", "Binds", readonly=True, required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="restrict"
    )
    name = fields.Char("Title", readonly=True, required=True)
    kind = fields.Selection(KINDS, readonly=True, required=True)
    version = fields.Integer(readonly=True)
    valid_months = fields.Integer(readonly=True)
    text = fields.Html(readonly=True, required=True)
    asked_by = fields.Many2one("res.users", readonly=True, required=True, ondelete="restrict")
    asked_date = fields.Datetime("Asked On", readonly=True, required=True)
    signed_date = fields.Datetime("Signed On", readonly=True, index=True)
    signed_name = fields.Char("Signed As", readonly=True)
    signed_by = fields.Many2one("res.users", "Signed With the Account Of", readonly=True, ondelete="restrict")
    signed_address = fields.Char("Signed From", readonly=True, groups=OFFICER)
    signature = fields.Binary(readonly=True)
    scan = fields.Binary("Signed Paper", readonly=True)
    scan_name = fields.Char(readonly=True)
    recorded_by = fields.Many2one("res.users", "Paper Recorded By", readonly=True, ondelete="restrict")
    recorded_date = fields.Datetime("Paper Recorded On", readonly=True)
    text_hash = fields.Char("SHA-256 of the Text", readonly=True)
    seal = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    is_intact = fields.Boolean(compute="_compute_is_intact", help="The text and the signature are those of that day.")
    valid_until = fields.Datetime(readonly=True, index=True)
    ended_date = fields.Datetime("Ended On", readonly=True)
    ended_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    end_reason = fields.Text(readonly=True)
    reminded_date = fields.Datetime(readonly=True)
    state = fields.Selection(
        [("asked", "To Sign"), ("valid", "Valid"), ("expired", "Expired"), ("ended", "Ended")],
        compute="_compute_state",
        search="_search_state",
    )
    is_mine = fields.Boolean(compute="_compute_is_mine")

    @api.depends("signed_date", "valid_until", "ended_date")
    def _compute_state(self):
        now = fields.Datetime.now()
        for agreement in self:
            if agreement.ended_date:
                agreement.state = "ended"
            elif not agreement.signed_date:
                agreement.state = "asked"
            else:
                expired = agreement.valid_until and agreement.valid_until <= now
                agreement.state = "expired" if expired else "valid"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        signed, running = Domain("signed_date", "!=", False), Domain("ended_date", "=", False)
        domains = {
            "asked": running & ~signed,
            "valid": self._valid_domain(),
            "expired": running & signed & Domain("valid_until", "<=", now),
            "ended": ~running,
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.depends("partner_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for agreement in self:
            agreement.is_mine = agreement.partner_id == self.env.user.partner_id

    @api.depends("text", "signature", "scan", "seal")
    def _compute_is_intact(self):
        for agreement in self:
            # Clients ask for the sizes of files instead of their content.
            held = agreement.sudo().with_context(bin_size=False, bin_size_signature=False, bin_size_scan=False)
            agreement.is_intact = not held.signed_date or held.seal == held._seal()

    @api.model_create_multi
    def create(self, vals_list):
        """Ask people to sign, in the name of the current user.

        :param list vals_list: dicts of ``template_id``, ``partner_id`` and, where it is another, ``company_id``
        :raises AccessError: for everybody but confidentiality officers
        """
        if not (self.env.su or self.env.user.has_group(OFFICER)):
            raise AccessError(self.env._("Only a confidentiality officer asks people to sign."))
        now = fields.Datetime.now()
        rows = [self._asked_values({name: vals[name] for name in ASKED if name in vals}, now) for vals in vals_list]
        agreements = super().create(rows)
        for agreement in agreements:
            agreement.message_notify(
                partner_ids=agreement.partner_id.ids,
                subject=self.env._("Please sign: %(title)s", title=agreement.name),
                body=self.env._(
                    "Please read and sign “%(title)s”: %(link)s",
                    title=agreement.name,
                    link=f"{agreement.get_base_url()}/my/agreements/{agreement.id}",
                ),
            )
        return agreements

    @api.model
    def _asked_values(self, vals, now):
        template = self.env["sales.confidentiality.agreement.template"].browse(vals.get("template_id"))
        partner = self.env["res.partner"].browse(vals.get("partner_id"))
        company = self.env["res.company"].browse(vals.get("company_id") or self.env.company.id)
        if not template or not partner:
            raise UserError(self.env._("Say who has to sign, and what."))
        if company not in self.env.user.company_ids and not self.env.su:
            raise AccessError(self.env._("You do not belong to %(company)s.", company=company.name))
        # People sign what they can read.
        template = template.with_context(lang=partner.lang or self.env.lang)
        user = partner.sudo().user_ids.filtered(lambda user: user.active and not user.share)[:1]
        filled = {
            "[NAME]": partner.name or "",
            "[COMPANY]": company.name,
            "[DATE]": format_date(self.env, company._sales_local_date(now), lang_code=partner.lang),
        }
        text = template.body
        for placeholder, value in filled.items():
            text = text.replace(placeholder, html_escape(value))
        return {
            "template_id": template.id,
            "partner_id": partner.id,
            "user_id": user.id,
            "commercial_partner_id": partner.sudo().commercial_partner_id.id,
            "company_id": company.id,
            "name": template.name,
            "kind": template.kind,
            "version": template.version,
            "valid_months": template.valid_months,
            "text": text,
            "asked_by": self.env.uid,
            "asked_date": now,
        }

    @api.model
    def _valid_domain(self):
        """Return what finds the agreements that are valid now."""
        open_ended = Domain("valid_until", "=", False) | Domain("valid_until", ">", fields.Datetime.now())
        return Domain("signed_date", "!=", False) & Domain("ended_date", "=", False) & open_ended

    @api.model
    def _partners_bound(self, partners, company):
        """Return which of some partners are bound to a company by a valid confidentiality agreement now (CON-3).

        :param partners: res.partner, commercial ones
        :param company: res.company
        :return: res.partner
        """
        domain = self._valid_domain() & Domain("kind", "=", "nda") & Domain("company_id", "=", company.id)
        rows = self.sudo()._read_group(
            domain & Domain("commercial_partner_id", "in", partners.ids), ["commercial_partner_id"]
        )
        return partners.browse([partner.id for [partner] in rows])

    @api.model
    def _cron_remind(self):
        """Announce agreements that end soon to who signed them and to the officers, once. Nothing depends on it."""
        now = fields.Datetime.now()
        for company in self.env["res.company"].search(Domain.TRUE):
            horizon = now + timedelta(days=company.confidentiality_remind_days)
            ending = self.search(
                self._valid_domain()
                & Domain("company_id", "=", company.id)
                & Domain("valid_until", "<=", horizon)
                & Domain("reminded_date", "=", False)
            )
            officers = company._sales_users_of(OFFICER)
            for agreement in ending:
                tell(
                    agreement,
                    officers | agreement.user_id,
                    lambda record: record.env._("%(title)s ends soon", title=record.name),
                    lambda record: record.env._(
                        "“%(title)s” of %(person)s is valid until %(date)s. It has to be signed anew.",
                        title=record.name,
                        person=record.partner_id.name,
                        date=record.company_id._sales_format_moment(record.valid_until),
                    ),
                )
                agreement._evidence_write({"reminded_date": now})
                self.env["ir.cron"]._commit_progress(1)
