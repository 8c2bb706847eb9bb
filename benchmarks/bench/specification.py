# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Derive from the views of a database what the web client would ask for when it opens them.

Follows `getFieldsSpec` of the web client: every field of the view, the name of each many2one, the columns of lists
inside a form. Not followed: contexts of single fields, and what a widget fetches on its own afterwards.
"""

from lxml import etree

TAGS = ("many2many_tags", "many2many_tags_avatar", "many2many_avatar_user", "many2many_checkboxes")
SUBVIEWS = ("list", "kanban")


def specification(views, kind):
    """Return the specification for `web_read` or `web_search_read` of one view.

    :param dict views: the answer of `get_views`
    :param str kind: "form" or "list"
    """
    view = views["views"][kind]
    model = view.get("model") or next(iter(views["models"]))
    models = {name: info["fields"] for name, info in views["models"].items()}
    return _of_node(etree.fromstring(view["arch"]), models[model], models)


def _of_node(node, fields, models):
    spec = {}
    for element in _own_fields(node):
        name = element.get("name")
        if name in fields:
            asked = _of_field(element, fields[name], models)
            # A field may stand in a view twice, once hidden; the more telling mention counts.
            if name not in spec or asked.get("fields"):
                spec[name] = asked
    return spec


def _own_fields(node):
    """Yield the field elements of a view, not those of the views inside it."""
    for child in node:
        if child.tag == "field":
            yield child
        elif isinstance(child.tag, str):
            yield from _own_fields(child)


def _of_field(element, field, models):
    hidden = element.get("invisible") in ("1", "True") or element.get("column_invisible") in ("1", "True")
    if field["type"] in ("many2one", "reference"):
        return {"fields": {} if hidden else {"display_name": {}}}
    if field["type"] in ("one2many", "many2many") and not hidden:
        subview = _subview(element)
        if subview is not None:
            return {"fields": _of_node(subview, models.get(field["relation"], {}), models), "limit": 40}
        if element.get("widget") in TAGS:
            return {"fields": {"display_name": {}}}
    return {}


def _subview(element):
    """Return the view in which a desktop shows the records of a field, or None."""
    for kind in (element.get("mode") or ",".join(SUBVIEWS)).split(","):
        found = element.find(kind.strip())
        if found is not None:
            return found
    return None
