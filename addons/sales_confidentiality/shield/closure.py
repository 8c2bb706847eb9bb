# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

"""Where else a value can be read: what is computed from it, related to it, or known to repeat it."""

from collections import defaultdict

CARRIERS = {"char", "text", "html", "integer", "float", "monetary", "binary", "image", "json"}
MAGIC = {"id", "display_name", "create_uid", "create_date", "write_uid", "write_date", "parent_path"}
PEOPLE = {"res.users", "res.groups", "res.company"}
OWN = ("ir.", "sales.confidentiality.", "sales.approval", "bus.", "base.")

# A field that repeats nothing, but tells whether a guess is right: nobody without clearance sees it on any record.
ORACLE = None

# Copies that the host makes in ways that no dependency tells: (model, field, path to where the value comes from).
KNOWN = {
    "res.partner.phone": [
        ("res.partner", "phone_mobile_search", ()),
        ("mail.notification", "sms_number", ("res_partner_id",)),
        ("sms.sms", "number", ("partner_id",)),
        ("pos.order", "mobile", ("partner_id",)),
        ("event.registration", "phone", ("partner_id",)),
        ("payment.transaction", "partner_phone", ("partner_id",)),
        ("sales.complaint", "contact_phone", ("partner_id",)),
        ("res.partner", "sales_duplicate_ids", ORACLE),
        ("res.partner", "sales_duplicate_message", ORACLE),
        ("crm.lead", "phone_mobile_search", ("partner_id",)),
        ("crm.lead", "partner_phone_update", ORACLE),
        ("crm.lead", "duplicate_lead_ids", ORACLE),
        ("crm.lead", "duplicate_lead_count", ORACLE),
        ("crm.lead", "sales_duplicate_ids", ORACLE),
        ("crm.lead", "sales_duplicate_message", ORACLE),
    ],
    "res.partner.email": [
        ("mail.message", "email_from", ("author_id",)),
        ("mail.message", "reply_to", ("author_id",)),
        ("mail.message", "incoming_email_to", ()),
        ("mail.message", "incoming_email_cc", ()),
        ("mail.message", "outgoing_email_to", ()),
        ("mail.notification", "mail_email_address", ("res_partner_id",)),
        ("crm.lead", "partner_email_update", ORACLE),
        ("pos.order", "email", ("partner_id",)),
        ("event.registration", "email", ("partner_id",)),
        ("survey.user_input", "email", ("partner_id",)),
        ("payment.transaction", "partner_email", ("partner_id",)),
        ("portal.wizard.user", "email", ("partner_id",)),
        ("sales.complaint", "email_from", ("partner_id",)),
        ("res.partner", "sales_duplicate_ids", ORACLE),
        ("res.partner", "sales_duplicate_message", ORACLE),
        ("crm.lead", "duplicate_lead_ids", ORACLE),
        ("crm.lead", "duplicate_lead_count", ORACLE),
        ("crm.lead", "sales_duplicate_ids", ORACLE),
        ("crm.lead", "sales_duplicate_message", ORACLE),
    ],
    "res.partner.vat": [
        ("res.partner", "same_vat_partner_id", ORACLE),
        ("res.partner", "sales_duplicate_ids", ORACLE),
        ("res.partner", "sales_duplicate_message", ORACLE),
    ],
    "product.product.standard_price": [
        ("sale.order.line", "purchase_price", ()),
        ("sale.order.line", "margin", ()),
        ("sale.order.line", "margin_percent", ()),
        ("sale.order", "margin", ()),
        ("sale.order", "margin_percent", ()),
        ("sale.report", "margin", ()),
        ("stock.move", "price_unit", ()),
        ("stock.move", "value", ()),
        ("stock.move", "remaining_value", ()),
        ("stock.quant", "value", ()),
        ("stock.lot", "standard_price", ()),
        ("stock.lot", "avg_cost", ()),
        ("stock.lot", "total_value", ()),
        ("stock.move", "value_justification", ()),
        ("stock.move", "value_computed_justification", ()),
        ("product.value", "value", ()),
        ("product.value", "description", ()),
        ("product.value", "current_value", ()),
        ("product.value", "current_value_details", ()),
        ("product.value", "current_value_description", ()),
        ("product.value", "computed_value_description", ()),
        ("stock.avco.report", "value", ()),
        ("stock.avco.report", "added_value", ()),
        ("stock.avco.report", "total_value", ()),
        ("stock.avco.report", "avco_value", ()),
        ("stock.avco.report", "description", ()),
        ("stock.avco.report", "justification", ()),
        ("account.invoice.report", "price_margin", ()),
        ("account.invoice.report", "inventory_value", ()),
        # Without a price of its own, a vendor's price begins as the cost.
        ("product.supplierinfo", "price", ()),
        ("product.supplierinfo", "price_discounted", ()),
        # What is proposed to be ordered is reckoned with a vendor's price, or the cost.
        ("product.product", "suggest_estimated_price", ()),
        # Whoever keeps the stock may read what was ordered, and at what price.
        ("purchase.order.line", "price_unit", ()),
        ("pos.order.line", "total_cost", ()),
        ("pos.order.line", "margin", ()),
        ("pos.order.line", "margin_percent", ()),
        ("pos.order", "margin", ()),
        ("pos.order", "margin_percent", ()),
        ("report.pos.order", "margin", ()),
        ("stock.valuation.adjustment.lines", "former_cost", ()),
        ("stock.valuation.adjustment.lines", "final_cost", ()),
    ],
    "sale.order.line.purchase_price": [("sale.report", "margin", ())],
    "sale.order.line.margin": [("sale.report", "margin", ())],
    "sale.order.margin": [("sale.report", "margin", ())],
    "sale.order.amount_total": [
        ("sale.report", "price_total", ()),
        ("sale.report", "price_subtotal", ()),
    ],
    "account.move.amount_total": [
        ("account.invoice.report", "price_total", ()),
        ("account.invoice.report", "price_subtotal", ()),
    ],
}

