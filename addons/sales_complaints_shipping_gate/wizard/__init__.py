from . import sales_lot_hold_lift
