# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Comparisons as a table for people and as JSON for programs."""

import json

HEADINGS = ("operation", "{reference} ms", "{subject} ms", "ratio", "fastest", "SQL", "CPU", "queries", "more")
YARDSTICK_HEADINGS = ("Odoo ms", "to Odoo")
DECIMALS = 2


def rows(comparisons):
    """Return one row of strings for each Comparison.

    The columns: name; median of the reference and of the subject in milliseconds; ratio of the medians; ratio of the
    fastest runs; the subject's time in SQL statements as a multiple of the reference's time; ratio of the processor
    times of the database; queries; additional ones. Where any of them has a yardstick: its median and the ratio of the
    subject's to it.
    """
    measured = any(item.yardstick for item in comparisons)
    return [
        (
            item.name,
            f"{item.reference.median * 1000:.1f}",
            f"{item.subject.median * 1000:.1f}",
            f"{item.ratio:.{DECIMALS}f}",
            f"{item.fastest_ratio:.{DECIMALS}f}",
            f"{item.database_ratio:.{DECIMALS}f}",
            "" if item.cpu_ratio is None else f"{item.cpu_ratio:.{DECIMALS}f}",
            f"{item.reference.queries} → {item.subject.queries}",
            f"{item.extra_queries:+d}",
            *(_yardstick(item) if measured else ()),
        )
        for item in comparisons
    ]


def _yardstick(item):
    if not item.yardstick:
        return ("", "")
    return (f"{item.yardstick.median * 1000:.1f}", f"{item.yardstick_ratio:.{DECIMALS}f}")


def table(comparisons, reference, subject):
    """Return the comparisons as a Markdown table.

    :param str reference: what the first contender is called
    :param str subject: what the second one is called
    """
    body = rows(comparisons)
    headings = [heading.format(reference=reference, subject=subject) for heading in HEADINGS]
    if body and len(body[0]) > len(headings):
        headings += YARDSTICK_HEADINGS
    lines = [headings, *body]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]

    def line(cells):
        first, *others = (
            cell.ljust(width) if not column else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(cells, widths))
        )
        return "| " + " | ".join([first, *others]) + " |"

    rule = "|" + "|".join(["-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])]) + "|"
    return "\n".join([line(headings), rule, *map(line, body)])


def document(comparisons, **facts):
    """Return the comparisons as JSON text: times in seconds, and further facts about the run."""
    return json.dumps(
        {
            **facts,
            "operations": [
                {
                    "name": item.name,
                    "ratio": round(item.ratio, 4),
                    "fastest_ratio": round(item.fastest_ratio, 4),
                    "database_ratio": round(item.database_ratio, 4),
                    "cpu_ratio": item.cpu_ratio and round(item.cpu_ratio, 4),
                    "extra_queries": item.extra_queries,
                    "reference": vars(item.reference),
                    "subject": vars(item.subject),
                    "yardstick": item.yardstick and vars(item.yardstick),
                    "yardstick_ratio": item.yardstick_ratio and round(item.yardstick_ratio, 4),
                }
                for item in comparisons
            ],
        },
        indent=2,
        ensure_ascii=False,
    )
