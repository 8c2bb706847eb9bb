"""No source file is longer than a reader can hold: split it by concern."""
import sys
from pathlib import Path

LIMIT = 350
SUFFIXES = {".py", ".xml", ".js", ".scss", ".css", ".sh"}


def too_long(folder: Path, limit: int = LIMIT):
    for path in folder.rglob("*"):
        if path.suffix in SUFFIXES and path.is_file() and "lib" not in path.relative_to(folder).parts:
            lines = len(path.read_text("utf-8").splitlines())
            if lines > limit:
                yield f"{path}:{limit}: {lines} lines, at most {limit}"


if __name__ == "__main__":
    findings = [line for name in sys.argv[1:] for line in too_long(Path(name))]
    print(*findings, sep="\n", end="\n" if findings else "")
    sys.exit(bool(findings))
