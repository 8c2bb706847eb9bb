# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .people import PDF, AgreementCommon


@tagged("post_install", "-at_install")
class TestQuotation(AgreementCommon):
    def setUp(self):
        super().setUp()
        self.quotation = self.order(self.portal.partner_id, self.li)
        product = self.quotation.sudo().order_line.product_id
        product.write(
            {"confidentiality_category_id": self.product_data.id, "confidentiality_level_id": self.confidential.id}
        )
        self.portal.partner_id.email = "xu@example.com"

    def send(self):
        """Send the quotation through the composer as the salesperson would."""
        action = self.quotation.with_user(self.li).action_quotation_send()
        composer = self.env["mail.compose.message"].with_user(self.li).with_context(**action["context"]).create({})
        composer._action_send_mail()
        self.env.invalidate_all()

    def test_nothing_is_checked_until_it_is_switched_on(self):
        self.assertFalse(self.quotation.confidentiality_warning)
        self.quotation.with_user(self.li).action_quotation_sent()
        self.assertEqual(self.quotation.state, "sent")

    def test_warning_names_partner_and_product(self):
        self.company.confidentiality_quotation_check = "warn"
        warning = self.quotation.with_user(self.li).confidentiality_warning
        self.assertIn("Ningbo Valve Works", warning)
        self.assertIn("Lathe", warning)
        self.quotation.with_user(self.li).action_quotation_sent()

    def test_quotation_is_refused_on_every_way_until_the_partner_has_signed(self):
        self.company.confidentiality_quotation_check = "refuse"
        self.li.group_ids |= self.env.ref("base.group_partner_manager")
        share = (
            self.env["portal.share"]
            .with_user(self.li)
            .create(
                {
                    "res_model": "sale.order",
                    "res_id": self.quotation.id,
                    "partner_ids": [Command.set(self.portal.partner_id.ids)],
                }
            )
        )
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.li)
            .create({"model": "sale.order", "res_ids": str(self.quotation.ids), "body": "x", "subject": "x"})
        )
        self.env.flush_all()
        order = (self.li, "sale.order")
        self.assertRefused(UserError, *order, "action_quotation_send", self.quotation.ids)
        self.assertRefused(UserError, *order, "action_quotation_sent", self.quotation.ids)
        self.assertRefused(UserError, *order, "write", self.quotation.ids, {"state": "sent"})
        self.assertRefused(UserError, self.li, "portal.share", "action_send_mail", share.ids)
        self.assertRefused(UserError, self.li, "mail.compose.message", "action_send_mail", composer.ids)
        agreement = self.ask(self.portal.partner_id, self.nda)
        self.rpc_sign(agreement, self.portal)
        self.quotation.with_user(self.li).action_quotation_sent()
        self.assertEqual(self.quotation.state, "sent")

    def test_what_is_added_to_a_quotation_that_was_sent_is_refused_too(self):
        self.company.confidentiality_quotation_check = "refuse"
        classified = self.quotation.order_line.product_id
        sent = self.order(self.portal.partner_id, self.li)
        sent.action_quotation_sent()
        values = {"order_id": sent.id, "product_id": classified.id}
        self.assertRefused(UserError, self.li, "sale.order.line", "create", [values])
        line = sent.order_line
        self.assertRefused(UserError, self.li, "sale.order.line", "write", line.ids, {"product_id": classified.id})

    def test_agreement_of_another_partner_or_a_past_one_does_not_count(self):
        self.company.confidentiality_quotation_check = "refuse"
        paper = self.ask(self.other_customer, self.nda)
        self.rpc(self.officer, paper._name, "action_record_paper", paper.ids, PDF, "nda.pdf")
        with self.assertRaises(UserError):
            self.quotation.with_user(self.li).action_quotation_send()
        agreement = self.ask(self.portal.partner_id, self.nda)
        self.rpc_sign(agreement, self.portal)
        self.assertTrue(self.quotation.with_user(self.li).action_quotation_send())
        self.frozen.move_to(agreement.valid_until)
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            self.quotation.with_user(self.li).action_quotation_send()

    def test_salespeople_do_not_declassify_a_product(self):
        template = self.quotation.sudo().order_line.product_id.product_tmpl_id
        self.li.group_ids |= self.env.ref("product.group_product_manager")
        for values in (
            {"confidentiality_level_id": self.internal.id},
            {"confidentiality_level_id": False, "confidentiality_category_id": False},
        ):
            self.assertRefused(AccessError, self.li, "product.template", "write", template.ids, values)
            self.assertRefused(
                AccessError, self.li, "product.product", "write", template.product_variant_id.ids, values
            )
        [copy] = self.rpc(self.li, "product.template", "copy", template.ids, dict.fromkeys(values, False))
        self.assertEqual(template.browse(copy).confidentiality_level_id, self.confidential)

    def test_many_quotations_are_checked_with_as_many_queries_as_one(self):
        self.company.confidentiality_quotation_check = "warn"
        orders = self.quotation | self.quotation.copy() | self.quotation.copy() | self.quotation.copy()
        orders.mapped("confidentiality_warning")
        one = self.queries(lambda: self.quotation.mapped("confidentiality_warning"))
        self.assertLessEqual(self.queries(lambda: orders.mapped("confidentiality_warning")), one)
