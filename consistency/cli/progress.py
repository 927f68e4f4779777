"""A progress bar on standard error for work of more than a second, on a terminal only; and how long each stage took."""

from __future__ import annotations

import sys
import threading
import time
from typing import Any

import click

DELAY = 1.0


class Progress:
    """Called with (stage, done, total) as the work goes on; shows a bar once `DELAY` seconds have passed.

    timed: says at the end how long each stage took, in seconds.
    """

    def __init__(self, enabled: bool = True, stage: str = "reading sources", timed: bool = False) -> None:
        self.timed = timed
        self.colourless = _colourless()  # asked here: the thread of the timer knows no context
        self.laps: list[tuple[str, float]] = []
        self.since = time.perf_counter()
        self.enabled = enabled and sys.stderr is not None and sys.stderr.isatty()
        self.lock = threading.Lock()
        self.state: tuple[str, int, int | None] = (stage, 0, None)
        self.bar: Any = None
        self.timer: threading.Timer | None = None

    def __enter__(self) -> Progress:
        if self.enabled:
            self.timer = threading.Timer(DELAY, self._start)
            self.timer.daemon = True
            self.timer.start()
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self.timer is not None:
            self.timer.cancel()
        with self.lock:
            self.enabled = False
            if self.bar is not None:
                self.bar.stop()
        if self.timed and kind is None:
            self.lap("comparing")
            click.echo("time: " + ", ".join(f"{name} {took:.2f} s" for name, took in self.laps), err=True)

    def lap(self, stage: str) -> None:
        """A stage is done, or a part of it."""
        now = time.perf_counter()
        if self.laps and self.laps[-1][0] == stage:
            self.laps[-1] = (stage, self.laps[-1][1] + now - self.since)
        else:
            self.laps.append((stage, now - self.since))
        self.since = now

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        finished = total is not None and done >= total
        if finished:
            self.lap(stage)
        if not self.enabled:
            return
        self.state = ("comparing", 0, None) if finished else (stage, done, total)
        if self.bar is not None:
            self._draw()

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        pace = TextColumn("{task.fields[pace]}")
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), pace)
        with self.lock:
            if not self.enabled:
                return
            bar = Bar(*columns, console=Console(stderr=True, no_color=self.colourless), transient=True)
            bar.add_task(self.state[0], total=None, pace="")
            bar.start()
            self.bar = bar
        self._draw()

    def _draw(self) -> None:
        stage, done, total = self.state
        task = self.bar.tasks[0]
        task.total = total  # None shows a bar without an end
        pace = _pace(done, total, time.perf_counter() - self.since)
        self.bar.update(task.id, description=stage, completed=done, pace=pace)


def _pace(done: int, total: int | None, seconds: float) -> str:
    """How many a second, and the time that the rest will take at that pace."""
    if not done or seconds <= 0:
        return ""
    rate = done / seconds
    told = f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s"
    if total is None:
        return told
    left = round((total - done) / rate)
    return f"{told}, {left // 3600}:{left // 60 % 60:02}:{left % 60:02} left"


def _colourless() -> bool | None:
    """True under --no-color; None leaves it to the terminal and to NO_COLOR."""
    context = click.get_current_context(silent=True)
    return True if context is not None and context.params.get("no_color") else None
