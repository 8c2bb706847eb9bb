"""merge_terms.py ODOO ADDON...: brings i18n/zh_CN.po of each addon to the terms of its .pot.

Promises that every translation whose term is still there stays as it is, that new terms come with the words
Odoo's own base and mail have for them (Created on, Followers …) or else untranslated, and that terms which are
gone leave. Prints how many terms wait for a translation.
"""
import sys
from pathlib import Path

import polib

LANGUAGE = "zh_CN"


def host_words(odoo: Path) -> dict[str, str]:
    """Term to translation in base and mail, which give every model its standard fields."""
    words = {}
    for module in ("addons/mail", "odoo/addons/mail", "odoo/addons/base"):
        path = odoo / module / "i18n" / f"{LANGUAGE}.po"
        if path.exists():
            words.update((entry.msgid, entry.msgstr) for entry in polib.pofile(str(path)).translated_entries())
    return words


def merge(addon: Path, words: dict[str, str]) -> int:
    """The number of terms without a translation."""
    template = polib.pofile(str(addon / "i18n" / f"{addon.name}.pot"))
    path = addon / "i18n" / f"{LANGUAGE}.po"
    if path.exists():
        translation = polib.pofile(str(path))
    else:
        translation = polib.POFile()
        translation.metadata = {**template.metadata, "Language": LANGUAGE, "Plural-Forms": "nplurals=1; plural=0;"}
    known = {(entry.msgctxt, entry.msgid): entry for entry in translation if not entry.obsolete}
    merged = polib.POFile()
    merged.header, merged.metadata = translation.header or template.header, translation.metadata
    for entry in template:
        before = known.get((entry.msgctxt, entry.msgid))
        if before is not None:
            entry.msgstr, entry.tcomment, entry.flags = before.msgstr, before.tcomment, before.flags
        if not entry.msgstr:
            entry.msgstr = words.get(entry.msgid, "")
        merged.append(entry)
    merged.save(str(path))
    return len(merged.untranslated_entries())


if __name__ == "__main__":
    known_words = host_words(Path(sys.argv[1]))
    for name in sys.argv[2:]:
        print(f"{name}: {merge(Path(name), known_words)} terms without translation")
