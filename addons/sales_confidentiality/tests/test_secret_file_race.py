# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import os
import secrets

from odoo import SUPERUSER_ID, api
from odoo.addons.sales_policy.tests.race import RaceCommon
from odoo.tests import tagged

from .test_cipher import KeyFile


@tagged("post_install", "-at_install")
class TestFormerFile(RaceCommon):
    """A file becomes secret while somebody else has, or just stores, the same content."""

    def setUp(self):
        super().setUp()
        KeyFile.use(self)
        self.content = f"The price is {secrets.token_hex()}".encode()
        self.mine = self.commit(self.create)
        self.path = self.commit(lambda env: self.file(env, self.mine)._full_path(self.file(env, self.mine).store_fname))

    def clean_up(self):
        self.commit(lambda env: env["ir.attachment"].search([("name", "=", "race.txt")]).unlink())

    def create(self, env):
        return env["ir.attachment"].create({"name": "race.txt", "raw": self.content, "res_model": "res.partner"}).id

    def file(self, env, file_id):
        return env["ir.attachment"].browse(file_id)

    def classify(self, env):
        category, level = (env[f"sales.confidentiality.{kind}"].search([], limit=1) for kind in ("category", "level"))
        self.file(env, self.mine).write(
            {"confidentiality_category_id": category.id, "confidentiality_level_id": level.id}
        )

    def test_former_file_goes_with_the_end_of_the_transaction_and_not_before(self):
        with self.registry.cursor() as cr:
            self.classify(api.Environment(cr, SUPERUSER_ID, {}))
            self.assertTrue(os.path.exists(self.path))
        self.assertFalse(os.path.exists(self.path))

    def test_nothing_goes_when_the_transaction_fails(self):
        with self.registry.cursor() as cr:
            self.classify(api.Environment(cr, SUPERUSER_ID, {}))
            cr.rollback()
        self.assertEqual(self.commit(lambda env: self.file(env, self.mine).raw), self.content)

    def test_same_content_of_somebody_else_stays(self):
        twin = self.commit(self.create)
        self.commit(self.classify)
        self.assertEqual(self.commit(lambda env: self.file(env, twin).raw), self.content)

    def test_same_content_that_is_just_being_stored_stays(self):
        with self.registry.cursor() as cr:
            twin = self.create(api.Environment(cr, SUPERUSER_ID, {}))
            self.commit(self.classify)
        self.assertEqual(self.commit(lambda env: self.file(env, twin).raw), self.content)

    def test_same_content_whose_row_is_not_written_yet_stays(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            twin = env["ir.attachment"].create({"name": "race.txt", "raw": b"x"})
            cr.commit()
            twin.raw = self.content
            self.commit(self.classify)
        self.assertEqual(self.commit(lambda env: self.file(env, twin.id).raw), self.content)

    def test_content_that_comes_back_later_is_stored_again(self):
        self.commit(self.classify)
        twin = self.commit(self.create)
        self.assertEqual(self.commit(lambda env: self.file(env, twin).raw), self.content)
