"""Several processes: order kept, nothing held that need not be, a dead worker told of, an end in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.engine import Codec
from consistency.engines import processes
from consistency.engines.processes import Processes
from consistency.errors import ConsistencyError


def square(n: int) -> int:
    return n * n


def children() -> set[int]:
    """The processes that this one started."""
    found = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError):
                continue
            if parent == os.getpid():
                found.add(int(folder.name))
    return found


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(-(2**31), 2**31), max_size=40), st.integers(1, 4))
def test_it_is_map(items: list[int], workers: int) -> None:
    assert list(Processes(workers).map(square, items)) == [n * n for n in items]
    assert list(Processes(workers).map(square, iter(items), codec=Codec(int))) == [n * n for n in items]


def test_a_result_is_as_it_was_when_it_was_made() -> None:
    """Several items travel at once; what is done for a later one does not change what came of an earlier one."""

    class Counting:
        def __init__(self) -> None:
            self.seen: list[int] = []

        def __call__(self, n: int) -> list[int]:
            self.seen.clear()
            self.seen.append(n)
            return self.seen

    assert [list(found) for found in Processes(2).map(Counting(), range(200))] == [[n] for n in range(200)]


def test_only_what_a_worker_dies_of_is_lost() -> None:
    """Quick items are sent in bunches; of one in which a worker dies each is tried alone."""
    killers = {0, 57, 58, 150, 199}

    def work(n: int) -> int:
        if n in killers:
            os._exit(9)
        return n

    found = list(Processes(2).map(work, range(200), lost=lambda n, _: -n - 1))
    assert found == [-n - 1 if n in killers else n for n in range(200)]


def test_large_items_and_results_pass() -> None:
    items = ["x" * 3_000_000] * 9
    assert [len(r) for r in Processes(2).map(lambda text: text + "y", items)] == [3_000_001] * 9


def test_uneven_work_keeps_its_order() -> None:
    def work(n: int) -> int:
        time.sleep(0.05 if n % 7 == 0 else 0)
        return n

    assert list(Processes(3).map(work, range(60))) == list(range(60))


def test_items_are_taken_as_they_are_needed() -> None:
    taken = []

    def stream() -> Iterator[int]:
        for n in range(100_000):
            taken.append(n)
            yield n

    results = Processes(2).map(square, stream())
    for _ in range(10):
        next(results)
    results.close()  # type: ignore[attr-defined]
    assert len(taken) < 1_000  # windows of two workers, and no more


def test_one_item_may_take_as_long_as_a_window_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_WINDOW", 8)

    def work(text: str) -> str:
        time.sleep(0.5 * text.startswith("slow"))
        return text[-4:]

    items = ["slow", *(f"{n:4}" for n in range(200))]
    long = [text.ljust(40_000, ".") + text for text in items]  # so long that a worker has one of them at a time
    assert list(Processes(2).map(work, long)) == items


def test_workers_end_with_the_work() -> None:
    before = children()
    results = Processes(3).map(square, range(1_000))
    next(results)
    assert len(children() - before) == 3
    results.close()  # type: ignore[attr-defined]
    assert children() == before
    list(Processes(3).map(square, range(50)))
    assert children() == before


def test_what_the_work_raises_is_raised_here() -> None:
    def work(n: int) -> int:
        if n == 13:
            raise ValueError("thirteen")
        return n

    before = children()
    with pytest.raises(ValueError, match="thirteen"):
        list(Processes(2).map(work, range(40)))
    assert children() == before


def test_a_worker_that_dies_once_costs_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "died"

    def work(n: int) -> int:
        if n == 9 and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return n

    assert list(Processes(2).map(work, range(30), lambda n, how: -n)) == list(range(30))


def test_an_item_that_kills_twice_is_given_up() -> None:
    def work(n: int) -> int:
        if n in (5, 17):
            os._exit(3)
        if n == 20:
            os.kill(os.getpid(), signal.SIGKILL)
        return n

    told = []

    def lost(n: int, how: str) -> int:
        told.append((n, how))
        return -n

    found = list(Processes(2).map(work, range(30), lost))
    assert found == [-n if n in (5, 17, 20) else n for n in range(30)]
    assert sorted(told) == [(5, "exit status 3"), (17, "exit status 3"), (20, "signal 9 (out of memory, perhaps)")]


def test_without_a_stand_in_that_ends_the_run() -> None:
    with pytest.raises(ConsistencyError, match="died twice"):
        list(Processes(2).map(lambda n: os._exit(1) if n == 3 else n, range(20)))


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_behind(sign: signal.Signals, tmp_path: Path) -> None:
    """Ctrl-C goes to the whole group; a kill to the first process alone. Its workers end in either case."""
    code = (
        "import os, signal, time\n"
        "from consistency.engines.processes import Processes\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in a shell's background job\n"
        "def work(n):\n"
        "    open(f'{n % 2}.pid', 'w').write(str(os.getpid())); time.sleep(0.05); return n\n"
        "print('ready', flush=True)\n"
        "list(Processes(2).map(work, range(10_000)))\n"
    )
    root = str(Path(__file__).resolve().parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": root},
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        end = time.monotonic() + 30
        while len(list(tmp_path.glob("*.pid"))) < 2 and time.monotonic() < end:
            time.sleep(0.05)
        pids = {int(p.read_text() or 0) for p in tmp_path.glob("*.pid")} - {0}
        assert pids
        if sign == signal.SIGINT:
            os.killpg(process.pid, sign)
        else:
            process.kill()
        process.wait(30)
        end = time.monotonic() + 30
        while any(Path(f"/proc/{pid}").exists() and state(pid) != "Z" for pid in pids) and time.monotonic() < end:
            time.sleep(0.05)
        assert not [pid for pid in pids if Path(f"/proc/{pid}").exists() and state(pid) != "Z"]


def state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"
