"""A manifest names what is there, and everything that is there."""
import ast
import re
from pathlib import Path

REQUIRED = ("name", "summary", "version", "license", "author", "depends", "category")
VERSION = re.compile(r"19\.0\.\d+\.\d+\.\d+")
LOADED = ("data", "security", "views", "wizard", "report", "demo")


def findings(addon: Path):
    path = addon / "__manifest__.py"
    try:
        manifest = ast.literal_eval(path.read_text("utf-8"))
    except (OSError, SyntaxError, ValueError) as error:
        yield f"{path}:1: {error}"
        return
    for key in REQUIRED:
        if not manifest.get(key):
            yield f"{path}:1: no {key}"
    if not VERSION.fullmatch(manifest.get("version", "")):
        yield f"{path}:1: version {manifest.get('version')!r} is not 19.0.x.y.z"
    if manifest.get("license") != "LGPL-3":
        yield f"{path}:1: license {manifest.get('license')!r} is not LGPL-3"
    if not (addon / "static/description/icon.png").exists():
        yield f"{path}:1: no static/description/icon.png"
    listed = [*manifest.get("data", []), *manifest.get("demo", [])]
    for name in listed:
        if not (addon / name).is_file():
            yield f"{path}:1: {name} is listed but not there"
        if listed.count(name) > 1:
            yield f"{path}:1: {name} is listed twice"
    for folder in LOADED:
        for file in (addon / folder).rglob("*"):
            name = str(file.relative_to(addon))
            if file.suffix in (".xml", ".csv") and name not in listed:
                yield f"{file}:1: not listed in the manifest"
