"""ours.py QUESTION: answers about our addons, read from their manifests (folder: ADDONS_DIR).

addons         names of our installable addons, comma separated
host-modules   what has to be there before them: everything they depend on, plus tools/host-modules.txt
content-hash   changes when a database with our addons would come out differently
"""
import ast
import hashlib
import os
import sys
from pathlib import Path

TOOLS = Path(__file__).resolve().parent.parent
ADDONS_DIR = Path(os.environ.get("ADDONS_DIR") or TOOLS.parent / "addons")
# Neither tests nor texts are stored in a database at installation.
NOT_INSTALLED = {"tests", "i18n", "readme", "description", "__pycache__"}


def manifests() -> dict[str, dict]:
    """Name to manifest of each installable addon; a broken manifest stops with its path."""
    found = {}
    for path in sorted(ADDONS_DIR.glob("*/__manifest__.py")):
        try:
            manifest = ast.literal_eval(path.read_text("utf-8"))
        except (SyntaxError, ValueError) as error:
            sys.exit(f"error: {path}: {error}")
        if manifest.get("installable", True):
            found[path.parent.name] = manifest
    return found


def host_modules() -> list[str]:
    ours = manifests()
    wanted = {name for manifest in ours.values() for name in manifest.get("depends", [])} - set(ours)
    for line in (TOOLS / "host-modules.txt").read_text("utf-8").splitlines():
        wanted.update(line.partition("#")[0].split())
    return sorted(wanted)


def content_hash() -> str:
    digest = hashlib.sha256()
    for name in manifests():
        addon = ADDONS_DIR / name
        for path in sorted(addon.rglob("*")):
            inside = path.relative_to(addon)
            if path.is_file() and not NOT_INSTALLED.intersection(inside.parts):
                digest.update(f"{name}/{inside}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


QUESTIONS = {
    "addons": lambda: ",".join(manifests()),
    "host-modules": lambda: ",".join(host_modules()),
    "content-hash": content_hash,
}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in QUESTIONS:
        sys.exit(__doc__)
    print(QUESTIONS[sys.argv[1]]())
