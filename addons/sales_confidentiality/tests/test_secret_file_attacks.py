# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import base64

from odoo.addons.mail.tools.discuss import Store
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .people import WORDS, SecretFileCommon


@tagged("post_install", "-at_install")
class TestSecretFileAttacks(SecretFileCommon):
    def setUp(self):
        super().setUp()
        self.strangers = self.wang | self.leader | self.manager | self.accountant | self.clerk
        self.strangers |= self.officer | self.portal | self.env.ref("base.user_admin")

    def test_strangers_neither_find_nor_read_nor_change_it(self):
        for user in self.strangers:
            of_customer = [("res_model", "=", "res.partner"), ("res_id", "=", self.customer.id)]
            for domain in ([("id", "=", self.file.id)], of_customer, [("name", "=", "Lathe.txt")], []):
                if user != self.portal:
                    self.assertNotIn(self.file.id, self.rpc(user, "ir.attachment", "search", domain), user.login)
            for names in (["raw"], ["datas"], ["db_datas"], ["name"], ["checksum", "store_fname"], ["index_content"]):
                self.assertRefused(AccessError, user, "ir.attachment", "read", self.file.ids, names)
            for values in ({"raw": b"x"}, {"res_id": False}, {"name": "x"}, {"public": True}, {"access_token": "x"}):
                self.assertRefused(AccessError, user, "ir.attachment", "write", self.file.ids, values)
            self.assertRefused(AccessError, user, "ir.attachment", "unlink", self.file.ids)
            self.assertRefused(AccessError, user, "ir.attachment", "copy", self.file.ids)
            self.assertRefused((AccessError, UserError), user, "ir.attachment", "export_data", self.file.ids, ["datas"])
            self.assertRefused(AccessError, user, "ir.attachment", "generate_access_token", self.file.ids)
            self.assertRefused(AccessError, user, "ir.attachment", "action_confidentiality_download", self.file.ids)
        self.assertEqual(self.opened(self.file), WORDS)

    def test_working_with_all_rights_in_their_name_opens_nothing(self):
        for user in self.strangers | self.env.ref("base.user_root"):
            file = self.file.with_user(user).sudo()
            for name in ("raw", "datas"):
                self.env.invalidate_all()
                with self.assertRaises(AccessError):
                    file.mapped(name)
            with self.assertRaises(AccessError):
                file.copy()
        self.assertEqual(self.opened(self.file), WORDS)
        with self.assertRaises(AccessError):
            self.file.with_user(self.wang).sudo().read(["raw"])

    def test_nobody_opens_a_back_door(self):
        doors = ({"public": True}, {"url": "/lathe.txt"}, {"type": "url"}, {"res_field": "image_128"})
        doors += ({"db_datas": base64.b64encode(b"x")},)
        for values in doors:
            self.assertRefused((UserError,), self.li, "ir.attachment", "write", self.file.ids, values)
            with self.assertRaises(UserError):
                self.secret_file(**values)
            with self.assertRaises(UserError):
                self.file.sudo().write(values)
            self.assertRefused((UserError,), self.li, "ir.attachment", "copy", self.file.ids, values)
        key = {"confidentiality_key": "x", "confidentiality_key_name": "x"}
        for name, value in key.items():
            self.assertRefused((AccessError,), self.li, "ir.attachment", "write", self.file.ids, {name: value})
            self.assertRefused((AccessError,), self.li, "ir.attachment", "read", self.file.ids, [name])

    def test_copy_is_as_secret_whatever_is_asked(self):
        default = {"confidentiality_category_id": False, "confidentiality_level_id": False}
        [copy] = self.rpc(self.li, "ir.attachment", "copy", self.file.ids, default)
        self.assertNotIn(b"lathe", self.stored(self.file.browse(copy)))

    def test_defaults_of_a_context_make_nothing_half_secret(self):
        context = {
            "default_confidentiality_category_id": self.product_data.id,
            "default_confidentiality_level_id": self.secret.id,
        }
        files = self.env["ir.attachment"].with_user(self.wang)
        file = files.with_context(**context).create({"name": "x", "raw": b"x"})
        self.assertFalse(file.confidentiality_level_id)
        self.assertEqual(self.opened(file, self.wang), b"x")
        with self.assertRaises(AccessError):
            files.with_context(default_confidentiality_key="x").create({"name": "x", "raw": b"x"})

    def test_picture_of_it_is_never_stored(self):
        self.file.thumbnail = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
        domain = [("res_model", "=", "ir.attachment"), ("res_field", "=", "thumbnail"), ("res_id", "=", self.file.id)]
        self.assertFalse(self.env["ir.attachment"].sudo().search_count(domain))

    def test_form_that_is_edited_shows_content_and_never_what_is_stored(self):
        values = self.rpc(self.li, "ir.attachment", "onchange", self.file.ids, {"name": "x"}, ["name"], {"datas": {}})
        self.assertNotIn(base64.b64encode(self.stored(self.file)).decode()[:40], str(values))

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_it_does_not_leave_by_mail(self):
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.li)
            .create(
                {
                    "model": "res.partner",
                    "res_ids": str(self.other_customer.ids),
                    "body": "As promised",
                    "partner_ids": self.other_customer.ids,
                    "attachment_ids": self.file.ids,
                }
            )
        )
        with self.assertRaisesRegex(UserError, "do not leave by e-mail"):
            composer.action_send_mail()
        mail = (
            self.env["mail.mail"]
            .with_user(self.li)
            .sudo()
            .create(
                {"body_html": "<p>As promised</p>", "email_to": "buyer@example.com", "attachment_ids": self.file.ids}
            )
        )
        for env_mail in (mail, mail.with_user(self.env.ref("base.user_root"))):
            [sent] = env_mail._prepare_outgoing_list()
            self.assertEqual(sent["attachments"], [])
            self.assertIn("open them in Odoo", sent["body"])

    def test_no_answer_confirms_a_guess_at_its_name(self):
        message = self.customer.with_user(self.li).message_post(body="See the file", attachment_ids=self.file.ids)
        paths = {
            "mail.message": ("attachment_ids.name", "attachment_ids"),
            "res.partner": ("message_ids.attachment_ids.name",),
        }
        for user, finds in ((self.li, True), (self.manager, False), (self.leader, False)):
            for model, names in paths.items():
                record = message if model == "mail.message" else self.customer
                for name in names:
                    domain = [("id", "=", record.id), (name, "ilike", "athe.tx")]
                    self.assertEqual(self.rpc(user, model, "search", domain), record.ids if finds else [], user.login)
            messages = self.env["mail.message"].with_user(user)
            thread = self.customer.with_user(user)
            found = messages._message_fetch(None, thread=thread, search_term="athe.tx")
            self.assertEqual((found["messages"].ids, found["count"]), (message.ids if finds else [], int(finds)))
            self.assertIn(message, messages._message_fetch(None, thread=thread, search_term="See the")["messages"])
            self.assertIn(message, messages._message_fetch(None, thread=thread)["messages"])

    def test_mail_that_is_too_big_neither_names_nor_links_it(self):
        self.env["ir.config_parameter"].set_param("base.default_max_email_size", "0.0001")
        place = {"res_model": "res.partner", "res_id": self.customer.id}
        plain = self.env["ir.attachment"].create({"name": "Leaflet.txt", "raw": b"leaflet" * 99, **place})
        values = {"body_html": "<p>As promised</p>", "email_to": "buyer@example.com", **place}
        values = {**values, "model": place["res_model"], "attachment_ids": (self.file.sudo() | plain).ids}
        del values["res_model"]
        [sent] = self.env["mail.mail"].with_user(self.li).sudo().create(values)._prepare_outgoing_list()
        self.assertNotIn("Lathe", sent["body"])
        self.assertNotIn(f"/web/content/{self.file.id}?", sent["body"])
        self.assertIn("Leaflet", sent["body"])
        self.assertIn("1 secret file(s)", sent["body"])

    def test_neither_the_page_of_a_customer_nor_a_telephone_names_it(self):
        place = {"res_model": "res.partner", "res_id": self.customer.id}
        plain = self.env["ir.attachment"].create({"name": "Leaflet.txt", "raw": b"leaflet", **place})
        files = self.file.sudo() | plain
        message = self.customer.with_user(self.li).message_post(attachment_ids=files.ids)
        for user, names in ((self.portal, {"Leaflet.txt"}), (self.li, {"Leaflet.txt", "Lathe.txt"})):
            self.env.invalidate_all()
            theirs = message.with_user(user).sudo()
            [told] = theirs._portal_message_format(theirs._portal_get_default_format_properties_names())
            self.assertEqual({file["name"] for file in told["attachment_ids"]}, names)
        payload = self.customer._notify_by_web_push_prepare_payload(message)
        self.assertNotIn("Lathe", str(payload))
        self.assertIn("Leaflet", str(payload))

    def test_colleagues_see_in_a_conversation_only_that_there_is_one(self):
        message = self.customer.with_user(self.li).message_post(body="See the file", attachment_ids=self.file.ids)
        for user, seen in ((self.li, True), (self.manager, False)):
            self.env.invalidate_all()
            store = Store().add(message.with_user(user)).get_result()
            [told] = store["ir.attachment"]
            self.assertEqual(told["name"] == "Lathe.txt", seen)
            self.assertEqual(bool(told["raw_access_token"]), seen)
            self.assertEqual("4711" in str(store), False)
            self.assertFalse(told["thumbnail_access_token"] and not seen)
        self.assertEqual(self.file.with_user(self.manager).sudo().display_name, "Secret file")
