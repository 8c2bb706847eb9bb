"""python -m checks ADDON...: prints `file:line: what is wrong` for each finding; exit 1 when there is one."""
import os
import sys
from pathlib import Path

from checks import manifests, python_code, test_files, xml_files
from checks.file_length import too_long

CHECKS = (manifests.findings, python_code.findings, test_files.findings, xml_files.findings, too_long)


def main(addons: list[Path]) -> int:
    found = sorted({line for addon in addons for check in CHECKS for line in check(addon)})
    for line in found:
        print(os.path.relpath(line))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]]))
