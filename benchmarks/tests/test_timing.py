# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The arithmetic of the benchmarks, on made-up samples: no test here depends on how fast anything is."""

import gc

import pytest

from bench.timing import Comparison, Sample, Stopwatch, alternate, compare, summarize


def clock_of(*moments):
    """A clock that shows these moments one after the other."""
    return iter(moments).__next__


def test_stopwatch_shows_the_seconds_between_entering_and_leaving():
    watch = Stopwatch(clock_of(10.0, 12.5))
    with watch.running():
        pass
    assert watch.seconds == 2.5


def test_stopwatch_stops_when_the_block_fails():
    watch = Stopwatch(clock_of(1.0, 4.0))
    with pytest.raises(KeyError), watch.running():
        raise KeyError
    assert watch.seconds == 3.0
    assert gc.isenabled()


def test_garbage_is_not_collected_while_the_watch_runs():
    with Stopwatch().running():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_garbage_collection_that_was_off_stays_off():
    gc.disable()
    try:
        with Stopwatch().running():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_contenders_take_turns():
    calls = []
    contenders = {name: lambda name=name: calls.append(name) or Sample(1.0, 1) for name in "AB"}
    alternate(contenders, rounds=2, warmup=1)
    assert calls == ["A", "B", "A", "B", "A", "B"]


def test_warm_up_is_forgotten():
    seconds = iter([99.0, 98.0, 1.0, 2.0])
    samples = alternate({"A": lambda: Sample(next(seconds), 1)}, rounds=2, warmup=2)
    assert [sample.seconds for sample in samples["A"]] == [1.0, 2.0]


def test_no_rounds_is_a_mistake():
    with pytest.raises(ValueError, match="one round"):
        alternate({"A": lambda: Sample(1.0, 1)}, rounds=0, warmup=3)


def test_one_slow_run_does_not_move_the_median():
    summary = summarize([Sample(0.010, 5, 0.004), Sample(9.0, 5, 8.0), Sample(0.012, 5, 0.006)])
    assert summary.median == 0.012
    assert summary.fastest == 0.010
    assert summary.database == 0.006
    assert summary.rounds == 3


def test_a_run_that_filled_a_cache_does_not_move_the_query_count():
    assert summarize([Sample(1.0, queries) for queries in (7, 7, 30, 7, 7)]).queries == 7


def test_ratio_tells_how_many_times_the_reference_the_subject_takes():
    comparison = compare(
        "work", {"plain": lambda: Sample(0.2, 10, 0.1), "addons": lambda: Sample(0.3, 13, 0.15)}, rounds=3, warmup=0
    )
    assert comparison.ratio == pytest.approx(1.5)
    assert comparison.fastest_ratio == pytest.approx(1.5)
    assert comparison.database_ratio == pytest.approx(0.75)
    assert comparison.extra_queries == 3


def test_processor_time_of_the_database_is_compared_by_itself():
    reference = summarize([Sample(1.0, 9, 0.9, cpu) for cpu in (0.2, 0.4, 0.3)])
    comparison = Comparison("work", reference, summarize([Sample(5.0, 9, 4.0, 0.45)]))
    assert comparison.cpu_ratio == pytest.approx(1.5)


def test_the_first_contender_is_the_reference():
    comparison = Comparison("work", summarize([Sample(1.0, 9)]), summarize([Sample(2.0, 4)]))
    assert (comparison.ratio, comparison.extra_queries) == (2.0, -5)


def test_a_third_contender_is_the_yardstick():
    contenders = {name: lambda seconds=seconds: Sample(seconds, 1) for name, seconds in (("A", 1), ("B", 6), ("C", 4))}
    assert compare("work", contenders, rounds=1, warmup=0).yardstick_ratio == 1.5
    del contenders["C"]
    assert compare("work", contenders, rounds=1, warmup=0).yardstick_ratio is None


def test_what_was_set_aside_from_the_garbage_collector_comes_back():
    frozen = []
    alternate({"A": lambda: frozen.append(gc.get_freeze_count()) or Sample(1.0, 1)}, rounds=1, warmup=1)
    assert frozen[0] == 0
    assert frozen[1] > 0
    assert gc.get_freeze_count() == 0
