# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from ..hooks import uninstall_hook
from .test_disclosure import DisclosureCommon


@tagged("post_install", "-at_install")
class TestUninstall(DisclosureCommon):
    def test_nothing_that_was_recorded_holds_up_the_removal(self):
        self.issued()
        self.env["sales.confidentiality.incident"].with_user(self.wang)._report("A price list", "May")
        incident = self.env["sales.confidentiality.incident"].search([]).with_user(self.officer)
        incident.action_begin()
        incident.write({"category_id": self.product_data.id, "level_id": self.secret.id})
        product = self.env["product.template"].create(
            {
                "name": "Lathe",
                "confidentiality_category_id": self.product_data.id,
                "confidentiality_level_id": self.secret.id,
            }
        )
        kinds = self.env["sales.approval.kind"].search([("usage", "like", "confidentiality_%")])
        self.assertTrue(self.env["sales.approval"].search([("kind_id", "in", kinds.ids)]))
        uninstall_hook(self.env)
        self.assertFalse(product.confidentiality_level_id)
        self.assertFalse(self.env["sales.confidentiality.rule"].with_context(active_test=False).search([]))
        # As the host does when the addon is removed.
        for model in ("sales.approval.kind", "sales.confidentiality.category", "sales.confidentiality.level"):
            records = kinds if model == "sales.approval.kind" else self.env[model].search([])
            records.unlink()
            self.assertFalse(records.exists(), model)
