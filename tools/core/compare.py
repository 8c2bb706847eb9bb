"""compare.py BASELINE RESULTS: the results of Odoo's own tests against the baseline, test by test.

RESULTS is a folder with <suite>.tsv; only the suites that are in it are compared. Each test whose result is
another one is listed. Exit 1 when a test that passed or was skipped fails, is skipped now, or did not run, or when
a test that the baseline does not know fails.

compare.py --write BASELINE RESULTS puts the results into the baseline instead.
"""
import csv
import sys
from pathlib import Path

RANK = {"pass": 0, "skip": 1, "fail": 2, "error": 3}
COLUMNS = ("suite", "test", "result", "reason")


def read_results(folder: Path) -> dict:
    """(suite, test) to (result, reason); of two runs of one test the worse counts."""
    results = {}
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            _module, test, result, reason = line.split("\t")
            key = (path.stem, test)
            if key not in results or RANK[results[key][0]] < RANK[result]:
                results[key] = (result, reason)
    return results


def read_baseline(path: Path) -> dict:
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["suite"], row["test"]): (row["result"], row["reason"]) for row in rows}


def write_baseline(path: Path, results: dict) -> None:
    suites = {suite for suite, _test in results}
    kept = {key: value for key, value in read_baseline(path).items() if key[0] not in suites}
    with path.open("w", encoding="utf-8") as file:
        print(*COLUMNS, sep="\t", file=file)
        for (suite, test), (result, reason) in sorted({**kept, **results}.items()):
            print(suite, test, result, reason if result != "pass" else "", sep="\t", file=file)


def compare(before: dict, after: dict) -> tuple[list[str], dict[str, int]]:
    """The lines that tell what changed, and how many passed, failed (got worse) and were skipped."""
    lines, count = [], {"passed": 0, "failed": 0, "skipped": 0}
    suites = {suite for suite, _test in after}
    for key in sorted({key for key in before if key[0] in suites} | after.keys()):
        was = before.get(key, ("new", ""))[0]
        now, reason = after.get(key, ("did not run", ""))
        known_bad = was in ("fail", "error")
        worse = now in ("fail", "error", "did not run") and not known_bad or (was, now) == ("pass", "skip")
        if worse:
            count["failed"] += 1
            lines.append("\t".join(("WORSE", *key, f"{was} -> {now}", reason)))
        else:
            count["passed" if now == "pass" else "skipped"] += 1
            if was != now and {was, now} != {"fail", "error"} and was != "new":
                lines.append("\t".join(("other", *key, f"{was} -> {now}", reason)))
    return lines, count


def main(arguments: list[str]) -> int:
    write = arguments[:1] == ["--write"]
    baseline, folder = (Path(name) for name in arguments[write:])
    results = read_results(folder)
    if write:
        write_baseline(baseline, results)
        print(f"{len(results)} results written to {baseline}")
        return 0
    lines, count = compare(read_baseline(baseline), results)
    print(*lines, sep="\n", end="\n" if lines else "")
    print("{passed} passed, {failed} failed, {skipped} skipped".format(**count))
    return bool(count["failed"]) or not results


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
