# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

"""What the host does with classified values outside of their own model."""

COMPANIONS: dict[str, list[tuple[str, type]]] = {}


def compute_plain_name(front, records, **context):
    """Compute the names of records as they are in another context: a name is cached for each context.

    :param type front: class from whose point of view it is the method of those behind it
    :param context: keys that keep out of the name what is confidential
    """
    plain = records.with_context(**context)
    result = super(front, plain)._compute_display_name()
    for record, other in zip(records, plain, strict=True):
        record.display_name = other.display_name
    return result


def companion(source, target):
    """Put a class in front of a model while a field of another is classified.

    :param str source: model and field, ``res.partner.phone``
    :param str target: model
    """

    def register(cls):
        COMPANIONS.setdefault(source, []).append((target, cls))
        return cls

    return register
