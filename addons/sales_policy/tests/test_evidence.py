# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestEvidence(TransactionCase):
    """The mixin alone, on a model that exists in this test only: records are added, never changed (OWN-1)."""

    def setUp(self):
        super().setUp()
        from odoo.orm.model_classes import add_to_registry  # the one way to a model that exists in a test only

        class Witness(models.Model):
            _name = "sales.test.witness"
            _inherit = ["sales.evidence.mixin"]
            _description = "Witness Statement"
            _module = "sales_policy"

            name = fields.Char()
            heard = fields.Boolean()
            letters = fields.Integer(compute="_compute_letters", store=True)

            def _compute_letters(self):
                for record in self:
                    record.letters = len(record.name or "")

        self.addCleanup(self.forget, "sales.test.witness")
        add_to_registry(self.registry, Witness)
        self.registry._setup_models__(self.env.cr, ["sales.test.witness"])
        self.registry.init_models(self.env.cr, ["sales.test.witness"], {"models_to_check": True})
        self.statement = self.env["sales.test.witness"].create({"name": "I saw it"})

    def forget(self, name):
        self.env.flush_all()
        for parent in self.registry[name]._inherit:
            self.registry[parent]._inherit_children.discard(name)
        self.registry["base"]._inherit_children.discard(name)
        del self.registry[name]
        self.registry._setup_models__(self.env.cr, [])

    def test_statement_is_neither_changed_nor_deleted(self):
        for step in (
            lambda: self.statement.write({"name": "I saw nothing"}),
            lambda: self.statement.sudo().write({"letters": 1}),
            lambda: self.statement.unlink(),
            lambda: self.statement.sudo().unlink(),
        ):
            with self.assertRaisesRegex(UserError, "Witness Statement"), self.cr.savepoint():
                step()
        self.assertEqual(self.statement.name, "I saw it")

    def test_no_context_lets_a_change_through(self):
        for key in ("_force_unlink", "install_mode", "sales_history", "bypass", "import_file", "module"):
            with self.assertRaises(UserError), self.cr.savepoint():
                self.statement.with_context(**{key: True}).write({"name": "x"})

    def test_server_completes_a_statement(self):
        self.statement._evidence_write({"heard": True})
        self.assertTrue(self.statement.heard)

    def test_nothing_to_change_is_no_change(self):
        self.assertTrue(self.statement.browse().write({"name": "x"}))
        self.assertTrue(self.statement.write({}))
