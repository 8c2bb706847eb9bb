# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import re

from odoo import models

from ..shield.guard import classified_of

# Views that ask the server for totals, groups or conditions: what would be refused is taken out.
ASKING_VIEWS = {"search", "pivot", "graph", "calendar", "cohort", "grid"}
TOTALS = ("sum", "avg", "min", "max")


class IrUiView(models.Model):
    _inherit = "ir.ui.view"

    def _postprocess_access_rights(self, tree):
        """Take out of a view what would ask for classified values, and do not show what is always empty.

        This is presentation only: whoever asks all the same is refused.
        """
        if not self.env.su and classified_of(self.env):
            for root in tree.xpath("//*[@model_access_rights]"):
                if root.tag != "field":
                    self._shield_view(root, self.env[root.get("model_access_rights")])
        return super()._postprocess_access_rights(tree)

    def _shield_view(self, root, model):
        denied = model._shield_denied() if getattr(model, "_shield", None) else {}
        if not denied:
            return
        nested = {id(inner) for inner in root.xpath(".//field//*[@model_access_rights]")}
        for node in root.xpath(".//field | .//filter | .//label | .//progressbar"):
            if any(id(parent) in nested for parent in node.iterancestors()):
                continue
            if node.tag == "filter":
                words = set(re.findall(r"\w+", f"{node.get('context', '')} {node.get('domain', '')}"))
                if words & denied.keys():
                    node.getparent().remove(node)
            elif node.tag == "progressbar":
                if node.get("sum_field") in denied:
                    del node.attrib["sum_field"]
            elif (name := node.get("name") or node.get("for")) in denied:
                self._shield_node(root, node, denied[name])

    def _shield_node(self, root, node, guard):
        if root.tag in ASKING_VIEWS:
            if root.tag != "search" or not guard.has_exceptions:
                node.getparent().remove(node)
            return
        for attribute in TOTALS:
            node.attrib.pop(attribute, None)
        if guard.mode == "hide" and not guard.has_exceptions:
            # The node stays: conditions of other nodes may use the field.
            node.set("column_invisible" if root.tag == "list" and node.tag == "field" else "invisible", "1")
        elif guard.mode == "mask" and not guard.oracle and node.tag == "field" and guard.field.type in ("char", "text"):
            # An eye that shows the value, or leads to the request for a temporary grant.
            node.set("widget", "confidential")
