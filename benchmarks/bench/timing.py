# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Take samples of several contenders in turn, and compare them with the first one."""

import gc
import time
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Sample:
    """One run of one contender."""

    seconds: float
    queries: int
    database_seconds: float = 0.0  # spent in SQL statements, part of `seconds`
    database_cpu: float = 0.0  # processor seconds of the database's process; 0 where they cannot be told


@dataclass(frozen=True)
class Summary:
    """Many runs of one contender: times in seconds, queries of a typical run."""

    median: float
    fastest: float
    database: float  # median of the seconds spent in SQL statements
    queries: int
    rounds: int
    database_cpu: float = 0.0  # median of the processor seconds of the database's process


class Stopwatch:
    """Holds the seconds between entering and leaving a `running` block."""

    def __init__(self, clock=time.perf_counter):
        self.clock = clock
        self.seconds = 0.0

    @contextmanager
    def running(self):
        """Time the block. The garbage collector runs before it, never within it."""
        collecting = gc.isenabled()
        gc.collect()
        gc.disable()
        start = self.clock()
        try:
            yield self
        finally:
            self.seconds = self.clock() - start
            if collecting:
                gc.enable()


def alternate(contenders, rounds, warmup):
    """Run the contenders in turn (A, B, A, B, …), so that a change of the machine's mood meets all of them.

    :param contenders: dict of name to a callable that runs once and returns a Sample
    :param int rounds: samples to keep of each
    :param int warmup: samples to take of each before, and forget
    :return: dict of name to list of Sample
    """
    if rounds < 1:
        raise ValueError("at least one round is needed")
    samples = {name: [] for name in contenders}
    for _round in range(warmup):
        for run in contenders.values():
            run()
    # What is there by now stays: to search it for garbage before each run would take longer than the run.
    gc.freeze()
    try:
        for _round in range(rounds):
            for name, run in contenders.items():
                samples[name].append(run())
    finally:
        gc.unfreeze()
    return samples


def summarize(samples):
    """Return the Summary of a list of Sample. The queries are those of the median run: caches fill at odd moments."""
    return Summary(
        median=median(sample.seconds for sample in samples),
        fastest=min(sample.seconds for sample in samples),
        database=median(sample.database_seconds for sample in samples),
        queries=sorted(sample.queries for sample in samples)[len(samples) // 2],
        rounds=len(samples),
        database_cpu=median(sample.database_cpu for sample in samples),
    )


@dataclass(frozen=True)
class Comparison:
    """What an operation costs beside the reference (the plain Odoo, or the bare SQL) of the same run."""

    name: str
    reference: Summary
    subject: Summary
    yardstick: Summary | None = None  # Odoo alone doing as much of its own, where that was measured

    @property
    def ratio(self):
        """How many times the reference's median the subject's median is."""
        return self.subject.median / self.reference.median

    @property
    def fastest_ratio(self):
        """The same of the fastest runs, which other users of the machine disturbed least."""
        return self.subject.fastest / self.reference.fastest

    @property
    def database_ratio(self):
        """The subject's time in SQL statements beside the reference's whole time."""
        return self.subject.database / self.reference.median

    @property
    def cpu_ratio(self):
        """The subject's processor time in the database beside the reference's; None where it cannot be told.

        Other work on the machine makes everything wait, single statements most of all; it hardly moves this ratio.
        """
        return self.subject.database_cpu / self.reference.database_cpu if self.reference.database_cpu else None

    @property
    def yardstick_ratio(self):
        """How many times the yardstick's median the subject's median is; None where there is no yardstick."""
        return self.subject.median / self.yardstick.median if self.yardstick else None

    @property
    def extra_queries(self):
        """How many queries the subject adds."""
        return self.subject.queries - self.reference.queries


def compare(name, contenders, rounds, warmup):
    """Measure contenders in turn and return their Comparison: reference, subject and, if there is one, yardstick."""
    return Comparison(name, *map(summarize, alternate(contenders, rounds, warmup).values()))
