# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

"""What the host does with classified values outside of their own model."""

COMPANIONS: dict[str, list[tuple[str, type]]] = {}


def companion(source, target):
    """Put a class in front of a model while a field of another is classified.

    :param str source: model and field, ``res.partner.phone``
    :param str target: model
    """

    def register(cls):
        COMPANIONS.setdefault(source, []).append((target, cls))
        return cls

    return register
