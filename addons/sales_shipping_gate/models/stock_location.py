# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.exceptions import AccessError


class StockLocation(models.Model):
    _inherit = "stock.location"

    def _gate_exits(self):
        """Return those of these locations where goods are out of the company's hands.

        Customers, vendors, and the transit between companies; not the transit between warehouses.
        """
        transit = str(self.env["ir.model.data"]._xmlid_to_res_id("stock.stock_location_inter_company"))
        return (
            self.sudo()
            .filtered(
                lambda location: (
                    location.usage in ("customer", "supplier") or transit in (location.parent_path or "").split("/")
                )
            )
            .with_env(self.env)
        )

    @api.model_create_multi
    def create(self, vals_list):
        locations = super().create(vals_list)
        locations._gate_check_place()
        return locations

    def write(self, vals):
        moved = not self.env.su and {"usage", "location_id", "company_id"} & set(vals) and self._gate_watched()
        before = moved and {location: location._gate_exit_kind() for location in self}
        result = super().write(vals)
        if moved:
            self._gate_check_place()
            for location, kind in before.items():
                if kind != location._gate_exit_kind():
                    raise AccessError(
                        self.env._(
                            "%(location)s: a place cannot become a customer's or stop being one while the shipping "
                            "gate is on. Create another location.",
                            location=location.display_name,
                        )
                    )
        return result

    def _gate_exit_kind(self):
        """Return as what this location is outside of the company, or nothing."""
        return self.usage if self._gate_exits() else False

    def _gate_watched(self):
        return self.env["res.company"]._gate_watched()

    def _gate_check_place(self):
        """Refuse a place of one's own inside a customer's: goods would leave without being seen."""
        if self.env.su or not self._gate_watched():
            return
        places = self.sudo().with_context(active_test=False).search([("id", "child_of", self.ids)])
        companies = self.env["res.company"].sudo().search_count([], limit=2)
        for location in places:
            above = location.location_id
            hidden = location.usage in ("internal", "inventory", "production", "transit")
            if companies > 1 and location.usage in ("internal", "transit") and not location.company_id:
                raise AccessError(
                    self.env._(
                        "%(location)s has to belong to a company: goods there would pass from one to the other unseen.",
                        location=location.name,
                    )
                )
            while above and hidden:
                if above.usage in ("customer", "supplier"):
                    raise AccessError(
                        self.env._(
                            "%(location)s cannot lie inside %(customer)s: goods there would be out of the company's "
                            "hands. Choose another parent location.",
                            location=location.name,
                            customer=above.display_name,
                        )
                    )
                above = above.location_id
