# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import base64
import io
import os
import zipfile

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger
from odoo.tools.misc import limited_field_access_token

from ..cipher import CHUNK
from .people import PEN, WORDS, SecretFileCommon

PICTURE = base64.b64decode(PEN)


@tagged("post_install", "-at_install")
class TestSecretFileRoutes(SecretFileCommon, HttpCase):
    """Every way in which the server hands out a file: people who are cleared get it, others never."""

    def freeze(self):
        """Leave the clock running: sessions live by it."""

    def setUp(self):
        super().setUp()
        self.picture = self.secret_file(name="lathe.png", raw=PICTURE)
        self.token = limited_field_access_token(self.file, "raw", scope="binary")
        self.file.sudo().access_token = "known"
        self.env["ir.model.data"].create(
            {"name": f"file_{self.file.id}", "module": "base", "model": "ir.attachment", "res_id": self.file.id}
        )
        self.env.flush_all()

    def get(self, path, user, **kwargs):
        self.authenticate(user and user.login, user and user.login.ljust(8, "x"))
        with mute_logger("odoo.http", "odoo.addons.mail.controllers.attachment"):
            return self.url_open(path, **kwargs)

    def routes(self, file):
        name = file.sudo().name
        yield from (
            f"/web/content/{file.id}",
            f"/web/content/{file.id}/{name}",
            f"/web/content/{file.id}?download=1&unique=1",
            f"/web/content?id={file.id}",
            f"/web/content?model=ir.attachment&id={file.id}&field=datas",
            f"/web/content/ir.attachment/{file.id}/raw",
            f"/web/content/ir.attachment/{file.id}/datas",
            f"/web/content/ir.attachment/{file.id}/db_datas/{name}",
            f"/web/content/base.file_{file.id}",
            f"/web/content/{file.id}?access_token=known",
            f"/web/content/{file.id}?access_token={self.token}",
            f"/web/image/{file.id}?download=1",
            f"/web/image/{file.id}-abc/{name}?download=1",
            f"/web/image/ir.attachment/{file.id}/raw?download=1",
            f"/web/image/{file.id}?access_token={self.token}&download=1",
        )

    def test_who_is_cleared_gets_plain_content_on_every_route_and_nobody_keeps_it(self):
        for route in self.routes(self.file):
            answer = self.get(route, self.li)
            self.assertEqual((answer.status_code, answer.content), (200, WORDS), route)
            self.assertEqual(answer.headers["Content-Length"], str(len(WORDS)))
            self.assertIn("no-store", answer.headers["Cache-Control"])
            self.assertNotIn("public", answer.headers["Cache-Control"])
            self.assertNotIn("immutable", answer.headers["Cache-Control"])
            self.assertNotIn("ETag", answer.headers)

    def test_who_is_not_cleared_gets_nothing_on_any_route(self):
        stored = self.stored(self.file)
        for user in (self.manager, self.officer, self.env.ref("base.user_admin"), self.portal, None):
            for route in self.routes(self.file):
                if user and user.login == "admin":
                    self.authenticate("admin", "admin")
                    with mute_logger("odoo.http"):
                        answer = self.url_open(route)
                else:
                    answer = self.get(route, user)
                self.assertNotEqual(answer.status_code, 200, f"{user and user.login} {route}")
                self.assertNotIn(b"4711", answer.content)
                self.assertNotIn(stored[:20], answer.content)

    def test_pictures_are_resized_for_who_is_cleared_only(self):
        stored = self.stored(self.picture)
        for size in ("", "/3x3", "/1x1/x.png"):
            route = f"/web/image/{self.picture.id}{size}"
            mine, theirs = self.get(route, self.li), self.get(route, self.manager)
            self.assertEqual(mine.headers["Content-Type"], "image/png")
            self.assertNotEqual(mine.content, theirs.content)
            self.assertNotIn(PICTURE[40:60], theirs.content)
            self.assertNotIn(stored[:20], mine.content + theirs.content)
        route = f"/web/image/ir.attachment/{self.picture.id}/thumbnail?download=1"
        self.assertEqual(self.get(route, self.li).status_code, 404)

    def test_archive_holds_plain_content_for_who_is_cleared_only(self):
        for user, gets in ((self.li, True), (self.manager, False), (self.portal, False)):
            self.authenticate(user.login, user.login.ljust(8, "x"))
            data = {"file_ids": str(self.file.id), "zip_name": "x.zip", "csrf_token": http.Request.csrf_token(self)}
            with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
                answer = self.url_open("/mail/attachment/zip", data=data)
            if gets:
                with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
                    self.assertEqual([archive.read(name) for name in archive.namelist()], [WORDS])
            else:
                self.assertNotEqual(answer.status_code, 200)

    def test_first_page_and_token_of_ownership_open_nothing(self):
        file = self.secret_file(name="lathe.pdf", raw=b"%PDF-1.4 4711")
        token = file.sudo()._get_ownership_token()
        route = f"/mail/attachment/pdf_first_page/{file.id}?access_token={token}"
        for user in (self.manager, self.portal, None):
            self.assertNotEqual(self.get(route, user).status_code, 200)

    def test_large_file_comes_whole_and_a_broken_one_not_at_all(self):
        content = os.urandom(CHUNK) * 9 + b"end"
        file = self.secret_file(name="large.bin", raw=content)
        self.assertEqual(self.get(f"/web/content/{file.id}", self.li).content, content)
        data = bytearray(self.stored(file))
        data[-5] ^= 1
        self.tamper(file, bytes(data))
        answer = self.get(f"/web/content/{file.id}", self.li)
        self.assertEqual(answer.status_code, 404)
        self.assertNotIn(content[:100], answer.content)

    def test_missing_key_is_no_file(self):
        self.keys.unlink()
        self.assertEqual(self.get(f"/web/content/{self.file.id}", self.li).status_code, 404)

    def test_database_storage_is_served_too(self):
        self.env["ir.config_parameter"].set_param("ir_attachment.location", "db")
        file = self.secret_file()
        self.assertEqual(self.get(f"/web/content/{file.id}", self.li).content, WORDS)
        self.assertEqual(self.get(f"/web/content/{file.id}", self.manager).status_code, 404)
