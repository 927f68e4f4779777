"""The command as a process: pipes, terminals, signals, locales, completion, and how soon it answers."""

import os
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_texts import ALPHA

COMMAND = [sys.executable, "-m", "consistency"]
HEAVY = {
    "consistency.model",
    "msgspec",
    "networkx",
    "pint",
    "rich",
    "yaml",
    "lxml",
    "trafilatura",
    "currency_converter",
}


def start(*args: str, cwd: Path, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *args], cwd=cwd, capture_output=True, check=False, timeout=60, **options)


@pytest.fixture
def heard() -> Iterator[None]:
    """Ctrl-C reaches what a test starts, even where the tests run as a background job of a shell, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom consistency.cli import main\n"
        "try: main(sys.argv[1:])\nexcept SystemExit: pass\nprint(*sys.modules, file=sys.stderr)"
    )
    for args in (["--help"], ["--version"], ["check", "--help"], ["claims", "--help"], ["rules", "--help"]):
        done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, cwd=tmp_path, check=True)
        assert not HEAVY & set(done.stderr.decode().split()), args


def test_the_reader_of_a_pipe_may_go_away(two: Path) -> None:
    for args, status in (["check", "."], 1), (["report", "."], 0), (["claims", "."], 0), (["--help"], 0):
        process = subprocess.Popen([*COMMAND, *args], cwd=two, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.close()
        _, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (status, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
def test_standard_output_on_a_full_disk(two: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*COMMAND, "check", "."], cwd=two, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: ")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_closed_streams(two: Path, closed: str) -> None:
    line = f"{' '.join(COMMAND)} check - alpha.txt {closed}"
    done = subprocess.run(["sh", "-c", line], cwd=two, input=ALPHA.encode(), capture_output=True, check=False)
    assert done.returncode == {"<&-": 2, ">&-": 2, "2>&-": 0}[closed]
    assert b"Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "locale",
    [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"}],
)
def test_the_locale_does_not_change_a_result(tmp_path: Path, locale: dict[str, str]) -> None:
    folder = tmp_path / "nörd"
    folder.mkdir()
    (folder / "ünï.txt").write_text(f"Ærø — {ALPHA}", encoding="utf-8")
    usual = start("check", "nörd", "nö.txt", cwd=tmp_path, env={**os.environ, "LC_ALL": "C.UTF-8"})
    other = start("check", "nörd", "nö.txt", "-o", "out.html", cwd=tmp_path, env={**os.environ, **locale})
    assert usual.returncode == other.returncode == 2
    assert b"Traceback" not in other.stderr
    shown = start("check", "nörd", "nö.txt", cwd=tmp_path, env={**os.environ, **locale})
    assert shown.stdout == usual.stdout
    assert start("check", "--help", cwd=tmp_path, env={**os.environ, **locale}).returncode == 0


def terminal(args: list[str], cwd: Path, columns: int = 80, command: list[str] = COMMAND, **env: str) -> str:
    """What a terminal of that width shows."""
    pty = pytest.importorskip("pty")
    import fcntl
    import termios

    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    base = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES")}
    process = subprocess.Popen(
        [*command, *args], cwd=cwd, stdin=side, stdout=side, stderr=side, env={**base, "TERM": "xterm", **env}
    )
    os.close(side)
    shown = b""
    while True:
        try:
            more = os.read(main, 65536) if select.select([main], [], [], 60)[0] else b""
        except OSError:
            more = b""
        if not more:
            break
        shown += more
    os.close(main)
    process.wait(60)
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("columns", [60, 100, 160])
def test_a_terminal_gets_a_table_that_fits(two: Path, columns: int) -> None:
    lines = terminal(["claims", "."], two, columns).splitlines()
    assert lines[0].startswith("source")
    assert any("29 billion" in line for line in lines[1:]) or columns < 100
    assert all(len(line) <= max(columns, 85) for line in lines)


def test_a_terminal_gets_colour_unless_told_not_to(two: Path) -> None:
    assert "\x1b[" in terminal(["check", "."], two)
    assert "\x1b[" not in terminal(["check", "."], two, NO_COLOR="1")
    assert "\x1b[" not in terminal(["check", "."], two, TERM="dumb")
    assert "\x1b[" not in terminal(["check", ".", "--no-color"], two)
    assert terminal(["report", "."], two, NO_COLOR="1").startswith("CONSISTENCY REPORT")


@pytest.mark.usefixtures("heard")
def test_interrupted_it_ends_with_130(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    main, side = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "check", "-", "-o", "out.json"],
        cwd=tmp_path,
        stdin=side,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == b"reading standard input; end it with Ctrl-D\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    os.close(side)
    os.close(main)
    assert (process.returncode, out, err) == (130, b"", b"\nstopped\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.0, 0.7, 2.0])
@pytest.mark.usefixtures("heard")
def test_interrupted_in_the_middle_of_work_it_leaves_nothing_behind(tmp_path: Path, seconds: float) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    states = [a + b for a in ("Nor", "Sud", "Ost", "Mid", "High") for b in ("land", "vik", "mark", "holm", "stad")]
    for n in range(200):
        text = f"date 2024-{n % 12 + 1:02}-{n % 28 + 1:02}\n"
        for k in range(40):
            state, amount = states[(n * 7 + k * 3) % len(states)], 20 + (n * k) % 19
            text += f"Exports of {state} were {amount} billion US dollars in {2015 + (n + k) % 9}.\n"
        (folder / f"{n}.txt").write_text(text)
    process = subprocess.Popen(
        [*COMMAND, "check", "many", "-v", "-o", "out.json", "-o", "out.html"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == b"setting: all are defaults\n"  # the work begins
    time.sleep(seconds)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"\nstopped\n")
    assert [p.name for p in tmp_path.iterdir()] == ["many"]


@pytest.mark.usefixtures("heard")
def test_interrupted_while_it_is_loaded_it_ends_with_130(tmp_path: Path) -> None:
    code = (
        "import signal, sys\n"
        "class Hook:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'click': signal.raise_signal(signal.SIGINT)\n"
        "sys.meta_path.insert(0, Hook())\n"
        "from consistency.start import main\n"
        "main(['--version'])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"\nstopped\n")


def test_a_bar_shows_on_a_terminal_when_work_takes_long(two: Path) -> None:
    code = "from consistency.cli import progress, main; progress.DELAY = 0.0; main(['check', '.', '-o', 'out.json'{}])"
    shown = terminal([], two, command=[sys.executable, "-c", code.format("")])
    assert "reading" in shown or "comparing" in shown
    assert "wrote out.json\n1 contradiction was found among 2 sources." in shown
    assert "\x1b[" not in terminal([], two, command=[sys.executable, "-c", code.format(", '-q'")])
    assert re.search(r"\x1b\[[\d;]*3\dm", shown)
    plain = terminal([], two, command=[sys.executable, "-c", code.format(", '--no-color'")])
    assert "reading" in plain or "comparing" in plain
    assert not re.search(r"\x1b\[[\d;]*3\dm", plain)
    done = subprocess.run([sys.executable, "-c", code.format("")], cwd=two, capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b"", b"wrote out.json\n1 contradiction was found among 2 sources.\n")


BASH = """
eval "$({command} completion bash)"
complete_it() {{
    COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); COMPREPLY=()
    _consistency_completion "{folder}/consistency"; echo "${{COMPREPLY[*]}}"
}}
complete_it consistency rep
complete_it consistency check --fo
complete_it consistency check --format m
complete_it consistency rules show copied-n
complete_it consistency explain different-period-
complete_it consistency claims --layer q
"""


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_completes(tmp_path: Path) -> None:
    script = tmp_path / "consistency"
    script.write_text(f'#!/bin/sh\nexec {" ".join(COMMAND)} "$@"\n')
    script.chmod(0o755)
    text = BASH.format(command=" ".join(COMMAND), folder=tmp_path)
    done = subprocess.run(["bash", "-c", text], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [
        "report",
        "--format",
        "markdown",
        "copied-number-changed",
        "different-period-total",
        "quantities",
    ]


@pytest.mark.skipif(shutil.which("fish") is None, reason="there is no fish here")
def test_fish_completes(tmp_path: Path) -> None:
    script = tmp_path / "consistency"
    script.write_text(f'#!/bin/sh\nexec {" ".join(COMMAND)} "$@"\n')
    script.chmod(0o755)
    text = 'consistency completion fish | source; complete -C "consistency rep"; complete -C "consistency rules sh"'
    env = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(["fish", "-c", text], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.split()[0] == "report"
    assert "show\t" in done.stdout


@pytest.mark.skipif(shutil.which("zsh") is None, reason="there is no zsh here")
def test_the_zsh_script_is_sound(tmp_path: Path) -> None:
    script = start("completion", "zsh", cwd=tmp_path).stdout
    assert subprocess.run(["zsh", "-n"], input=script, capture_output=True, check=True).stderr == b""


def test_what_is_to_be_done_at_the_end_is_done_before_the_process_is_left(tmp_path: Path) -> None:
    code = (
        "import atexit\natexit.register(print, 'before')\nfrom consistency.start import main\n"
        "atexit.register(print, 'after')\nmain()"
    )
    for args, status, said in (["--version"], 0, "consistency"), (["nothing"], 2, "after"):
        done = subprocess.run(
            [sys.executable, "-c", code, *args], cwd=tmp_path, capture_output=True, check=False, text=True, timeout=60
        )
        assert done.returncode == status
        assert done.stdout.startswith(said)
        assert done.stdout.endswith("after\nbefore\n")


def test_a_program_that_goes_on_after_the_command_ends_as_it_does(tmp_path: Path) -> None:
    code = "from consistency.start import main\ntry: main()\nexcept SystemExit: pass\nraise ValueError('mine')"
    done = subprocess.run([sys.executable, "-c", code, "--version"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.endswith(b"ValueError: mine\n")
