"""Each static check finds the mistake it is there for, and says nothing about an addon without one."""
from pathlib import Path

import polib

import pytest
from checks import manifests, python_code, test_files, xml_files
from checks.file_length import too_long
from checks.translations import language_findings, template_findings

MANIFEST = """{
    "name": "Good", "summary": "A good addon", "version": "19.0.1.0.0", "license": "LGPL-3", "author": "Us",
    "category": "Sales", "depends": ["base"], "data": ["views/a.xml"],
}"""
FILES = {
    "__manifest__.py": MANIFEST,
    "static/description/icon.png": "",
    "views/a.xml": '<odoo><record id="a" model="x"><field name="arch"><list/></field></record></odoo>',
    "models/a.py": "class A:\n    def f(self):\n        raise UserError(self.env._('No %(x)s', x=1))\n",
    "tests/__init__.py": "from . import test_a\n",
    "tests/test_a.py": "",
}


@pytest.fixture
def addon(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / "good" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "good"


def found(addon: Path):
    checks = (manifests.findings, python_code.findings, test_files.findings, xml_files.findings, too_long)
    return "\n".join(line for check in checks for line in check(addon))


def test_a_good_addon_has_no_findings(addon):
    assert not found(addon)


@pytest.mark.parametrize(
    ("name", "text", "finding"),
    [
        ("__manifest__.py", MANIFEST.replace("LGPL-3", "AGPL-3"), "not LGPL-3"),
        ("__manifest__.py", MANIFEST.replace("19.0.1.0.0", "1.0"), "not 19.0.x.y.z"),
        ("__manifest__.py", MANIFEST.replace("views/a.xml", "views/b.xml"), "views/b.xml is listed but not there"),
        ("views/b.xml", "<odoo/>", "not listed in the manifest"),
        ("views/a.xml", "<odoo>", "views/a.xml:1"),
        ("views/a.xml", "<odoo><tree/></odoo>", "<tree> is <list>"),
        ("views/a.xml", '<odoo><field attrs="{}"/></odoo>', "attrs= is gone"),
        ("views/a.xml", '<odoo><record id="a"/><record id="a"/></odoo>', "id a is already in"),
        ("models/a.py", "_sql_constraints = []", "models.Constraint"),
        ("models/a.py", "raise UserError('No')", "UserError with a text"),
        ("models/a.py", "raise ValidationError(f'No {x}')", "ValidationError with a text"),
        ("models/a.py", "raise UserError('No %s' % x)", "UserError with a text"),
        ("models/a.py", "self.env._(f'No {x}')", "only a literal"),
        ("models/a.py", "x = 1\n" * 351, "351 lines"),
        ("tests/test_b.py", "", "test_b.py:1: not imported"),
    ],
)
def test_a_mistake_is_found(addon, name, text, finding):
    (addon / name).write_text(text)
    assert finding in found(addon)


def po(*entries):
    file = polib.POFile()
    for msgid, msgstr, *flags in entries:
        file.append(polib.POEntry(msgid=msgid, msgstr=msgstr, flags=flags, occurrences=[("model:x", "0")]))
    return file


@pytest.mark.parametrize(
    ("entries", "finding"),
    [
        ([("No %(x)s", "无 %(x)s")], ""),
        ([], "is missing"),
        ([("No %(x)s", "")], "is not translated"),
        ([("No %(x)s", "无 %(x)s", "fuzzy")], "is marked fuzzy"),
        ([("No %(x)s", "无 %(y)s")], "other placeholders"),
        ([("No %(x)s", "无 %(x)s"), ("Old", "旧")], "no longer in the addon"),
    ],
)
def test_translations_are_complete(tmp_path, entries, finding):
    path = tmp_path / "zh_CN.po"
    po(*entries).save(str(path))
    lines = "\n".join(language_findings(path, po(("No %(x)s", ""))))
    assert finding in lines if finding else not lines


def test_a_template_that_is_not_up_to_date_is_found(tmp_path):
    path = tmp_path / "good.pot"
    po(("Old", "")).save(str(path))
    lines = "\n".join(template_findings(path, po(("New", ""))))
    assert "'New' is missing" in lines and "'Old' is no longer" in lines
