# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.addons.sales_policy.tools import take_files, tell
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..watermark import WatermarkError, watermark
from .ir_attachment import CLASS
from .sales_confidentiality_clearance import OFFICER

USAGE = "confidentiality_disclosure"
# What the requester says; everything else the server sets.
ASKED = {
    "partner_id",
    "recipient",
    "category_id",
    "level_id",
    "what",
    "purpose",
    "means",
    "attachment_ids",
    "copy_count",
    "return_date",
}


class SalesConfidentialityDisclosure(models.Model):
    """Telling or handing something confidential to outsiders: approved before, in numbered copies (CON-7, CON-8)."""

    _name = "sales.confidentiality.disclosure"
    _description = "Disclosure"
    _inherit = ["mail.thread", "sales.approval.mixin"]
    _order = "id desc"

    name = fields.Char("Number", readonly=True, required=True, copy=False)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    requester_id = fields.Many2one("res.users", "Asked By", required=True, readonly=True, ondelete="restrict")
    partner_id = fields.Many2one("res.partner", "Disclosed To", required=True, index=True, ondelete="restrict")
    recipient = fields.Char("Received By", required=True, help="Who receives it, by name. Stands on every page.")
    category_id = fields.Many2one("sales.confidentiality.category", required=True, ondelete="restrict")
    level_id = fields.Many2one("sales.confidentiality.level", required=True, ondelete="restrict")
    what = fields.Text("What Is Told or Handed Over", required=True)
    purpose = fields.Text(required=True)
    means = fields.Selection(
        [
            ("meeting", "Told in a meeting"),
            ("handover", "Handed over in person"),
            ("courier", "Sealed, by courier"),
            ("encrypted", "Encrypted medium"),
        ],
        "Secure Means",
        required=True,
        default="handover",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "sales_confidentiality_disclosure_attachment_rel",
        "disclosure_id",
        "attachment_id",
        "Files",
        copy=False,
    )
    copy_count = fields.Integer("Number of Copies", default=1, required=True)
    return_date = fields.Date("Returned or Destroyed Until", help="Leave empty if nothing comes back.")
    issued_date = fields.Datetime("Handed Over On", readonly=True, copy=False)
    issued_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    reminded_date = fields.Datetime(readonly=True, copy=False)
    copy_ids = fields.One2many("sales.confidentiality.copy", "disclosure_id", "Numbered Copies", readonly=True)
    has_agreement = fields.Boolean("Partner Has an Agreement", compute="_compute_has_agreement")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("pending", "Asked"),
            ("approved", "Approved"),
            ("issued", "Handed Over"),
            ("back", "Back"),
        ],
        compute="_compute_state",
    )
    is_overdue = fields.Boolean(compute="_compute_state", search="_search_is_overdue")

    _copies_possible = models.Constraint("CHECK (copy_count BETWEEN 1 AND 50)", "Between 1 and 50 copies, please.")

    @api.depends("issued_date", "return_date", "copy_ids.returned_date", "approval_ids.status")
    def _compute_state(self):
        for disclosure in self:
            missing = not disclosure.copy_ids or disclosure.copy_ids.filtered(lambda one: not one.returned_date)
            asked = disclosure.approval_state if disclosure.approval_state in ("pending", "approved") else "draft"
            disclosure.state = ("issued" if missing else "back") if disclosure.issued_date else asked
            due = disclosure.issued_date and disclosure.return_date and missing and disclosure.copy_ids
            disclosure.is_overdue = bool(due) and disclosure.return_date < disclosure.company_id._sales_today()

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._sales_today()
        due = Domain("return_date", "<", today) & Domain("copy_ids.returned_date", "=", False)
        due &= Domain("issued_date", "!=", False) & Domain("copy_ids", "!=", False)
        return due if True in value else ~due

    @api.depends("partner_id", "company_id")
    def _compute_has_agreement(self):
        Agreement = self.env["sales.confidentiality.agreement"]
        for company, disclosures in self.grouped("company_id").items():
            bound = Agreement._partners_bound(disclosures.partner_id.commercial_partner_id, company)
            for disclosure in disclosures:
                disclosure.has_agreement = disclosure.partner_id.commercial_partner_id in bound

    @api.model_create_multi
    def create(self, vals_list):
        """Draft disclosures in the name of the current user."""
        sequence = self.env["ir.sequence"].sudo()
        disclosures = super().create(
            [
                {
                    **{name: vals.get(name, False) for name in ("return_date",)},
                    **{name: value for name, value in vals.items() if name in ASKED},
                    "name": sequence.next_by_code(self._name),
                    "requester_id": self.env.uid,
                    "company_id": self.env.company.id,
                    **dict.fromkeys(("issued_date", "issued_by", "reminded_date"), False),
                }
                for vals in vals_list
            ]
        )
        disclosures._check_files()
        disclosures._take_files()
        return disclosures

    def write(self, vals):
        """Change what is asked for; an approval lapses by that.

        :raises UserError: where it was handed over already
        """
        if not self.env.su:
            if self.filtered("issued_date"):
                raise UserError(self.env._("It was handed over. What was approved and given stays on file."))
            vals = {name: value for name, value in vals.items() if name in ASKED}
        result = super().write(vals) if vals else True
        if {"attachment_ids", "category_id", "level_id"} & set(vals):
            self._check_files()
            self._take_files()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        if any(disclosure.sudo().approval_ids or disclosure.issued_date for disclosure in self):
            raise UserError(self.env._("What was asked for or handed over stays on file."))

    def _check_files(self):
        for disclosure in self:
            if not self.env.su:
                disclosure.sudo().attachment_ids.sudo(False).check_access("read")
            for file in disclosure.sudo().attachment_ids:
                if file.mimetype != "application/pdf":
                    raise UserError(self.env._("Only PDF files can be numbered and marked. Convert the others first."))
                covered = disclosure.level_id.sequence >= file.confidentiality_level_id.sequence
                if file.confidentiality_level_id and not (
                    covered and file.confidentiality_category_id == disclosure.category_id
                ):
                    raise UserError(self.env._("Category and level have to be those of the secret files, or higher."))

    def _take_files(self):
        for disclosure in self:
            # Who decides has to see what is handed over. sudo: whether a file belongs to another record
            take_files(disclosure, disclosure.sudo().attachment_ids)

    @api.model
    def _approval_fields(self):
        names = ("partner_id", "recipient", "category_id", "level_id", "what", "purpose", "means", "copy_count")
        return [*names, "return_date", "attachment_ids", "attachment_ids.checksum"]

    def _approval_text(self):
        # Checksums tell a decider nothing.
        text = super()._approval_text()
        label = self.env["ir.attachment"]._fields["checksum"]._description_string(self.env)
        return "\n".join(line for line in text.splitlines() if not line.startswith(f"{label}:"))

    def action_ask(self):
        """Ask for approval. For the requester.

        :raises AccessError: for everybody else, and for what the requester is not cleared for
        """
        self._check_requester()
        for disclosure in self:
            disclosure._check_content()
            disclosure.sudo(False)._approval_request(USAGE, disclosure.purpose)
        return True

    def action_issue(self):
        """Hand it over, as it was approved: uses the approval up and makes the numbered copies. For the requester.

        :return: sales.confidentiality.copy ids
        :raises UserError: without a valid approval
        """
        self._check_requester()
        copies = self.env["sales.confidentiality.copy"]
        for disclosure in self:
            if disclosure.issued_date:
                raise UserError(self.env._("%(number)s was handed over already.", number=disclosure.name))
            disclosure._check_content()
            disclosure._approval_use(USAGE)
            for number in range(1, disclosure.copy_count + 1):
                copies |= disclosure._issue_copy(number)
            disclosure.sudo().write({"issued_date": fields.Datetime.now(), "issued_by": self.env.uid})
        return copies.ids

    def _check_requester(self):
        self.check_access("write")
        if any(disclosure.requester_id != self.env.user for disclosure in self):
            raise AccessError(self.env._("Only who has asked for a disclosure carries it out."))

    def _check_content(self):
        """Check that the requester may disclose this now: files become more secret, and clearances end (CON-7)."""
        Clearance = self.env["sales.confidentiality.clearance"].sudo()
        if not Clearance._cleared(self.env.user, self.category_id, self.level_id):
            raise AccessError(self.env._("You are not cleared for what you want to disclose."))
        self._check_files()
        self._check_agreement()

    def _check_agreement(self):
        if self.company_id.sudo().confidentiality_quotation_check == "refuse" and not self.has_agreement:
            raise UserError(
                self.env._(
                    "%(partner)s has no valid confidentiality agreement. Ask a confidentiality officer to have it "
                    "signed.",
                    partner=self.partner_id.commercial_partner_id.display_name,
                )
            )

    def _issue_copy(self, number):
        """Make one copy: each file with number and recipient on every page; secret files stay secret."""
        name = f"{self.name}-{number}"
        text = f"{name}/{self.copy_count}  {self.recipient}, {self.partner_id.commercial_partner_id.name}"
        one = self.env["sales.confidentiality.copy"]._record(self, number, name)
        for file in self.sudo().attachment_ids:
            try:
                # As the requester: who is not cleared any more gets nothing.
                content = watermark(file.sudo(False).with_context(bin_size=False).raw, text)
            except WatermarkError as error:
                raise UserError(
                    self.env._("One of the files cannot be marked: is it protected by a password, or broken?")
                ) from error
            values = {"name": f"{name} {file.name}", "raw": content, "res_model": one._name, "res_id": one.id}
            # sudo: nobody has the right to change a copy, and thereby none to add a file to it
            self.env["ir.attachment"].sudo().create({**values, **{field: file[field].id for field in CLASS}})
        return one

    @api.model
    def _cron_remind(self):
        """Announce what should be back by now, once, to the requester and the officers. Nothing depends on it."""
        late = self.search([("is_overdue", "=", True), ("reminded_date", "=", False)])
        for disclosure in late.filtered("is_overdue"):
            officers = disclosure.company_id._sales_users_of(OFFICER)
            tell(
                disclosure,
                officers | disclosure.requester_id,
                lambda record: record.env._("%(number)s should be back", number=record.name),
                lambda record: record.env._(
                    "Copies given to %(partner)s should have been returned or destroyed by %(date)s.",
                    partner=record.partner_id.display_name,
                    date=record.return_date,
                ),
            )
            disclosure.write({"reminded_date": fields.Datetime.now()})
            self.env["ir.cron"]._commit_progress(1)
