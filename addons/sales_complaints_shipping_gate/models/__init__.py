from . import sale_order_line
from . import sales_complaint
from . import sales_lot_hold
from . import stock_move
from . import stock_picking
