# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import json

from odoo import fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tools import mute_logger

from ..shield.guard import forget, guard_of
from .sales_confidentiality_clearance import OFFICER

REFUSED = (AccessError, UserError, ValidationError, ValueError)


class SalesConfidentialityRule(models.Model):
    """The self-test of a rule: what does somebody without clearance really get on each channel?"""

    _inherit = "sales.confidentiality.rule"

    check_ids = fields.One2many("sales.confidentiality.check", "rule_id", "Coverage", readonly=True, groups=OFFICER)

    def action_check(self):
        """Try all channels as somebody who may read everything but is cleared for nothing, and show what came out."""
        self.check_access("write")
        for rule in self:
            found = rule._check_channels()
            rule.sudo().check_ids.unlink()
            now = fields.Datetime.now()
            rule.sudo().check_ids.create(
                [
                    {"rule_id": rule.id, "sequence": i, "channel": channel, "result": result, "note": note, "date": now}
                    for i, (channel, result, note) in enumerate(found)
                ]
            )
        return True

    def _check_channels(self):
        """Return what each channel gives away.

        Nothing of the test stays: it works with a person and records of its own, which are rolled back.

        :return: list of (channel, result, note)
        """
        self.ensure_one()
        rows = []
        savepoint = self.env.cr.savepoint()
        try:
            with mute_logger("odoo.models", "odoo.addons.base.models.ir_rule", "odoo.models.unlink"):
                for seed in self._seeds():
                    rows += self._check_field(seed)
        finally:
            savepoint.close(rollback=True)
            forget(self.env)
        rows += [
            (f"{line.copy_model}.{line.copy_field}", "allowed", line.reason)
            for line in self.line_ids
            if line.state == "open"
        ]
        rows += [
            (self.env._("Papers with leave to print it"), "allowed", report.name)
            for report in self.env["ir.actions.report"].sudo().search([("sales_confidential_open", "=", True)])
        ]
        rows.append(
            (
                self.env._("Texts"),
                "open",
                self.env._("What people write into messages, notes and files themselves cannot be told apart."),
            )
        )
        rows.append(
            (
                self.env._("Links for customers"),
                "open",
                self.env._("Whoever has the link of a document sees what its page shows, without signing in."),
            )
        )
        return rows

    def _check_field(self, field):
        users = self.env["res.users"].sudo().with_context(no_reset_password=True)
        groups = self.env["res.groups"]
        for xml_id in ("base.group_user", "base.group_allow_export", "sales_team.group_sale_salesman_all_leads"):
            groups |= self.env.ref(xml_id)
        model = self.env[field.model_name].sudo()
        readers = (
            self.env["ir.model.access"]
            .sudo()
            .search([("model_id.model", "=", model._name), ("perm_read", "=", True), ("active", "=", True)])
        )
        person = users.create(
            {
                "name": "Self-test",
                "login": f"self-test-{self.id}",
                "group_ids": [
                    (
                        6,
                        0,
                        (
                            groups
                            | readers.group_id - self.env.ref("base.group_portal") - self.env.ref("base.group_public")
                        ).ids,
                    )
                ],
                "company_ids": [(6, 0, self.env.company.ids)],
                "company_id": self.env.company.id,
            }
        )
        record = (
            model.search([(field.name, "!=", False)], limit=1, order="id desc")
            if field.store
            else model.search([], limit=1, order="id desc")
        )
        label = field._description_string(self.env)
        if not record:
            return [(label, "open", self.env._("Not tried: no record has a value."))]
        secret, ids = record[field.name], record.ids
        traces = {str(secret), json.dumps(secret, default=str).strip('"')} - {"", "0", "0.0", "False"}

        def call(name, method, *args, **kwargs):
            forget(self.env)
            self.env.invalidate_all()
            try:
                with self.env.cr.savepoint():
                    answer = call_kw(
                        self.env(user=person.id, su=False)[name], method, list(args), {"context": {}, **kwargs}
                    )
            except REFUSED:
                return ""
            return json.dumps(answer, default=str, ensure_ascii=False)

        name, spec = field.name, {field.name: {}}
        bare = [("id", "in", ids)]
        tried = {
            "read": call(model._name, "read", ids, [name]),
            "search_read": call(model._name, "search_read", bare, [name]),
            "web_search_read": call(model._name, "web_search_read", bare, spec),
            "export": call(model._name, "export_data", ids, [name]),
            "copy": call(model._name, "copy_data", ids),
            "group": call(model._name, "formatted_read_group", bare, [name], ["__count"]),
            "onchange": call(model._name, "onchange", ids, {}, [], spec),
            "condition": call(model._name, "search", [*bare, (name, "=", secret)]),
            "order": call(model._name, "search", bare, order=name),
        }
        for other in self.line_ids.filtered(lambda line: line.state != "open"):
            copy = other._copy()
            if copy is None or not self.env[other.copy_model]._auto:
                continue
            rows = self.env[other.copy_model].sudo().search([], limit=20, order="id desc")
            tried[f"{other.copy_model}.{other.copy_field}"] = call(
                other.copy_model, "read", rows.ids, [other.copy_field]
            )
        oracle = {"condition": "[]", "order": ""}
        result = []
        for channel, answer in tried.items():
            if channel in oracle:
                leaks = answer not in ("", "[]")
            else:
                leaks = any(trace in answer for trace in traces)
            if leaks and self.mode == "readonly":
                result.append((f"{label}: {channel}", "allowed", self.env._("The rule shows the value.")))
            elif leaks and channel == "order":
                result.append((f"{label}: {channel}", "open", self.env._("Records can be sorted by it.")))
            else:
                result.append((f"{label}: {channel}", "open" if leaks else "closed", False))
        guard = guard_of(model, name)
        if guard is None:
            result.append((label, "open", self.env._("The rule is not in force.")))
        return result
