# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.models import BaseModel

from .companions import COMPANIONS
from .gate import AttachmentGate, Gate
from .reading import Reading
from .searching import Searching
from .store import ToClient
from .writing import Writing

MARK = "_shield_mark"
# How the host asks whether somebody may use a field.
ASKED = ("_has_field_access", "_check_field_access")


class Shield(Reading, Searching, Writing, ToClient, Gate):
    """Everything that stands in front of a classified model."""

    __slots__ = ()


def put(registry, guards):
    """Put shields in front of the registry classes of classified models, and take those of before away.

    They are put among the bases of a class, so that calls go through them as through an addon, and nothing that
    another addon patches onto the class is touched.

    :param dict guards: model name to dict of field name to Guard
    """
    take_away(registry)
    by_field = {guard.field: guard for shield in guards.values() for guard in shield.values()}
    registry["sales.confidentiality.rule"]._classified = by_field
    if not guards:
        return
    mixins = {name: [Shield] for name in guards}
    for field in by_field:
        for target, cls in COMPANIONS.get(f"{field.model_name}.{field.name}", ()):
            if target in registry and cls not in mixins.get(target, ()):
                mixins.setdefault(target, []).insert(0, cls)
    if any(field.type == "binary" for field in by_field):
        mixins.setdefault("ir.attachment", []).append(AttachmentGate)
    for name, classes in mixins.items():
        model_class, shield = registry[name], guards.get(name, {})
        attributes = {
            "__slots__": (),
            MARK: True,
            "_shield": shield,
            "_shield_guards": by_field,
            "_shield_plain": all(getattr(model_class, asked) is getattr(BaseModel, asked) for asked in ASKED),
        }
        front = type("Shield", tuple(classes), attributes)
        model_class.__bases__ = (front, *model_class.__bases__)
    for name in registry.descendants(guards, "_inherit"):
        if name not in mixins:
            # A model made after a classified one has its shield among its ancestors, but is not classified.
            registry[name]._shield = {}


def take_away(registry):
    """Leave the registry classes as the host made them."""
    registry["sales.confidentiality.rule"]._classified = {}
    for model_class in registry.values():
        if "_shield" in vars(model_class):
            del model_class._shield
        bases = tuple(base for base in model_class.__bases__ if MARK not in vars(base))
        if len(bases) != len(model_class.__bases__):
            model_class.__bases__ = bases
