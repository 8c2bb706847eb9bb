# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import base64

from werkzeug.exceptions import NotFound

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import Stream, request, route
from odoo.tools import consteq, plaintext2html

PER_PAGE = 20
# More at once is no evidence but a flood.
MOST_FILES = 10


class ComplaintPortal(CustomerPortal):
    """The customer's side of a complaint. Customers have no rights to the models: each route checks whose it is.

    Whatever a form sends, only what is named here is taken; everything runs in methods that a client cannot reach.
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "complaint_count" in counters:
            values["complaint_count"] = request.env["sales.complaint"]._count_of(request.env.user)
        return values

    @route(["/my/complaints", "/my/complaints/page/<int:page>"], type="http", auth="user", website=True)
    def portal_my_complaints(self, page=1, **kwargs):
        """List the complaints of the company of the current user."""
        Complaint = request.env["sales.complaint"]
        count = Complaint._count_of(request.env.user)
        pager = portal_pager(url="/my/complaints", total=count, page=page, step=PER_PAGE)
        return request.render(
            "sales_complaints.portal_my_complaints",
            {
                "complaints": Complaint._page_of(request.env.user, PER_PAGE, pager["offset"]),
                "page_name": "complaint",
                "pager": pager,
            },
        )

    @route("/my/complaints/<int:complaint_id>", type="http", auth="public", website=True)
    def portal_complaint_page(self, complaint_id, access_token=None, **kwargs):
        """Show one complaint to its customer."""
        user = request.env.user
        if user._is_internal():
            complaint = request.env["sales.complaint"].browse(complaint_id).exists()
            if not complaint.has_access("read") or not complaint:
                raise NotFound()
            return self._page(complaint.sudo(), None)
        return self._page(self._complaint(complaint_id, access_token), access_token)

    @route("/my/complaints/<int:complaint_id>/add", type="http", auth="public", website=True, methods=["POST"])
    def portal_complaint_add(self, complaint_id, access_token=None, message="", **kwargs):
        """Take a message and photos of the customer."""
        complaint = self._complaint(complaint_id, access_token)
        return self._step(
            complaint,
            access_token,
            lambda: complaint._take_from_customer(request.env.user, message, self._files()),
        )

    @route("/my/complaints/<int:complaint_id>/confirm", type="http", auth="public", website=True, methods=["POST"])
    def portal_complaint_confirm(self, complaint_id, access_token=None, **kwargs):
        """Take the customer's word that the matter is settled."""
        complaint = self._complaint(complaint_id, access_token)
        return self._step(complaint, access_token, complaint._confirm_by_customer)

    @route("/my/complaints/<int:complaint_id>/withdraw", type="http", auth="public", website=True, methods=["POST"])
    def portal_complaint_withdraw(self, complaint_id, access_token=None, **kwargs):
        """Take back a complaint, on the customer's word."""
        complaint = self._complaint(complaint_id, access_token)
        return self._step(
            complaint, access_token, lambda: complaint._withdraw(request.env._("Withdrawn by the customer online."))
        )

    @route("/my/complaints/<int:complaint_id>/rate", type="http", auth="public", website=True, methods=["POST"])
    def portal_complaint_rate(self, complaint_id, access_token=None, rating="", feedback="", **kwargs):
        """Take the customer's rating."""
        complaint = self._complaint(complaint_id, access_token)
        value = int(rating) if rating.isdecimal() else 0
        return self._step(complaint, access_token, lambda: complaint._rate_by_customer(value, feedback))

    @route("/my/complaints/<int:complaint_id>/evidence/<int:evidence_id>", type="http", auth="public", website=True)
    def portal_complaint_evidence(self, complaint_id, evidence_id, access_token=None, **kwargs):
        """Send a file of the complaint back to its customer: photos to look at, everything else to download only."""
        user = request.env.user
        complaint = request.env["sales.complaint"].browse(complaint_id).exists()
        if not (user._is_internal() and complaint and complaint.has_access("read")):
            complaint = self._complaint(complaint_id, access_token)
        theirs = complaint.sudo().evidence_ids.filtered(lambda found: found.source != "company")
        evidence = theirs.filtered(lambda found: found.id == evidence_id)
        if not evidence:
            raise NotFound()
        stream = Stream.from_binary_field(evidence, "file")
        stream.mimetype = evidence.mimetype if evidence.is_picture else "application/octet-stream"
        stream.download_name = evidence.name
        response = stream.get_response(as_attachment=not evidence.is_picture)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response

    @route("/my/orders/<int:order_id>/complaint", type="http", auth="public", website=True, methods=["GET", "POST"])
    def portal_order_complaint(self, order_id, access_token=None, **form):
        """Let a customer complain about goods of an order."""
        try:
            order = self._document_check_access("sale.order", order_id, access_token=access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        if request.env.user._is_internal():
            # Staff registers what it is told in its own name, and is given no link.
            return request.redirect("/odoo/complaints")
        Complaint, error = request.env["sales.complaint"].sudo(), None
        if request.httprequest.method == "POST":
            try:
                with request.env.cr.savepoint():
                    complaint = Complaint._register_from_portal(order, request.env.user, form, self._files())
                return request.redirect(f"{complaint.access_url}?access_token={complaint._portal_ensure_token()}")
            except UserError as refusal:
                error = str(refusal)
        return request.render(
            "sales_complaints.portal_order_complaint",
            {
                "order": order.sudo(),
                "lines": Complaint._lines_to_complain(order),
                "types": Complaint._types_of(order.sudo().company_id),
                "access_token": access_token,
                "error": error,
                "form": form,
                "page_name": "complaint",
            },
        )

    def _complaint(self, complaint_id, access_token):
        """Return a complaint, as superuser, for the customer it belongs to or who holds its link.

        Staff that has signed in speaks for no customer, whatever link it holds.

        :raises NotFound: for everybody else, the same as for one that does not exist
        """
        complaint = request.env["sales.complaint"].sudo().browse(complaint_id).exists()
        token, staff = complaint.access_token, request.env.user._is_internal()
        if (complaint and not staff) and (
            (access_token and token and consteq(token, access_token)) or complaint._is_of(request.env.user)
        ):
            return complaint
        raise NotFound()

    def _files(self):
        """Return the files of the request, as many as are taken.

        :return: list of pairs of name and base64 content
        """
        files = [file for file in request.httprequest.files.getlist("photos") if file.filename]
        return [(file.filename, base64.b64encode(file.read())) for file in files[:MOST_FILES]]

    def _step(self, complaint, access_token, step):
        """Take a step of the customer, and show the complaint again: with the reason, where it is refused."""
        try:
            with request.env.cr.savepoint():
                step()
        except UserError as refusal:
            return self._page(complaint, access_token, str(refusal))
        query = f"?access_token={access_token}" if access_token else ""
        return request.redirect(f"{complaint.access_url}{query}")

    def _page(self, complaint, access_token, error=None):
        customer = not request.env.user._is_internal()
        return request.render(
            "sales_complaints.portal_complaint_page",
            {
                "complaint": complaint,
                "messages": complaint._customer_messages(),
                "access_token": access_token,
                "query": f"?access_token={access_token}" if access_token else "",
                "error": error,
                "page_name": "complaint",
                "can_rate": customer and complaint._may_be_rated(),
                "can_add": customer and complaint.state not in ("closed", "withdrawn"),
                "can_confirm": customer and complaint.state == "informed" and not complaint.confirmed_date,
                "can_withdraw": customer and complaint._can_be_withdrawn(),
                "text_to_html": plaintext2html,
            },
        )
