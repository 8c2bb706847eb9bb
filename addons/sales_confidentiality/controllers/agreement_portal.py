# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from werkzeug.exceptions import NotFound

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.exceptions import AccessError, UserError
from odoo.http import request, route


class AgreementPortal(CustomerPortal):
    """Where people read and sign what they were asked to sign: employees and partners, each with their own account.

    There is no link that signs without login: whoever holds it would sign for somebody else.
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "agreement_count" in counters:
            values["agreement_count"] = len(self._agreements())
        return values

    @route("/my/agreements", type="http", auth="user", website=True)
    def portal_my_agreements(self, **kwargs):
        """List what the current user was asked to sign."""
        return request.render(
            "sales_confidentiality.portal_my_agreements",
            {"agreements": self._agreements(), "page_name": "agreement"},
        )

    @route("/my/agreements/<int:agreement_id>", type="http", auth="user", website=True)
    def portal_agreement(self, agreement_id, **kwargs):
        """Show one agreement to who was asked to sign it."""
        return request.render(
            "sales_confidentiality.portal_agreement",
            {"agreement": self._agreement(agreement_id), "page_name": "agreement"},
        )

    @route("/my/agreements/<int:agreement_id>/sign", type="jsonrpc", auth="user", website=True)
    def portal_agreement_sign(self, agreement_id, name=None, signature=None):
        """Take a signature."""
        agreement = self._agreement(agreement_id)
        try:
            agreement._sign(name, signature)
        except (AccessError, UserError) as refusal:
            return {"error": str(refusal)}
        return {"force_refresh": True, "redirect_url": f"/my/agreements/{agreement.id}"}

    def _agreements(self):
        # sudo: portal users have no rights to the model; these are their own
        domain = [("partner_id", "=", request.env.user.partner_id.id)]
        return request.env["sales.confidentiality.agreement"].sudo().search(domain)

    def _agreement(self, agreement_id):
        agreement = self._agreements().filtered(lambda found: found.id == agreement_id)
        if not agreement:
            raise NotFound()
        return agreement
