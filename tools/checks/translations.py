"""python -m checks.translations FRESH ADDON...: the committed terms against those in FRESH/<addon>.pot.

Promises exit 0 only when each i18n/<addon>.pot is what an export gives now and each i18n/zh_CN.po has a
translation of every term, none fuzzy, none with other placeholders than the term.
"""
import re
import sys
from collections import Counter
from pathlib import Path

import polib

LANGUAGE = "zh_CN"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdf]|%[sd]|%%|\{\{.*?\}\}")


def _terms(pofile):
    """Term to the places it comes from; the places bind a translation to a field."""
    return {
        (entry.msgctxt, entry.msgid): {(place, line) for place, line in entry.occurrences}
        for entry in pofile
        if not entry.obsolete
    }


def _short(text):
    return repr(text if len(text) < 70 else text[:67] + "...")


def template_findings(path: Path, fresh):
    if not path.exists():
        yield f"{path}:1: missing; run 'make pot'"
        return
    now, then = _terms(fresh), _terms(polib.pofile(str(path)))
    for key in now.keys() - then.keys():
        yield f"{path}:1: term {_short(key[1])} is missing; run 'make pot'"
    for key in then.keys() - now.keys():
        yield f"{path}:1: term {_short(key[1])} is no longer in the addon; run 'make pot'"
    for key in now.keys() & then.keys():
        if now[key] != then[key]:
            yield f"{path}:1: the places of {_short(key[1])} have changed; run 'make pot'"


def language_findings(path: Path, fresh):
    if not path.exists():
        yield f"{path}:1: missing; run 'make pot' and translate"
        return
    translated = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}
    wanted = _terms(fresh)
    for key, places in wanted.items():
        entry = translated.get(key)
        if entry is None:
            yield f"{path}:1: term {_short(key[1])} is missing; run 'make pot'"
        elif not entry.msgstr.strip():
            yield f"{path}:{entry.linenum}: {_short(key[1])} is not translated"
        elif entry.fuzzy:
            yield f"{path}:{entry.linenum}: {_short(key[1])} is marked fuzzy"
        elif _placeholders(entry.msgid) != _placeholders(entry.msgstr):
            yield f"{path}:{entry.linenum}: other placeholders than {_short(key[1])}"
        elif set(entry.occurrences) != places:
            yield f"{path}:{entry.linenum}: the places of {_short(key[1])} have changed; run 'make pot'"
    for key in translated.keys() - wanted.keys():
        yield f"{path}:{translated[key].linenum}: {_short(key[1])} is no longer in the addon; run 'make pot'"


def _placeholders(text):
    return Counter(match.group() for match in PLACEHOLDER.finditer(text))


def main(fresh_folder: Path, addons: list[Path]) -> int:
    found = []
    for addon in addons:
        fresh = polib.pofile(str(fresh_folder / f"{addon.name}.pot"))
        found += template_findings(addon / "i18n" / f"{addon.name}.pot", fresh)
        found += language_findings(addon / "i18n" / f"{LANGUAGE}.po", fresh)
    print(*sorted(found), sep="\n", end="\n" if found else "")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))
