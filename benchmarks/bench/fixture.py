# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The same people, customers, product and quotation in both databases; owned customers where our addon is installed."""

from dataclasses import dataclass

from odoo import Command

SALESPERSON, COLLEAGUE = "bench_salesperson", "bench_colleague"
MARK = "Bench"


@dataclass(frozen=True)
class Fixture:
    """What the operations work on, as ids of one database."""

    partner_ids: tuple
    quotation_id: int
    product_id: int


def build(env, partners):
    """Create the fixture as superuser, unless it is there already.

    The first customer, used by all operations on a single one, belongs to the salesperson who runs them;
    every second one belongs to a colleague. All of them are protected.

    :param env: environment of the superuser, to be committed by the caller
    :param int partners: number of customers
    """
    if env["res.users"].search_count([("login", "=", SALESPERSON)]):
        return
    people = [salesperson(env, login) for login in (SALESPERSON, COLLEAGUE)]
    customers = env["res.partner"].create([customer_values(number) for number in range(partners)])
    env["res.partner"].create(
        [
            {
                "name": f"{MARK} Contact {number}",
                "parent_id": customers[0].id,
                "email": f"contact{number}@bench.example",
            }
            for number in range(5)
        ]
    )
    env["product.product"].create({"name": f"{MARK} Service", "type": "service", "list_price": 100.0})
    if "sales_ownership_enabled" in env.company._fields:
        env.company.sales_ownership_enabled = True
        for number, customer in enumerate(customers):
            register(env, customer, people[number % 2])
    quotation = env["sale.order"].with_user(people[0]).create(quotation_values(find(env)))
    quotation.client_order_ref = MARK


def salesperson(env, login):
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "name": login.replace("_", " ").title(),
                "login": login,
                "email": f"{login}@bench.example",
                "group_ids": [
                    Command.set([env.ref("base.group_user").id, env.ref("sales_team.group_sale_salesman").id])
                ],
            }
        )
    )


def customer_values(number):
    return {
        "name": f"{MARK} Customer {number:05}",
        "is_company": True,
        "email": f"customer{number}@bench.example",
        "phone": f"+32 2 {number:07}",
        "street": f"{number} Main Street",
        "city": "Brussels",
        "zip": "1000",
        "country_id": 20,
    }


def register(env, customer, user):
    """Register a customer for a user, as that user would with the wizard."""
    env["sales.customer.register"].with_user(user).create(
        {
            "partner_id": customer.id,
            "channel": "visit",
            "summary": "Visited the customer and talked about the offer.",
            "is_different": True,
        }
    ).action_register()


def find(env):
    """Return the Fixture that `build` left in a database."""
    customers = env["res.partner"].search([("name", "=like", f"{MARK} Customer %")], order="id")
    return Fixture(
        partner_ids=tuple(customers.ids),
        quotation_id=env["sale.order"].search([("client_order_ref", "=", MARK)], limit=1).id,
        product_id=env["product.product"].search([("name", "=", f"{MARK} Service")], limit=1).id,
    )


def quotation_values(fixture):
    """Return the values of a quotation with three lines for the first customer."""
    return {
        "partner_id": fixture.partner_ids[0],
        "order_line": [
            Command.create({"product_id": fixture.product_id, "product_uom_qty": quantity}) for quantity in (1, 2, 3)
        ],
    }
