# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import base64
import binascii
import hashlib

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.addons.sales_policy.tools import fingerprint, lock_and_reread
from odoo.exceptions import AccessError, UserError
from odoo.http import request
from odoo.tools.mimetypes import guess_mimetype

from .sales_confidentiality_clearance import OFFICER

PAPER = ("application/pdf", "image/png", "image/jpeg")


class SalesConfidentialityAgreement(models.Model):
    """Signing agreements, and ending them. Nobody signs for somebody else."""

    _inherit = "sales.confidentiality.agreement"

    def action_sign(self, name, signature):
        """Sign one agreement. For the person who was asked, with their own account.

        :param str name: how the person signs
        :param signature: picture of the signature, base64
        :raises AccessError: for everybody else
        :raises UserError: where it is signed or ended already, or the signature is no picture
        """
        self.ensure_one()
        self._sign(name, signature)
        return True

    def action_record_paper(self, file, file_name, date=False):
        """Record one agreement that was signed on paper. For a confidentiality officer who did not sign it.

        :param file: scan or photo, base64
        :param date: day of the signature, today where it is left out; not in the future
        :raises AccessError: for everybody else
        """
        self.ensure_one()
        self._check_officer()
        if self.sudo().partner_id == self.env.user.partner_id:
            raise AccessError(self.env._("Another officer records your own paper. You can sign it in Odoo."))
        agreement = self._lock_asked()
        if guess_mimetype(self._decoded(file)) not in PAPER:
            raise UserError(self.env._("The signed paper has to be a PDF file or a photo."))
        now, local_date = fields.Datetime.now(), agreement.company_id._sales_local_date
        try:
            day = fields.Date.to_date(date) or local_date(now)
        except ValueError:
            day = None
        if not day or not local_date(agreement.asked_date) <= day <= local_date(now):
            raise UserError(self.env._("The day of the signature lies between the request and today."))
        agreement._evidence_write(
            {
                "scan": file,
                "scan_name": file_name,
                "recorded_by": self.env.uid,
                "recorded_date": now,
                "signed_name": agreement.partner_id.name,
            }
        )
        # Signed at the end of that day at the latest: paper tells no time.
        moment = fields.Datetime.to_datetime(day) + relativedelta(hours=12)
        agreement._take_effect(min(now, agreement.company_id._sales_end_of_day(moment)), day)
        return True

    def action_open_sign(self):
        """Open the form in which the current user signs."""
        return self._action_step("sign", self.env._("Sign"))

    def action_open_paper(self):
        """Open the form in which an officer records a signed paper."""
        return self._action_step("paper", self.env._("Record Signed Paper"))

    def action_open_end(self):
        """Open the form in which an officer ends or withdraws agreements."""
        return self._action_step("end", self.env._("End"))

    def action_renew(self):
        """Ask the same people to sign the current version again."""
        self._check_officer()
        return bool(
            self.create(
                [
                    {
                        "template_id": agreement.template_id.id,
                        "partner_id": agreement.partner_id.id,
                        "company_id": agreement.company_id.id,
                    }
                    for agreement in self
                ]
            )
        )

    def _action_step(self, step, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "sales.confidentiality.agreement.step",
            "view_mode": "form",
            "target": "new",
            "context": {"default_step": step, "default_agreement_ids": self.ids, "default_name": self.env.user.name},
        }

    def _check_officer(self):
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only a confidentiality officer can do this."))
        self.check_access("read")

    def _lock_asked(self):
        """Return one agreement, as superuser, of which nobody else can decide now that it is signed or ended."""
        agreement = self.sudo()
        lock_and_reread(agreement)
        if agreement.state != "asked":
            raise UserError(self.env._("“%(title)s” is signed or ended already.", title=agreement.name))
        return agreement

    def _decoded(self, file):
        try:
            return base64.b64decode(file or b"", validate=True)
        except (binascii.Error, TypeError, ValueError):
            return b""

    def _sign(self, name, signature):
        """Sign in the name of the user of the request, whatever rights the environment has."""
        agreement = self.sudo()
        user = self.env.user
        if not user or user._is_public() or agreement.partner_id != user.partner_id:
            raise AccessError(
                self.env._("Only %(person)s can sign this, with their own account.", person=agreement.partner_id.name)
            )
        # Contacts are merged and move: what was asked of a partner's contact binds nobody else.
        if (user._is_internal() and agreement.user_id != user) or (
            agreement.commercial_partner_id != user.partner_id.commercial_partner_id
        ):
            raise AccessError(
                self.env._(
                    "“%(title)s” was not asked of this account. Please let a confidentiality officer ask you anew.",
                    title=agreement.name,
                )
            )
        agreement = self._lock_asked()
        if (
            not isinstance(name, str)
            or not name.strip()
            or not guess_mimetype(self._decoded(signature)).startswith("image/")
        ):
            raise UserError(self.env._("Please write your name and draw your signature."))
        agreement._evidence_write(
            {
                "signature": signature,
                "signed_name": name.strip(),
                "signed_by": user.id,
                "signed_address": request.httprequest.remote_addr if request else False,
            }
        )
        now = fields.Datetime.now()
        agreement._take_effect(now, agreement.company_id._sales_local_date(now))

    def _take_effect(self, moment, day):
        until = False
        if self.valid_months:
            # The end of the same day some months later, in the company's timezone.
            later = fields.Datetime.to_datetime(day) + relativedelta(months=self.valid_months, hours=12)
            until = self.company_id._sales_end_of_day(later)
        self._evidence_write({"signed_date": moment, "valid_until": until, "text_hash": self._text_hash()})
        self._evidence_write({"seal": self._seal()})
        self.env["sales.confidentiality.clearance"]._forget_live()

    def _text_hash(self):
        return hashlib.sha256(str(self.text).encode()).hexdigest()

    def _seal(self):
        """Return what is another one as soon as text, signature, signatory or validity is another one."""
        # The account and the name, not the contact: contacts are merged.
        proofs = [self._decoded(proof) for proof in (self.signature, self.scan)]
        return fingerprint(
            [
                self._text_hash(),
                self.name,
                self.version,
                self.signed_name,
                self.signed_by.id,
                self.recorded_by.id,
                str(self.signed_date),
                str(self.valid_until),
                *(hashlib.sha256(proof).hexdigest() for proof in proofs),
            ]
        )

    def _end(self, reason):
        """End agreements now, or withdraw those that are not signed."""
        self._check_officer()
        if not (reason or "").strip():
            raise UserError(self.env._("Please give a reason."))
        agreements = self.sudo()
        lock_and_reread(agreements)
        if agreements.filtered("ended_date"):
            raise UserError(self.env._("It has ended already."))
        agreements._evidence_write(
            {"ended_date": fields.Datetime.now(), "ended_by": self.env.uid, "end_reason": reason.strip()}
        )
        self.env["sales.confidentiality.clearance"]._forget_live()
