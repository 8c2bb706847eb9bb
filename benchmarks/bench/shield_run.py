# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What confidential fields cost: the same reads without rules, with masks, and with a log of what was read."""

import sys
from functools import partial

from bench import fixture, ground, multiply
from bench.contests import compare_sides
from bench.operations_run import publish, show_additional

ROUNDS, ROUNDS_OF_MANY, MANY = 60, 15, 2000
TABLES = ("res_partner", "res_users", "res_company", "res_country")
FIELDS = (
    "complete_name", "phone", "email", "user_id", "street", "city", "zip", "state_id", "country_id", "vat",
    "category_id", "company_id", "is_company", "active", "activity_ids", "activity_state", "function",
)


def run(options):
    """Prepare the databases, measure, print, and write the JSON; see `run.py --help`."""
    sides = {
        "plain": (options.plain_template, None),
        "no rule": (options.addon_template, None),
        "mask": (options.addon_template, partial(_classify, audit=False)),
        "mask, reads logged": (options.addon_template, partial(_classify, audit=True)),
    }
    if options.oca:
        sides["OCA auditlog"] = (options.plain_template, _switch_auditlog_on)
    databases = {}
    for number, (side, (template, switch)) in enumerate(sides.items()):
        name = f"bench_shield_{number}"
        if template:
            ground.copy_database(template, name)
            if side == "OCA auditlog":
                with ground.Database(name).transaction() as env:
                    env["ir.module.module"].update_list()
                    env["ir.module.module"].search([("name", "=", "auditlog")]).button_immediate_install()
        database = ground.Database(name)
        with database.transaction(commit=True) as env:
            _build(env)
            if switch:
                switch(env)
        multiply.analyze(name, TABLES)
        if switch:
            # Another process learns of rules when it reloads its registry; so does this one.
            ground.Registry.new(name)
            database = ground.Database(name)
        databases[side] = database.as_user(fixture.SALESPERSON)
    comparisons = []
    for title, (operation, many) in operations().items():
        if options.only and options.only not in title:
            continue
        rounds = options.rounds or (ROUNDS_OF_MANY if many else ROUNDS)
        comparisons += compare_sides(title, databases, operation, rounds, options.warmup)
    print(file=sys.stderr)
    publish(comparisons, options, "plain", "addons")
    if options.queries:
        for title, (operation, _many) in operations().items():
            show_additional(title, *(databases[side].run_and_listen(operation)[1] for side in ("plain", "mask")))
    if options.drop:
        for database in databases.values():
            ground.drop_database(database.name)


def operations():
    """Return the operations, as a dict of title to (operation, whether it takes long)."""

    def read(size):
        def operation(env):
            domain, spec = [("name", "=like", f"{fixture.MARK} Customer %")], {name: {} for name in FIELDS}
            return lambda: env["res.partner"].web_search_read(domain, spec, limit=size)

        return operation

    def countries(env):
        return lambda: env["res.country"].web_search_read([], {"name": {}, "code": {}, "currency_id": {}}, limit=80)

    def fields_in_cache(env):
        domain = [("name", "=like", f"{fixture.MARK} Customer %")]
        partners = env["res.partner"].search(domain, limit=MANY)

        def timed():
            for partner in partners:
                for _time in range(5):
                    partner.name, partner.city, partner.zip, partner.street, partner.active  # noqa: B018

        return timed

    return {
        "list of 80 partners": (read(80), False),
        f"list of {MANY} partners": (read(MANY), True),
        "list of 80 countries (not classified)": (countries, False),
        f"5 fields of {MANY} partners, 5 times": (fields_in_cache, True),
    }


def _build(env):
    """Create a salesperson and customers, every second one that person's, unless they are there already."""
    if env["res.users"].search_count([("login", "=", fixture.SALESPERSON)]):
        return
    people = [fixture.salesperson(env, login) for login in (fixture.SALESPERSON, fixture.COLLEAGUE)]
    env["res.partner"].create(
        [{**fixture.customer_values(number), "user_id": people[number % 2].id} for number in range(MANY)]
    )


def _classify(env, audit):
    """Mask phone and e-mail of customers, but for their owner."""
    rules = env.ref("sales_confidentiality.sales_confidentiality_rule_phone")
    rules |= env.ref("sales_confidentiality.sales_confidentiality_rule_email")
    rules.write({"active": True, "audit_reads": audit})


def _switch_auditlog_on(env):
    env["auditlog.rule"].create(
        {
            "name": "Bench",
            "model_id": env["ir.model"]._get_id("res.partner"),
            "log_read": True,
            "log_write": False,
            "log_create": False,
            "log_unlink": False,
            "log_type": "full",
        }
    ).set_to_confirmed()
