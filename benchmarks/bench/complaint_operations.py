# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the office does with many complaints, beside what Odoo does with as many leads of its own."""

from bench.complaint_fill import complaints_of
from bench.operations import COUNT_LIMIT, LIST_SIZE
from bench.specification import specification

MANY = 1000


def pairs(env, many=MANY):
    """Return what is measured, as a dict of title to operations: Odoo on leads, ours on complaints.

    :param env: environment of the handler
    :param int many: how many at once
    """
    return {
        f"list of {LIST_SIZE}": (_list(env, "crm.lead", []), _list(env, "sales.complaint", [])),
        f"list of {LIST_SIZE} open ones": (
            _list(env, "crm.lead", [("active", "=", True), ("probability", "<", 100)]),
            _list(env, "sales.complaint", [("state", "not in", ("closed", "withdrawn"))]),
        ),
        "pivot": (
            _pivot("crm.lead", ["stage_id", "create_date:month"], ["expected_revenue:sum", "__count"]),
            _pivot("sales.complaint", ["cause_id", "date:month"], ["total_cost:sum", "__count"]),
        ),
        "analysis by cause": (
            _pivot("crm.lead", ["stage_id"], ["expected_revenue:sum", "__count"]),
            _pivot("sales.complaint.report", ["cause_id"], ["total_cost:sum", "repeated:avg", "late:avg", "__count"]),
        ),
        f"assign {many}": (_assign(_leads, many), _assign(_acknowledged, many)),
        f"acknowledge {many}": (_stage(many), _acknowledge(many)),
        f"close {many}": (_stage(many), _close(many)),
    }


def is_slow(title, many=MANY):
    """Tell which of the pairs takes seconds, so that fewer rounds have to do."""
    return title.endswith(str(many))


def _list(env, model, domain):
    views = env[model].get_views([(False, "list")])
    columns = specification(views, "list")

    def operation(env):
        return lambda: env[model].web_search_read(domain, columns, limit=LIST_SIZE, count_limit=COUNT_LIMIT + 1)

    return operation


def _pivot(model, groupby, aggregates):
    def operation(env):
        return lambda: env[model].formatted_read_group([], groupby, aggregates)

    return operation


def _leads(env, many):
    return env["crm.lead"].search([], limit=many)


def _acknowledged(env, many):
    return complaints_of(env, "acknowledged", many)


def _assign(find, many):
    def operation(env):
        records = find(env, many)
        return lambda: records.write({"user_id": env.uid})

    return operation


def _stage(many):
    def operation(env):
        leads = _leads(env, many)
        stage = env["crm.stage"].search([("is_won", "=", False)], order="id desc", limit=1)
        return lambda: leads.write({"stage_id": stage.id})

    return operation


def _acknowledge(many):
    def operation(env):
        complaints = complaints_of(env, "registered", many)
        return lambda: complaints.action_acknowledge()

    return operation


def _close(many):
    def operation(env):
        complaints = complaints_of(env, "informed", many)
        _make_closable(env, complaints)
        return lambda: complaints.action_close()

    return operation


def _make_closable(env, complaints):
    """Complete what is missing before complaints can be closed, by SQL, in this transaction."""
    env.cr.execute(
        "UPDATE sales_complaint SET grounds = 'unfounded', confirmed_date = now() AT TIME ZONE 'UTC' "
        "WHERE id = ANY(%s)",
        [complaints.ids],
    )
    env.cr.execute(
        """
        INSERT INTO sales_complaint_reply (complaint_id, round, user_id, date, channel, contact, text)
        SELECT id, round, %s, now() AT TIME ZONE 'UTC', 'call', 'Ms Xu', 'Settled'
          FROM sales_complaint WHERE id = ANY(%s)
        """,
        [env.uid, complaints.ids],
    )
    env.invalidate_all()
