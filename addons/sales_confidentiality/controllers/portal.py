# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.exceptions import AccessError
from odoo.http import request

from ..shield.guard import guard_of


class ConfidentialPortal(CustomerPortal):
    def _document_check_access(self, model_name, document_id, access_token=None):
        """Refuse colleagues the customer's view of a document with values that they may not see inside."""
        document = super()._document_check_access(model_name, document_id, access_token=access_token)
        user = request.env.user
        if user._is_internal():
            inside_view = request.env[model_name].browse(document.id)
            for name in getattr(inside_view, "_shield", {}):
                guard = guard_of(inside_view, name)
                if not guard.path and guard.mode != "readonly" and not inside_view._shield_allows(guard, "read"):
                    raise AccessError(
                        request.env._("This page shows what you are not cleared for. Open the document in the backend.")
                    )
        return document
