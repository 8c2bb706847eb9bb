# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a salesperson does all day, as operations that run alike with and without our addon.

Each is made for one database; it gets an environment, prepares, and returns what is to be timed.
"""

from bench.fixture import quotation_values
from bench.specification import specification

LIST_SIZE = 80
COUNT_LIMIT = 10000  # the web client's


def operations(env, fixture):
    """Return the operations for one database, as a dict of title to operation.

    :param env: environment of the user who runs them: views differ by user
    :param fixture: the Fixture of this database
    """
    views = env["res.partner"].get_views([(False, "list"), (False, "form")])
    columns, form = specification(views, "list"), specification(views, "form")
    ids = list(fixture.partner_ids)

    def create_partner(env):
        values = {
            "name": "Newly Met",
            "email": "new@bench.example",
            "phone": "+32 2 9999999",
            "city": "Ghent",
            "is_company": True,
        }
        return lambda: env["res.partner"].create(values)

    def list_partners(env):
        return lambda: env["res.partner"].web_search_read(
            [("id", "in", ids)], columns, limit=LIST_SIZE, count_limit=COUNT_LIMIT + 1
        )

    def open_partner(env):
        partner = env["res.partner"].browse(ids[0])
        return lambda: partner.with_context(bin_size=True).web_read(form)

    def create_quotation(env):
        return lambda: env["sale.order"].create(quotation_values(fixture))

    def confirm_quotation(env):
        quotation = env["sale.order"].browse(fixture.quotation_id)
        return lambda: quotation.action_confirm()

    def post_message(env):
        partner = env["res.partner"].browse(ids[0])
        return lambda: partner.message_post(
            body="Called back.", message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    return {
        "create partner": create_partner,
        f"list of {LIST_SIZE} partners": list_partners,
        "open partner form": open_partner,
        "create quotation": create_quotation,
        "confirm quotation": confirm_quotation,
        "post message on partner": post_message,
    }
