# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Many complaints beside as many leads: one of each that the server made, multiplied by SQL.

Each complaint has one line, three deadlines and a step, spread over two years, all states, causes and ten handlers. The
leads are spread alike over stages and salespeople.
"""

from odoo import Command

from bench.multiply import analyze, finish_sequence, multiply

MARK = "bench.complaints"
HANDLER = "bench_handler"
HANDLERS, CUSTOMERS, PRODUCTS = 10, 1000, 50
TABLES = ("sales_complaint", "sales_complaint_line", "sales_complaint_deadline", "sales_complaint_step", "crm_lead")
STATES = "registered,acknowledged,investigation,proposal,decided,executing,informed,closed,closed,closed"


def fill(env, complaints):
    """Fill the database of a superuser's environment and commit, unless it is filled.

    :param int complaints: number of complaints, and of leads
    """
    parameters = env["ir.config_parameter"]
    if parameters.get_param(MARK) == str(complaints):
        return
    if parameters.get_param(MARK):
        raise SystemExit(f"The database holds {parameters.get_param(MARK)} complaints; make it anew.")
    people = _people(env)
    customers = env["res.partner"].create([{"name": f"Customer {n:04}"} for n in range(CUSTOMERS)])
    products = env["product.product"].create([{"name": f"Goods {n:02}", "type": "consu"} for n in range(PRODUCTS)])
    complaint = env["sales.complaint"].create(
        {
            "subject": "Bench complaint",
            "type_id": env.ref("sales_complaints.sales_complaint_type_service").id,
            "partner_id": customers[0].id,
            "user_id": people[0].id,
            "line_ids": [Command.create({"product_id": products[0].id, "name": "Goods", "quantity": 1})],
        }
    )
    lead = env["crm.lead"].create(
        {
            "name": "Bench lead",
            "type": "opportunity",
            "partner_id": customers[0].id,
            "user_id": people[0].id,
            "team_id": env["crm.team"].search([], limit=1).id,
            "expected_revenue": 100,
        }
    )
    env.flush_all()
    causes, stages = env["sales.complaint.cause"].search([]).ids, env["crm.stage"].search([]).ids
    values = {"count": complaints, "handler": people.ids, "customer": customers.ids, "product": products.ids}
    _multiply(env.cr, values, complaint, lead, causes, stages)
    for table in TABLES:
        finish_sequence(env.cr, table)
    parameters.set_param(MARK, str(complaints))
    env.cr.commit()
    analyze(env.cr.dbname, TABLES)


def _people(env):
    groups = [
        env.ref("sales_complaints.group_complaint_manager").id,
        env.ref("sales_team.group_sale_manager").id,
    ]
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {
                    "name": f"Handler {number}",
                    "login": HANDLER if not number else f"{HANDLER}_{number}",
                    "email": f"handler{number}@bench.example",
                    "group_ids": [Command.set(groups)],
                }
                for number in range(HANDLERS)
            ]
        )
    )


def _pick(ids, step=1):
    """Return the SQL that takes one of some ids for the number n."""
    return f"(ARRAY{list(ids)})[1 + mod(n / {step}, {len(ids)})]"


def _multiply(cr, values, complaint, lead, causes, stages):
    source = f"generate_series(1, {values['count'] - 1}) AS place(n)"
    names = STATES.split(",")
    state = f"(ARRAY{names})[1 + mod(n, {len(names)})]"
    moment = "now() AT TIME ZONE 'UTC' - make_interval(hours => mod(n * 7, 17520))"
    first = complaint.id
    multiply(
        cr,
        "sales_complaint",
        first,
        source,
        {
            "id": f"{first} + n",
            "name": "'B/' || n",
            "state": state,
            "date": moment,
            "create_date": moment,
            "partner_id": _pick(values["customer"]),
            "commercial_partner_id": _pick(values["customer"]),
            "user_id": _pick(values["handler"]),
            "cause_id": _pick(causes, 3),
            "severity": "(ARRAY['minor','serious','grave'])[1 + mod(n, 3)]",
            "total_cost": "mod(n, 900)",
            "access_token": "NULL",
        },
    )
    [line] = complaint.line_ids.ids
    multiply(
        cr,
        "sales_complaint_line",
        line,
        source,
        {
            "id": f"{line} + n",
            "complaint_id": f"{first} + n",
            "product_id": _pick(values["product"], 2),
            "partner_id": _pick(values["customer"]),
        },
    )
    for number, deadline in enumerate(complaint.deadline_ids.sorted("id")):
        done = number < 2
        start = max(complaint.deadline_ids.ids)
        multiply(
            cr,
            "sales_complaint_deadline",
            deadline.id,
            source,
            {
                "id": f"{start} + {number} + 3 * n",
                "complaint_id": f"{first} + n",
                "target": f"{moment} + interval '{number + 1} days'",
                "met_date": f"{moment} + interval '1 day'"
                if done
                else f"CASE WHEN {state} IN ('informed', 'closed') THEN {moment} + interval '9 days' END",
            },
        )
    [step] = complaint.step_ids.ids
    multiply(cr, "sales_complaint_step", step, source, {"id": f"{step} + n", "complaint_id": f"{first} + n"})
    multiply(
        cr,
        "crm_lead",
        lead.id,
        source,
        {
            "id": f"{lead.id} + n",
            "name": "'Lead ' || n",
            "create_date": moment,
            "partner_id": _pick(values["customer"]),
            "user_id": _pick(values["handler"]),
            "stage_id": _pick(stages),
            "expected_revenue": "mod(n, 900)",
        },
    )


def complaints_of(env, state, count):
    """Return some complaints in a state, the latest first."""
    found = env["sales.complaint"].search([("state", "=", state), ("name", "=like", "B/%")], limit=count)
    if len(found) != count:
        raise SystemExit(f"There are {len(found)} of {count} complaints in {state}; fill more.")
    return found
