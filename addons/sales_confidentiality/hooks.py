# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.fields import Domain
from odoo.tools import SQL

# Who refers to others comes first.
RECORDED = (
    "copy",
    "disclosure",
    "exam",
    "training",
    "incident_step",
    "incident",
    "grant",
    "review",
    "clearance",
    "agreement",
)


def uninstall_hook(env):
    """Remove what was recorded, and the approvals about it, before the addon goes.

    The host removes records model by model, and is held up by evidence that refers to them.
    """
    env.flush_all()
    for name in RECORDED:
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(f"sales_confidentiality_{name}")))
    about = SQL("SELECT id FROM sales_approval WHERE res_model LIKE 'sales.confidentiality.%%'")
    env.cr.execute(SQL("DELETE FROM sales_approval_decision WHERE approval_id IN (%s)", about))
    env.cr.execute(SQL("DELETE FROM sales_approval WHERE id IN (%s)", about))
    for table in ("product_template", "ir_attachment"):
        env.cr.execute(
            SQL(
                "UPDATE %s SET confidentiality_category_id = NULL, confidentiality_level_id = NULL "
                "WHERE confidentiality_level_id IS NOT NULL",
                SQL.identifier(table),
            )
        )
    env.invalidate_all()
    # By the ORM: rules take their shields away with them.
    env["sales.confidentiality.rule"].with_context(active_test=False).search(Domain.TRUE).unlink()
