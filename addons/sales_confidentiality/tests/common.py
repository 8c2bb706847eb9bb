# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.addons.sales_policy.tests.common import MONDAY, SalesPolicyCommon


class ConfidentialityCommon(SalesPolicyCommon):
    """The office of ``SalesPolicyCommon`` and Ren, who watches over what is confidential, with a deputy, Tao."""

    people = {
        "officer": ("ren", "Ren", "sales_confidentiality.group_confidentiality_officer"),
        "deputy": ("tao", "Tao", "sales_confidentiality.group_confidentiality_officer"),
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for kind in ("category", "level"):
            for record in cls.env[f"sales.confidentiality.{kind}"].search([]):
                name = f"{record.code}_data" if record.code in ("customer", "product") else record.code
                setattr(cls, name, record)

    def clear(self, user, category=None, level=None, **values):
        """Grant a clearance as the officer would; a group instead of a person is fine."""
        holder = "group_id" if user._name == "res.groups" else "user_id"
        return (
            self.env["sales.confidentiality.clearance"]
            .with_user(values.pop("by", self.officer))
            .create(
                {
                    holder: user.id,
                    "category_id": (category or self.customer_data).id,
                    "level_id": (level or self.confidential).id,
                    "date_from": MONDAY,
                    "reason": "Serves key accounts",
                    **values,
                }
            )
        )

    def cleared(self, *users, category=None, level=None):
        """Return who of these is cleared now."""
        people = self.env["res.users"].union(*users)
        Clearance = self.env["sales.confidentiality.clearance"]
        return Clearance._cleared(people, category or self.customer_data, level or self.confidential)
