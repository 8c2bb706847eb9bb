"""XML: well-formed, one record per id, nothing that Odoo 19 has dropped."""
from collections import defaultdict
from pathlib import Path

from lxml import etree

DATA_FOLDERS = ("data", "security", "views", "wizard", "report", "demo")
WITH_ID = ("record", "template", "menuitem", "report", "function")


def findings(addon: Path):
    places = defaultdict(list)
    for path in sorted(addon.rglob("*.xml")):
        try:
            tree = etree.parse(str(path))
        except etree.XMLSyntaxError as error:
            yield f"{path}:{error.lineno or 1}: {error.msg}"
            continue
        yield from _dropped(path, tree)
        if path.relative_to(addon).parts[0] in DATA_FOLDERS:
            for node in tree.iter(*WITH_ID):
                if node.get("id"):
                    places[node.get("id")].append((path, node))
    for xml_id, found in places.items():
        for path, node in found[1:]:
            # a record in a noupdate block may be completed by a second one in a file of its own: not a habit of ours
            yield f"{path}:{node.sourceline}: id {xml_id} is already in {found[0][0].name}"


def _dropped(path: Path, tree):
    for node in tree.iter(etree.Element):
        if node.tag == "tree":
            yield f"{path}:{node.sourceline}: <tree> is <list> since Odoo 18"
        for name in ("attrs", "states"):
            if name in node.attrib:
                yield f"{path}:{node.sourceline}: {name}= is gone since Odoo 17"
        if node.tag == "field" and node.get("name") == "view_mode" and "tree" in (node.text or ""):
            yield f"{path}:{node.sourceline}: view mode tree is list since Odoo 18"
