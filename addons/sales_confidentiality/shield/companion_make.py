# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Productions: whoever plans and makes goods need not know what they cost."""

from odoo.models import BaseModel

from .companion_product import may_use_cost, with_costs
from .companions import companion
from .guard import inside, outside

TELLING = ("cost", "price")


def without_costs(found):
    """Return what an overview tells without what anything costs, at any depth."""
    if isinstance(found, dict):
        return {key: _without_cost(key, value) for key, value in found.items()}
    if isinstance(found, list | tuple):
        return [without_costs(value) for value in found]
    return outside(found) if isinstance(found, BaseModel) else found


def _without_cost(key, value):
    if not isinstance(key, str) or not any(word in key for word in TELLING) or isinstance(value, dict | list):
        return without_costs(value)
    return 0 if isinstance(value, int | float) and not isinstance(value, bool) else False


@companion("product.product.standard_price", "mrp.production")
class ProductionCost:
    """What is made is worth what went into it."""

    __slots__ = ()

    def _cal_price(self, consumed_moves):
        return super(ProductionCost, inside(self))._cal_price(inside(consumed_moves))


@companion("product.product.standard_price", "report.mrp.report_bom_structure")
@companion("product.product.standard_price", "report.mrp.report_mo_overview")
class Overview:
    """Overviews of bills of materials and of productions are about quantities and dates, too."""

    __slots__ = ()

    def _get_report_data(self, *args, **kwargs):
        if may_use_cost(self.env):
            return super()._get_report_data(*args, **kwargs)
        return without_costs(super(Overview, with_costs(self))._get_report_data(*args, **kwargs))

    def _get_pdf_line(self, *args, **kwargs):
        # Of bills of materials; productions are printed from what is above.
        if may_use_cost(self.env):
            return super()._get_pdf_line(*args, **kwargs)
        return without_costs(super(Overview, with_costs(self))._get_pdf_line(*args, **kwargs))
