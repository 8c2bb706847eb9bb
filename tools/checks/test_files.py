"""Odoo and a reader find a test only when tests/__init__.py imports its file."""
import ast
from pathlib import Path


def findings(addon: Path):
    folder = addon / "tests"
    files = sorted(folder.glob("test_*.py"))
    if not files:
        yield f"{folder}:1: no tests"
        return
    init = folder / "__init__.py"
    imported = set()
    if init.exists():
        for node in ast.walk(ast.parse(init.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                imported.update(alias.name for alias in node.names)
    for file in files:
        if file.stem not in imported:
            yield f"{file}:1: not imported in tests/__init__.py"
