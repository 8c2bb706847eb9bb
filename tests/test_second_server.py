# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Confidential values where several servers work on one database, one of them with a read-only replica."""

import os
import socket
import subprocess
import time
from datetime import UTC, datetime, timedelta

import requests
from odoo_command import COMMAND, shell
from own_database import copy_of

import pytest

ADDON = "sales_confidentiality"
PHONE = "+86 411 8888 7777"
TOKEN = "****"
BOOT_SECONDS = 120

FILL = f"""
from odoo.tests import new_test_user
context = {{"no_reset_password": True}}
def person(login, groups):
    return new_test_user(env, login, groups=groups, context=context, password=login * 2)
seller = person("seller", "sales_team.group_sale_salesman_all_leads")
owner = person("owner", "sales_team.group_sale_salesman_all_leads")
person("officer", "sales_team.group_sale_salesman_all_leads,sales_confidentiality.group_confidentiality_officer")
customer = env["res.partner"].create({{"name": "Harbin Mills", "phone": "{PHONE}", "user_id": owner.id}})
env["sales.confidentiality.rule"].search([]).active = False
env.cr.commit()
print("FILLED", seller.id)
"""
CORE_WORKS = f"""
assert "sales.confidentiality.rule" not in env
seller = env["res.users"].search([("login", "=", "seller")])
customer = env["res.partner"].with_user(seller).search([("phone", "=", "{PHONE}")])
assert customer.name == "Harbin Mills" and customer.read(["phone"])[0]["phone"] == "{PHONE}", customer
order = env["sale.order"].with_user(seller).create({{"partner_id": customer.id}})
order.action_confirm()
leftovers = env["ir.model.data"].search([("module", "=", "{ADDON}")])
assert not leftovers, leftovers.mapped("complete_name")
print("WORKS")
"""


class Server:
    """An Odoo server of its own on a database."""

    def __init__(self, database, *options):
        self.database = database
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        # Without -d the first request loads the registry; a preloading server would answer from half of it.
        command = [COMMAND, "server", f"--db-filter=^{database}$", "--log-level=warn"]
        command += ["--http-interface=127.0.0.1", f"--http-port={self.port}", "--max-cron-threads=0", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def wait(self):
        until = time.monotonic() + BOOT_SECONDS
        while True:
            assert self.process.poll() is None, self.process.stdout.read()
            try:
                return requests.get(f"http://127.0.0.1:{self.port}/web/health", timeout=BOOT_SECONDS).raise_for_status()
            except requests.ConnectionError:
                assert time.monotonic() < until, "the server did not start"
                time.sleep(0.3)

    def stop(self):
        if self.process.poll() is not None:
            return
        self.process.terminate()
        output = self.process.communicate(timeout=60)[0]
        assert not [line for line in output.splitlines() if " ERROR " in line or "Traceback" in line], output

    def person(self, login):
        return Person(self, login)


class Person:
    """Somebody who is logged in at a server."""

    def __init__(self, server, login):
        self.address = f"http://127.0.0.1:{server.port}"
        self.session = requests.Session()
        params = {"db": server.database, "login": login, "password": login * 2}
        self.id = self.post("/web/session/authenticate", params)["uid"]

    def post(self, path, params):
        answer = self.session.post(
            self.address + path, json={"jsonrpc": "2.0", "method": "call", "params": params}, timeout=60
        ).json()
        assert "error" not in answer, answer
        return answer["result"]

    def call(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.post(f"/web/dataset/call_kw/{model}/{method}", params)

    def phone(self):
        domain = [["name", "=", "Harbin Mills"]]
        found = self.call("res.partner", "web_search_read", domain, {"phone": {}})
        return found["records"][0]["phone"]


@pytest.fixture
def database():
    """A copy of the tests' database with a customer and people, dropped afterwards."""
    source = os.environ["GROUND_DATABASE"]
    with copy_of(source, f"{source}_second") as name:
        assert "FILLED" in shell(name, FILL)
        yield name


@pytest.fixture
def servers(database):
    """Two servers on one database; the second one reads from what it takes for a read-only replica."""
    running = [Server(database), Server(database, "--dev=replica")]
    try:
        for server in running:
            server.wait()
        yield running
    finally:
        for server in running:
            server.stop()


def clearance_until(officer, person, until):
    def one(model, domain):
        return officer.call(model, "search", domain)[0]

    values = {
        "user_id": person.id,
        "category_id": one("sales.confidentiality.category", [["code", "=", "customer"]]),
        "level_id": one("sales.confidentiality.level", [["code", "=", "confidential"]]),
        "date_to": until.strftime("%Y-%m-%d %H:%M:%S"),
        "reason": "Serves key accounts",
    }
    return officer.call("sales.confidentiality.clearance", "create", values)


def test_a_rule_reaches_another_server_by_the_next_request_and_uninstalls_cleanly(servers, database):
    first, second = servers
    officer, seller, owner = first.person("officer"), second.person("seller"), second.person("owner")
    assert seller.phone() == PHONE

    domain = [["name", "=", "Phones of customers"], ["active", "=", False]]
    rule = officer.call("sales.confidentiality.rule", "search", domain)
    officer.call("sales.confidentiality.rule", "write", rule, {"active": True, "audit_reads": True})
    assert TOKEN in seller.phone()
    assert owner.phone() == PHONE

    # The second server read in a transaction that cannot write, and yet what it showed is on record.
    domain = [["user_id", "=", owner.id], ["model", "=", "res.partner"], ["channel", "=", "read"]]
    assert officer.call("sales.confidentiality.access", "search_count", domain) == 1

    # Nothing but the clock ends this clearance.
    until = datetime.now(UTC) + timedelta(seconds=6)
    clearance_until(officer, seller, until)
    assert seller.phone() == PHONE
    time.sleep(max(0, (until - datetime.now(UTC)).total_seconds()))
    assert TOKEN in seller.phone()

    officer.call("sales.confidentiality.rule", "write", rule, {"active": False})
    assert seller.phone() == PHONE
    officer.call("sales.confidentiality.rule", "write", rule, {"active": True})

    for server in servers:
        server.stop()
    assert "WORKS" in shell(database, f'apps("{ADDON}", "uninstall")\n' + CORE_WORKS)
