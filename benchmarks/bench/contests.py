# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Measure operation after operation, with a dot for each that is done."""

import sys
from functools import partial

from bench.timing import Comparison, alternate, compare, summarize


def compare_pairs(database, pairs, names, rounds):
    """Compare what is done in different ways in one database.

    :param pairs: dict of title to operations, the reference first
    :param names: what the operations of a pair are called
    :param rounds: function of a title to (measured rounds, rounds before)
    :return: list of Comparison
    """
    comparisons = []
    for title, operations in pairs.items():
        contenders = {name: partial(database.run, operation) for name, operation in zip(names, operations)}
        comparisons.append(compare(title, contenders, *rounds(title)))
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return comparisons


def compare_sides(title, databases, operation, rounds, warmup):
    """Compare the same operation in different databases, the reference first.

    :param databases: dict of what a side is called to Database
    :return: list of Comparison of the first side with each other one
    """
    samples = alternate({side: partial(found.run, operation) for side, found in databases.items()}, rounds, warmup)
    reference, *others = ((side, summarize(taken)) for side, taken in samples.items())
    print(".", end="", file=sys.stderr, flush=True)
    return [Comparison(f"{title}: {side}", reference[1], summary) for side, summary in others]
