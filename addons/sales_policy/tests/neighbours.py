# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, fields


class NeighboursAtWork:
    """What people of other departments do all day, as they do it. For tests that have an environment and a `_user`."""

    def sell_over_the_counter(self, bank, product, partner):
        """Let a cashier sell one piece for 100, paid by card.

        :param bank: account.journal of the card
        :return: pos.order
        """
        cashier = self._user("ning.cashier", "Ning", "base.group_user,point_of_sale.group_pos_user")
        card = self.env["pos.payment.method"].create({"name": "Card", "journal_id": bank.id})
        config = self.env["pos.config"].create({"name": "Counter", "payment_method_ids": [Command.set(card.ids)]})
        config.with_user(cashier).open_ui()
        session, now = config.current_session_id, fields.Datetime.to_string(fields.Datetime.now())
        session.with_user(cashier).set_opening_control(0, "")
        line = dict.fromkeys(("price_unit", "price_subtotal", "price_subtotal_incl"), 100)
        sale = {
            "uuid": "order-1",
            "access_token": "token-1",
            "name": "Order 1",
            "sequence_number": 1,
            "state": "paid",
            "date_order": now,
            "session_id": session.id,
            "user_id": cashier.id,
            "partner_id": partner.id,
            "pricelist_id": config.pricelist_id.id,
            **dict.fromkeys(("amount_paid", "amount_total"), 100),
            **dict.fromkeys(("amount_tax", "amount_return"), 0),
            "last_order_preparation_change": "{}",
            "lines": [Command.create({**line, "product_id": product.id, "qty": 1, "uuid": "line-1"})],
            "payment_ids": [Command.create({"amount": 100.0, "payment_method_id": card.id, "name": now})],
        }
        self.rpc(cashier, "pos.order", "sync_from_ui", [sale])
        return self.env["pos.order"].search([("uuid", "=", "order-1")])

    def produce(self, maker, product, part, quantity):
        """Let somebody make one piece of a product out of some of another.

        :return: mrp.production
        """
        raw = Command.create({"product_id": part.id, "product_uom_qty": quantity})
        production = self.env["mrp.production"].with_user(maker)
        production = production.create({"product_id": product.id, "product_qty": 1, "move_raw_ids": [raw]})
        production.action_confirm()
        production.qty_producing = 1
        production.move_raw_ids.quantity = quantity
        production.move_raw_ids.picked = True
        production.button_mark_done()
        return production