# Groups whose own work is done on a copy see it without clearance: (rule's field, model) to groups. They are those who
# buy, who check and pay bills, and the vendor on the portal.
BUYERS = "purchase.group_purchase_user,account.group_account_readonly,account.group_account_invoice,base.group_portal"
OPEN_TO = {
    ("product.product.standard_price", model): BUYERS
    for model in ("purchase.order", "purchase.order.line", "purchase.bill.line.match")
}


def refusal(env, model_name, name, owner_paths=()):
    """Return why a field must not be classified, or None. Hiding such a field locks people out.

    :param owner_paths: names of fields by which rules find out who needs to know
    """
    model = env[model_name]
    field = model._fields[name]
    if model_name.startswith(OWN):
        return env._("Odoo itself, or this protection, works with it.")
    if model_name in PEOPLE:
        return env._("Signing in and one's own settings depend on it. Classify the field of the contact instead.")
    if model._abstract:
        return env._("It belongs to no table of its own.")
    if name in MAGIC or field.type in ("properties", "properties_definition", "many2one_reference", "reference"):
        return env._("The web client cannot do without it.")
    if name == model._rec_name or name in ("name", "complete_name"):
        return env._("Records are called by it: every link and every list would break.")
    if name == model._active_name or name in ("company_id", "company_ids", "partner_share", "state"):
        return env._("Record rules and the web client depend on it.")
    if name in model._inherits.values() or name in ("parent_id", "commercial_partner_id", "lang", "tz"):
        return env._("The record is held together by it.")
    if name in ("user_id", "partner_id", "sales_owner_id", "sales_ownership_state", "sales_customer_group_id") or (
        name in owner_paths
    ):
        return env._("It tells who needs to know.")
    if field.type == "many2one" and field.comodel_name == "res.currency":
        return env._("Amounts cannot be shown without their currency.")
    if name in {term.strip().split(" ")[0].split(".")[0] for term in (model._order or "").split(",")}:
        return env._("Lists are sorted by it.")
    return None


def open_to(seeds, field):
    """Return which groups see a copy whether they are cleared or not.

    :param seeds: Field objects that a rule names
    :return: str for ``has_groups``, empty where it is nobody
    """
    groups = {OPEN_TO.get((f"{seed.model_name}.{seed.name}", field.model_name), "") for seed in seeds}
    # Where one of several values is for nobody's work, none is shown.
    return groups.pop() if len(groups) == 1 else ""


def may_carry(env, field):
    """Tell whether a computed or related field can repeat a value, and can be classified without harm."""
    if field.type not in CARRIERS or field.name in MAGIC:
        return False
    model = env[field.model_name]
    if model._abstract or field.model_name.startswith(OWN):
        return False
    if field.model_name in PEOPLE:
        # What they show of their contact is a copy like any other.
        return bool(field.related)
    return refusal(env, field.model_name, field.name) is None


def dependents(env):
    """Return what is computed from each field.

    :return: dict of Field to list of (Field, path of many2one fields from its record to that of the source, or None)
    """
    found = defaultdict(list)
    for field, paths in env.registry.field_depends.items():
        if field.model_name not in env:
            continue
        for dotted in paths:
            model, names, single = env[field.model_name], dotted.split("."), True
            for name in names[:-1]:
                step = model._fields.get(name)
                if step is None or not step.relational:
                    model = None
                    break
                single = single and step.type == "many2one"
                model = env[step.comodel_name]
            source = model is not None and model._fields.get(names[-1])
            if source:
                found[source].append((field, tuple(names[:-1]) if single else None))
    return found


def closure(env, seeds, opened=frozenset(), index=None):
    """Return the fields in which the value of some fields can be read too.

    :param seeds: Field objects that a rule names
    :param opened: (model, field) pairs that a consultant leaves open on purpose; nothing is followed through them
    :param index: result of ``dependents``
    :return: dict of Field to (kind, path); the seeds are left out
    """
    index = dependents(env) if index is None else index
    found, todo = {}, [(seed, ()) for seed in seeds]
    seeds = set(seeds)

    def add(field, kind, path):
        if field in seeds or field in found or (field.model_name, field.name) in opened:
            return
        found[field] = (kind, path)
        if path is not ORACLE:
            todo.append((field, path))

    while todo:
        field, path = todo.pop(0)
        for other, prefix in index.get(field, ()):
            if may_carry(env, other):
                kind = "related" if other.related else "stored" if other.store else "computed"
                add(other, kind, () if prefix is None else (*prefix, *path))
        for other in env.registry.field_computed.get(field, ()) if field.compute and not field.related else ():
            if may_carry(env, other) and other.type == field.type:
                add(other, "sibling", path)
        for model_name, name, known_path in KNOWN.get(f"{field.model_name}.{field.name}", ()):
            if model_name in env and name in env[model_name]._fields:
                add(env[model_name]._fields[name], "known" if known_path is not ORACLE else "oracle", known_path)
    return found
