# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fill a database with a large customer base: records that the server made once, multiplied by SQL.

Of the commercial partners some 6 % are protected, 35 % are open and the rest was never claimed; every fifth partner is
a contact person of a company. Protection of a seventh of the protected customers ends within the reminder days.
Everything depends on the number of a partner and on the day only: two runs of one day fill alike.
"""

from contextlib import contextmanager

from odoo import Command, fields

from bench.fixture import SALESPERSON, register
from bench.multiply import analyze, finish_sequence, multiply, without_indexes

MARK = "bench.base"
SALESPEOPLE, TEAM_SIZE = 200, 10
PROTECTED, OPEN = 6, 41  # percent, the second one includes the first
RARE_EVERY = 20  # one partner in so many has a name like no other
TABLES = (
    "res_partner",
    "sales_customer_group",
    "sales_customer_membership",
    "sales_contact_log",
    "sales_ownership",
)

# From the number of a partner to something that looks random but never changes.
DICE = "mod(hashint4({0}) & 2147483647, {1})"
NAME = """(
    initcap((ARRAY['ka','ve','mo','ri','tan','sel','bo','lu','nor','fi','dax','em','gra','hu','jo','pel'])[1 + {a}]
        || (ARRAY['lin','ta','ros','ve','min','dor','ka','ben','ti','sur','mal','no','zen','ri','po','que'])[1 + {b}]
        || (ARRAY['','x','na','ton','berg','is','mar','ford','ova','well','sen','ra','los','vi','co','dan'])[1 + {c}])
    || (ARRAY[' Logistics',' Trading',' Foods',' Machines',' Textiles',' Consulting',' Pharma',' Energy',' Optics',
              ' Paper',' Steel',' Software',' Garden',' Travel',' Motors',' Chemicals'])[1 + {d}]
    || (ARRAY[' Ltd',' GmbH',' SA',' Inc',' & Co',' Group','',' International'])[1 + {e}]
)""".format(
    **{
        letter: DICE.format(f"(n + {number * 1000003})", size)
        for number, (letter, size) in enumerate([("a", 16), ("b", 16), ("c", 16), ("d", 16), ("e", 8)])
    }
)
# A name like no other: letters without any likeness to a word.
RARE_NAME = """initcap(translate(substr(md5(n::text), 1, 9) || ' ' || substr(md5(n::text), 10, 7),
    '0123456789abcdef', 'qxwzjkvhgbfpdmyc'))"""
RARE = "RARE"  # the reference of such partners


def fill(env, partners, logs):
    """Fill the database of a superuser's environment and commit, unless it holds as many already.

    :param int partners: number of partners, contact persons included
    :param int logs: number of contact logs
    """
    parameters = env["ir.config_parameter"]
    wanted = f"{partners} partners, {logs} logs of {fields.Date.today()}"
    if parameters.get_param(MARK) == wanted:
        return
    if parameters.get_param(MARK):
        raise SystemExit(f"The database holds {parameters.get_param(MARK)}; make it anew with --addon-template.")
    samples = _samples(env, _people(env))
    env.flush_all()
    _places(env.cr, partners, logs, samples)
    with _without_foreign_keys(env.cr), without_indexes(env.cr, TABLES):
        _partners(env.cr, samples)
        _groups(env.cr, samples)
        _logs(env.cr, logs, samples)
        _ledger(env.cr, samples)
    for table in TABLES:
        finish_sequence(env.cr, table)
    parameters.set_param(MARK, wanted)
    env.cr.commit()
    analyze(env.cr.dbname, TABLES)


def _people(env):
    """Create the salespeople in teams of ten, each led by its first member; return the users."""
    env.company.sales_ownership_enabled = True
    groups = [env.ref("base.group_user").id, env.ref("sales_team.group_sale_salesman").id]
    users = (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {
                    "name": f"Salesperson {number}",
                    "login": f"{SALESPERSON}_{number}",
                    "email": f"salesperson{number}@bench.example",
                    "group_ids": [Command.set(groups)],
                }
                for number in range(SALESPEOPLE)
            ]
        )
    )
    env["crm.team"].create(
        [
            {
                "name": f"Team {start}",
                "user_id": users[start].id,
                "member_ids": [Command.set(users[start : start + TEAM_SIZE].ids)],
            }
            for start in range(0, SALESPEOPLE, TEAM_SIZE)
        ]
    )
    return users


def _samples(env, users):
    """Register one customer through the wizard; return the ids of what came into being, by table."""
    company, person = env["res.partner"].create(
        [
            {"name": "Sample Company", "is_company": True, "city": "Ghent", "street": "1 Main Street"},
            {"name": "Sample Contact", "city": "Ghent"},
        ]
    )
    register(env, company, users[0])
    row = env["sales.ownership"].search([("user_id", "=", users[0].id)])
    return {
        "company": company.id,
        "person": person.id,
        "sales_customer_group": row.group_id.id,
        "sales_customer_membership": row.group_id.membership_ids.id,
        "sales_contact_log": row.log_id.id,
        "sales_ownership": row.id,
        "first_user": users.ids[0],
    }


def _places(cr, partners, logs, samples):
    """Give each partner its number and its ids, and tell who is owned by whom since when."""
    cr.execute(f"SELECT {', '.join(f'(SELECT max(id) + 1 FROM {table})' for table in TABLES)}")
    offsets = dict(zip(TABLES, cr.fetchone()))
    share = DICE.format("n", 100)
    cr.execute(f"""
        CREATE TEMP TABLE place AS
        SELECT n,
               mod(n, 5) = 4 AS is_contact,
               {offsets["res_partner"]} + n AS partner_id,
               {offsets["res_partner"]} + CASE WHEN mod(n, 5) = 4 THEN n - 4 ELSE n END AS commercial_id,
               CASE WHEN mod(n, 5) = 4 THEN {DICE.format("(n - 4)", 100)} ELSE {share} END AS share,
               {offsets["sales_customer_group"]} + CASE WHEN mod(n, 5) = 4 THEN n - 4 ELSE n END AS group_id,
               {offsets["sales_customer_membership"]} + n AS membership_id,
               {offsets["sales_ownership"]} + n AS ownership_id,
               {samples["first_user"]} + {DICE.format("(n + 17)", SALESPEOPLE)} AS user_id,
               CASE WHEN mod(n, {RARE_EVERY}) = 1 THEN {RARE_NAME} ELSE {NAME} END AS name,
               {DICE.format("(n + 29)", 1000)} / 1000.0 AS dice
          FROM generate_series(0, {partners - 1}) AS n;
        CREATE TEMP TABLE owned AS
        SELECT row_number() OVER (ORDER BY n) - 1 AS k, *,
               CASE WHEN share < {PROTECTED} THEN timezone('UTC', now()) - (1 + 20 * dice) * interval '1 day'
                    ELSE timezone('UTC', now()) - (70 + 600 * dice) * interval '1 day' END AS date_start,
               -- Protection ends at midnight, one to seven days from now; or it ended long ago.
               CASE WHEN share < {PROTECTED}
                    THEN date_trunc('day', timezone('UTC', now())) + (1 + mod(n, 7)) * interval '1 day'
                    ELSE date_trunc('day', timezone('UTC', now()) - (10 + 600 * dice) * interval '1 day')
               END AS date_end,
               {offsets["sales_contact_log"]} AS log_offset
          FROM (SELECT n, share, partner_id, group_id, membership_id, ownership_id, user_id, name, dice
                  FROM place WHERE share < {OPEN} AND NOT is_contact) AS claimed;
        ANALYZE place; ANALYZE owned
    """)
    cr.execute("SELECT count(*) FROM owned")
    if cr.fetchone()[0] > logs:
        raise SystemExit("There have to be more logs than owned customers: each has its first contact.")


def _partners(cr, samples):
    """Companies and independent people, then contact persons of companies."""
    common = {
        "id": "partner_id",
        "name": "place.name",
        "complete_name": "place.name",
        "ref": f"CASE WHEN mod(n, {RARE_EVERY}) = 1 THEN '{RARE}' END",
        "sales_customer_group_id": f"CASE WHEN share < {OPEN} THEN group_id END",
        "commercial_partner_id": "commercial_id",
        "email": "'p' || n || '@bench.example'",
        "email_normalized": "'p' || n || '@bench.example'",
        "phone": "'+32 2 ' || lpad(n::text, 7, '0')",
        "phone_sanitized": "'+322' || lpad(n::text, 7, '0')",
    }
    multiply(
        cr,
        "res_partner",
        samples["company"],
        "(SELECT * FROM place WHERE NOT is_contact) AS place",
        {
            **common,
            "vat": "CASE WHEN mod(n, 2) = 0 THEN 'BE' || lpad(n::text, 10, '0') END",
        },
    )
    multiply(
        cr,
        "res_partner",
        samples["person"],
        "(SELECT * FROM place WHERE is_contact) AS place",
        {
            **common,
            "parent_id": "commercial_id",
        },
    )


def _groups(cr, samples):
    multiply(cr, "sales_customer_group", samples["sales_customer_group"], "owned", {"id": "group_id"})
    multiply(
        cr,
        "sales_customer_membership",
        samples["sales_customer_membership"],
        "owned",
        {
            "id": "membership_id",
            "group_id": "owned.group_id",
            "partner_id": "owned.partner_id",
            "partner_ref": "owned.partner_id",
            "partner_name": "owned.name",
            "date_start": "owned.date_start",
        },
    )


def _logs(cr, logs, samples):
    """The first contact of each owned customer in the order of their numbers; the others fall where the dice tell."""
    cr.execute("SELECT count(*) FROM owned")
    owned = cr.fetchone()[0]
    source = f"""(
        SELECT l, o.* FROM generate_series(0, {logs - 1}) AS l
          JOIN owned o ON o.k = CASE WHEN l < {owned} THEN l ELSE {DICE.format("l", owned)} END
    ) AS contact"""
    multiply(
        cr,
        "sales_contact_log",
        samples["sales_contact_log"],
        source,
        {
            "id": "log_offset + l",
            "partner_id": "contact.partner_id",
            "partner_name": "contact.name",
            "group_id": "contact.group_id",
            "user_id": "contact.user_id",
            "create_uid": "contact.user_id",
            "contact_date": "contact.date_start + mod(l, 50) * interval '1 hour'",
            "create_date": "contact.date_start + mod(l, 50) * interval '1 hour'",
            "protects_until": "contact.date_end",
            "summary": "'Contact ' || l || ': talked about prices, delivery and the next order.'",
        },
    )


def _ledger(cr, samples):
    """One row for each owned customer. Those lapsing tomorrow were reminded yesterday, those after that are due."""
    multiply(
        cr,
        "sales_ownership",
        samples["sales_ownership"],
        "owned",
        {
            "id": "ownership_id",
            "group_id": "owned.group_id",
            "user_id": "owned.user_id",
            "date_start": "owned.date_start",
            "date_end": "owned.date_end",
            "remind_from": "owned.date_end - interval '2 days'",
            "reminder_date": (
                "CASE WHEN owned.date_end < timezone('UTC', now()) + interval '1 day' AND mod(n, 20) > 0 "
                "THEN owned.date_end - interval '2 days' END"
            ),
            "log_id": "log_offset + k",
            "last_log_id": "log_offset + k",
        },
    )


@contextmanager
def _without_foreign_keys(cr):
    """Skip the checks of foreign keys within the block: everything refers to what is inserted with it."""
    cr.execute("SET session_replication_role = replica")
    yield
    cr.execute("SET session_replication_role = DEFAULT")
