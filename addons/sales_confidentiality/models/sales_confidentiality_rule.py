# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from functools import partial

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..shield.closure import ORACLE, closure, dependents, open_to, refusal
from ..shield.guard import Guard
from ..shield.install import put, take_away
from .sales_confidentiality_clearance import OFFICER

MODES = [("hide", "Hide"), ("mask", "Mask"), ("readonly", "Show, but do not let change")]
STRICT = {"hide": 0, "mask": 1, "readonly": 2}


def _put_again(registry):
    """Put the shields that the database knows, after changes of rules were rolled back."""
    with registry.cursor() as cr:
        api.Environment(cr, api.SUPERUSER_ID, {})["sales.confidentiality.rule"]._put_shields()


class SalesConfidentialityRule(models.Model):
    """Some fields of a model are confidential: who is not cleared does not get their values, on any way (CON-2, 14).

    The rules take effect on the registry classes of the models they name and of the models that repeat their values;
    no other model is touched. Nothing about them is read from the client.
    """

    _name = "sales.confidentiality.rule"
    _description = "Confidentiality Rule"
    _inherit = ["sales.cached.mixin", "mail.thread"]
    _order = "sequence, id"

    # Field to Guard, of the whole registry; see shield/install.py.
    _classified = {}

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    model_id = fields.Many2one(
        "ir.model", "Document", required=True, index=True, ondelete="cascade", domain=[("abstract", "=", False)]
    )
    model_name = fields.Char(related="model_id.model", string="Model")
    field_ids = fields.Many2many(
        "ir.model.fields", string="Fields", domain="[('model_id', '=', model_id)]", ondelete="cascade"
    )
    category_id = fields.Many2one("sales.confidentiality.category", required=True, index=True, ondelete="restrict")
    level_id = fields.Many2one(
        "sales.confidentiality.level", required=True, index=True, ondelete="restrict", tracking=True
    )
    mode = fields.Selection(
        MODES,
        "Without Clearance",
        required=True,
        default="hide",
        tracking=True,
        help="What people without clearance get.",
    )
    mask_pattern = fields.Selection(
        [
            ("ends", "First and last characters"),
            ("email", "Domain of an e-mail"),
            ("rounded", "Rounded amount"),
            ("full", "Nothing but the mask"),
        ],
        "Mask",
        default="ends",
        required=True,
    )
    mask_first = fields.Integer("First Characters Kept", default=3)
    mask_last = fields.Integer("Last Characters Kept", default=2)
    mask_unit = fields.Float("Rounded To", default=1000)
    need_to_know = fields.Selection(
        [
            ("none", "Nobody"),
            ("owner", "Owner of the record or of its customer"),
            ("team", "Sales team of the owner"),
            ("department", "Department of the owner"),
            ("path", "A person named on the record"),
        ],
        "Who Else May See It",
        required=True,
        default="none",
        tracking=True,
        help="Who may see it without clearance, because the work cannot be done without.",
    )
    owner_path = fields.Char("Path to the Person", help="Fields that lead to a user, such as order_id.user_id.")
    scope = fields.Selection(
        [("all", "All records"), ("customers", "Customers, not colleagues and own companies")],
        required=True,
        default="all",
        help="For contacts, and whatever repeats their values.",
    )
    reveal = fields.Boolean(
        "Can Be Revealed", help="A masked value can be shown for some seconds; each time is logged."
    )
    reveal_reason = fields.Boolean("Ask for a Reason", default=True)
    reveal_seconds = fields.Integer("Shown For (Seconds)", default=20)
    reveal_limit = fields.Integer("Reveals per Hour", default=10, help="Per person.")
    audit_reads = fields.Boolean("Log Reading", help="Log whenever real values are read in lists and forms.")
    note = fields.Text("Known Price", translate=True, help="What people will miss while this rule is on.")
    line_ids = fields.One2many("sales.confidentiality.rule.line", "rule_id", "Copies", groups=OFFICER)

    _mask_positive = models.Constraint(
        "CHECK (mask_first >= 0 AND mask_last >= 0 AND mask_unit > 0)", "A mask keeps no negative number of characters."
    )

    @api.constrains("model_id", "field_ids", "active", "owner_path", "need_to_know")
    def _check_fields(self):
        paths = set(filter(None, self.sudo().search([("owner_path", "!=", False)]).mapped("owner_path")))
        names = {path.split(".")[0] for path in paths}
        for rule in self:
            for field in rule.field_ids:
                if field.model_id != rule.model_id:
                    raise ValidationError(
                        self.env._("%(field)s is not a field of this document.", field=field.display_name)
                    )
                why = refusal(self.env, rule.model_id.model, field.name, names)
                if why:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” cannot be confidential. %(reason)s", field=field.field_description, reason=why
                        )
                    )
            others = self.search([("id", "!=", rule.id), ("field_ids", "in", rule.field_ids.ids)])
            if rule.active and others:
                raise ValidationError(
                    self.env._("The rule “%(other)s” is about the same field. Change that one.", other=others[:1].name)
                )
            if rule.need_to_know == "path":
                rule._check_owner_path()

    def _check_owner_path(self):
        model = self.env[self.model_id.model]
        for name in (self.owner_path or "").split("."):
            field = model._fields.get(name)
            if field is None or field.type != "many2one":
                raise ValidationError(
                    self.env._("“%(path)s” does not lead from the record to a person.", path=self.owner_path or "")
                )
            model = self.env[field.comodel_name]
        if model._name != "res.users":
            raise ValidationError(
                self.env._("“%(path)s” does not lead from the record to a person.", path=self.owner_path)
            )

    @api.onchange("model_id")
    def _onchange_model_id(self):
        self.field_ids = False

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._propose_copies()
        return rules

    def write(self, vals):
        result = super().write(vals)
        if {"model_id", "field_ids", "mode"} & set(vals):
            self._propose_copies()
        return result

    @api.model
    def _forget_cached(self):
        result = super()._forget_cached()
        self.env["sales.confidentiality.clearance"]._forget_live()
        registry = self.env.registry
        if registry.ready:
            self._put_shields()
            # The other server processes put theirs at their next request.
            self.env.cr.postcommit.add(partial(setattr, registry, "registry_invalidated", True))
            self.env.cr.postrollback.add(partial(_put_again, registry))
        return result

    def action_propose(self):
        """List anew where else the values of these rules can be read."""
        self.check_access("write")
        self._propose_copies()
        return True

    def _propose_copies(self):
        """List where else the values can be read. Copies are protected until somebody decides to leave them open."""
        index = dependents(self.env)
        for rule in self:
            found = closure(self.env, rule._seeds(), index=index) if rule.mode != "readonly" else {}
            lines = {(line.copy_model, line.copy_field): line for line in rule.line_ids}
            wanted = {(field.model_name, field.name): (kind, path) for field, (kind, path) in found.items()}
            stale = [line.id for key, line in lines.items() if key not in wanted and line.kind != "manual"]
            rule.line_ids.browse(stale).unlink()
            rule.line_ids.create(
                [
                    {
                        "rule_id": rule.id,
                        "copy_model": model,
                        "copy_field": name,
                        "kind": kind,
                        "path": ".".join(path or ()),
                    }
                    for (model, name), (kind, path) in wanted.items()
                    if (model, name) not in lines
                ]
            )

    def _seeds(self):
        name = self.sudo().model_id.model
        fields_of = self.env[name]._fields if name in self.env else {}
        return [fields_of[field.name] for field in self.sudo().field_ids if field.name in fields_of]

    def _register_hook(self):
        result = super()._register_hook()
        self._put_shields()
        return result

    def _unregister_hook(self):
        result = super()._unregister_hook()
        take_away(self.env.registry)
        return result

    @api.model
    def _put_shields(self):
        put(self.env.registry, self._guards())

    @api.model
    def _guards(self):
        """Return what is classified now. Where several rules meet, the strictest counts.

        What is computed from a classified field is followed anew each time, so that an addon that is installed later
        opens nothing; the lines of a rule only tell what a consultant leaves open, or adds.

        :return: dict of model name to dict of field name to Guard
        """
        rules = self.sudo().search([("active", "=", True)])
        index = dependents(self.env) if rules else {}
        guards = {}
        for rule in rules.sorted(lambda rule: (-rule.level_id.sequence, STRICT[rule.mode], rule.id)):
            opened = {(line.copy_model, line.copy_field) for line in rule.line_ids if line.state == "open"}
            seeds = rule._seeds()
            found = dict.fromkeys(seeds, ())
            if rule.mode != "readonly":
                copies = closure(self.env, [*seeds, *rule._manual_fields()], opened, index)
                found.update({field: path for field, (_kind, path) in copies.items()})
                found.update({field: () for field in rule._manual_fields() if field not in found})
            for field, path in found.items():
                guard, shield = rule._guard(field, path), guards.setdefault(field.model_name, {})
                # What one rule leaves to some people for their work, another may close for them.
                if field.name not in shield or (shield[field.name].open_to and not guard.open_to):
                    shield[field.name] = guard
        return guards

    def _manual_fields(self):
        lines = self.line_ids.filtered(lambda line: line.kind == "manual" and line.state != "open")
        return [field for field in (line._copy() for line in lines) if field is not None]

    def _guard(self, field, path):
        owner_path = tuple(self.owner_path.split(".")) if self.need_to_know == "path" and self.owner_path else ()
        oracle, source = path is ORACLE, self.env[field.model_name]
        for name in path or ():
            step = source._fields.get(name)
            if step is None or step.type != "many2one":
                path = ()
                break
            source = self.env[step.comodel_name]
        return Guard(
            rule=self.id,
            model=self.sudo().model_id.model,
            field=field,
            category=self.category_id.id,
            rank=self.level_id.sequence,
            mode="hide" if oracle else self.mode,
            mask=(self.mask_pattern, self.mask_first, self.mask_last, self.mask_unit),
            need="none" if oracle else self.need_to_know,
            path=tuple(path or ()),
            owner_path=owner_path,
            scope="all" if oracle else self.scope,
            audited=self.audit_reads,
            reveal=self.reveal and self.mode == "mask" and not oracle,
            oracle=oracle,
            open_to="" if field in self._manual_fields() else open_to(self._seeds(), field),
        )
