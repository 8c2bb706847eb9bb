# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.sql_db import Cursor
from odoo.tests import TransactionCase
from odoo.tools import SQL, mute_logger

# A Monday, ten o'clock in Shanghai.
MONDAY = datetime(2026, 5, 4, 2, 0)
SUMMARY = "Talked about two lathes, wants a quotation by Friday"
SALESPERSON = "sales_team.group_sale_salesman"


class SalesPolicyCommon(TransactionCase):
    """A sales office in Shanghai.

    Zhao Min, manager (all)
    |-- Team North, leader Sun Li      |-- Team South, leader nobody
    |   |-- Li Wei                     |   |-- Chen Jie
    |   |-- Wang Fang                  |
    Kong, stock keeper;  Pan, accountant;  Xu, portal customer
    """

    # Attribute of the class to login, name and groups; a subclass names those whom it needs besides.
    people = {
        "manager": ("zhao.min", "Zhao Min", "sales_team.group_sale_manager,base.group_partner_manager"),
        "leader": ("sun.li", "Sun Li", "sales_team.group_sale_salesman_all_leads"),
        "li": ("li.wei", "Li Wei", SALESPERSON),
        "wang": ("wang.fang", "Wang Fang", SALESPERSON),
        "chen": ("chen.jie", "Chen Jie", SALESPERSON),
        "accountant": ("pan", "Pan", "account.group_account_invoice"),
        "clerk": ("kong", "Kong", "base.group_user"),
        "portal": ("xu", "Xu", "base.group_portal"),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "no_reset_password": True})
        cls.company = cls.env.company
        cls.company.sales_ownership_enabled = True
        cls.company.resource_calendar_id = cls.env["resource.calendar"].create(
            {
                "name": "Office hours",
                "tz": "Asia/Shanghai",
                "company_id": cls.company.id,
            }
        )
        people = {}
        for base in reversed(cls.__mro__):
            people.update(vars(base).get("people", {}))
        for name, user in zip(people, cls._users(*people.values())):
            setattr(cls, name, user)
        cls.north = cls.env["crm.team"].create({"name": "North", "user_id": cls.leader.id, "company_id": False})
        cls.south = cls.env["crm.team"].create({"name": "South", "user_id": False, "company_id": False})
        for team, members in ((cls.north, cls.li | cls.wang), (cls.south, cls.chen)):
            cls.env["crm.team.member"].create([{"crm_team_id": team.id, "user_id": user.id} for user in members])
        cls.policy = cls.env.ref("sales_policy.sales_ownership_policy_standard")
        cls.customer, cls.other_customer, cls.third_customer = cls.env["res.partner"].create(
            [
                {"name": "Ningbo Valve Works", "is_company": True, "phone": "+86 138 0000 1111"},
                {"name": "Hefei Pumps", "is_company": True, "email": "buyer@hefei-pumps.example"},
                {"name": "Qingdao Cranes", "is_company": True, "vat": "91370200X"},
            ]
        )

    @classmethod
    def _user(cls, login, name, groups=SALESPERSON):
        return cls._users((login, name, groups))

    @classmethod
    def _users(cls, *people):
        """Create users together, which takes a fraction of the time: (login, name, external ids of groups)."""
        return cls.env["res.users"].create(
            [
                {
                    "login": login,
                    "password": login.ljust(8, "x"),
                    "name": name,
                    "email": f"{login}@example.com",
                    "tz": "Asia/Shanghai",
                    "group_ids": [Command.set([cls.env.ref(group).id for group in groups.split(",")])],
                }
                for login, name, groups in people
            ]
        )

    def setUp(self):
        super().setUp()
        self.freeze()

    def freeze(self):
        """Stop the clock on a Monday morning."""
        clock = freeze_time(MONDAY)
        self.frozen = clock.start()
        self.addCleanup(clock.stop)

    def pass_days(self, days=0, **more):
        """Let time pass."""
        self.frozen.tick(timedelta(days=days, **more))
        # Computed values that depend on the clock live as long as a request.
        self.env.invalidate_all()

    def register(self, partner, user, **values):
        """Register a customer as a user would, through the wizard."""
        wizard = (
            self.env["sales.customer.register"]
            .with_user(user)
            .create({"partner_id": partner.id, "summary": SUMMARY, **values})
        )
        wizard.action_register()
        return self.ownership(partner)

    def log(self, partner, user, **values):
        """Record a contact as a user."""
        return (
            self.env["sales.contact.log"]
            .with_user(user)
            .create({"partner_id": partner.id, "summary": SUMMARY, **values})
        )

    def ownership(self, partner):
        """Return the row of the ledger that protects a customer now."""
        group = partner.sudo().sales_customer_group_id
        return self.env["sales.ownership"]._running(group, self.company).get(group, self.env["sales.ownership"])

    def owner(self, partner):
        """Return who owns a customer now, as the manager sees it."""
        return partner.with_user(self.manager).sales_owner_id

    def state(self, partner):
        """Return the ownership state of a customer as the manager sees it."""
        return partner.with_user(self.manager).sales_ownership_state

    def transfer(self, mode, user=None, partners=None, **values):
        """Carry out a manager's decision through the wizard."""
        return (
            self.env["sales.ownership.transfer"]
            .with_user(values.pop("by", self.manager))
            .create(
                {
                    "mode": mode,
                    "partner_ids": [(6, 0, partners.ids if partners else [])],
                    "user_id": user.id if user else False,
                    "reason": "New territory",
                    **values,
                }
            )
            .action_apply()
        )

    def order(self, partner, user, **values):
        """Create a quotation as a user: of one product, if no lines are given."""
        if "order_line" not in values:
            product = self.env["product.product"].create({"name": "Lathe", "list_price": 100.0, "taxes_id": False})
            values["order_line"] = [Command.create({"product_id": product.id, "product_uom_qty": 1})]
        orders = self.env["sale.order"].with_user(user)
        return orders.create({"partner_id": partner.id, "user_id": user.id, **values})

    def statements(self, step):
        """Return the queries of a step on an empty cache, all that it leaves to do included."""
        taken = []
        execute = Cursor.execute

        def noting(cursor, query, *args, **kwargs):
            taken.append(query.code if isinstance(query, SQL) else query)
            return execute(cursor, query, *args, **kwargs)

        self.env.flush_all()
        self.env.invalidate_all()
        with patch.object(Cursor, "execute", noting):
            step()
            self.cr.flush()
        return taken

    def queries(self, step):
        """Return how many queries a step takes on an empty cache, all that it leaves to do included."""
        return len(self.statements(step))

    def rpc(self, user, model, method, *args, **kwargs):
        """Call a method as a client with this user's credentials would."""
        transaction = self.env.transaction
        origin = transaction.default_env
        # In a request the transaction begins as the client; some commands of the ORM fall back to that user.
        transaction.default_env = self.env(user=user.id, su=False)
        try:
            return call_kw(self.env[model].with_user(user), method, list(args), kwargs)
        finally:
            transaction.default_env = origin

    def assertRefused(self, errors, user, model, method, *args, **kwargs):
        """Check that a client's call is refused with one of these errors."""
        loggers = ("odoo.models.unlink", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
        try:
            with mute_logger(*loggers), self.cr.savepoint():
                self.rpc(user, model, method, *args, **kwargs)
        except errors:
            self.env.invalidate_all()
        else:
            self.fail(f"{user.login} may call {model}.{method}{args}")
