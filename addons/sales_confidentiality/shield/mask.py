# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

TOKEN = "****"


def masked(value, mask, field, lang_env=None):
    """Return what somebody without clearance sees instead of a value.

    :param value: value in the format of ``read``
    :param tuple mask: (pattern, characters kept at the beginning, characters kept at the end, rounding)
    :param field: Field
    :return: text with the token, a rounded number, or False where nothing can be shown
    """
    pattern, first, last, unit = mask
    if value is None or value is False or value == "":
        return False
    if field.type in ("integer", "float", "monetary"):
        if pattern != "rounded" or unit <= 0:
            return False
        rounded = round(value / unit) * unit
        return int(rounded) if field.type == "integer" else float(rounded)
    if field.type not in ("char", "text"):
        return False
    text = str(value)
    if pattern == "email" and "@" in text:
        return f"{TOKEN}@{text.rsplit('@', 1)[1].rstrip('> ')}"
    if pattern != "ends" or len(text) <= first + last + 2:
        return TOKEN
    return f"{text[:first]}{TOKEN}{text[len(text) - last :]}"


def is_masked(value):
    """Tell whether a value that somebody wants to save is a mask."""
    return isinstance(value, str) and TOKEN in value
