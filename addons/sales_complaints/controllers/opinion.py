# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from werkzeug.exceptions import NotFound

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.exceptions import UserError
from odoo.http import request, route
from odoo.tools import consteq

from ..models.sales_opinion import SCORES


class OpinionPortal(CustomerPortal):
    """Where customers say what they think of us, in a round of opinions (CMP-8)."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "opinion_count" in counters:
            values["opinion_count"] = len(request.env["sales.opinion"]._open_of(request.env.user))
        return values

    @route("/my/opinions", type="http", auth="user", website=True)
    def portal_my_opinions(self, **kwargs):
        """Show what the customer is asked at present; with one question only, that one."""
        opinions = request.env["sales.opinion"]._open_of(request.env.user)
        if len(opinions) == 1:
            return request.redirect(opinions.access_url)
        return request.render("sales_complaints.portal_my_opinions", {"opinions": opinions, "page_name": "opinion"})

    @route("/my/opinions/<int:opinion_id>", type="http", auth="public", website=True, methods=["GET", "POST"])
    def portal_opinion(self, opinion_id, access_token=None, text="", **form):
        """Show the question to its customer, and take the answer."""
        opinion, error = self._opinion(opinion_id, access_token), None
        if request.httprequest.method == "POST":
            scores = {name: int(form[name]) for name in SCORES if form.get(name, "").isdecimal()}
            try:
                with request.env.cr.savepoint():
                    opinion._answer(scores, text, "portal")
            except UserError as refusal:
                error = str(refusal)
        return request.render(
            "sales_complaints.portal_opinion",
            {
                "opinion": opinion,
                "labels": [(name, opinion._fields[name]._description_string(request.env)) for name in SCORES],
                "access_token": access_token,
                "error": error,
                "form": {**form, "text": text},
                "page_name": "opinion",
            },
        )

    def _opinion(self, opinion_id, access_token):
        """Return an opinion, as superuser, for the customer it is asked of; staff never answers here.

        :raises NotFound: for everybody else, the same as for one that does not exist
        """
        opinion = request.env["sales.opinion"].sudo().browse(opinion_id).exists()
        user, token = request.env.user, opinion.access_token
        linked = bool(access_token and token) and consteq(token, access_token) and not user._is_internal()
        if opinion and (linked or opinion._is_of(user)):
            return opinion
        raise NotFound()
