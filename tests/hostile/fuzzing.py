"""What the fuzzers share: bytes to a source by every reader, on to claims, and what must hold of them.

Run as a program it fuzzes for so many seconds: `python tests/hostile/fuzzing.py --seconds 60`. With atheris (extra
`fuzz`) inputs are led by coverage; without it they are random changes to the seeds. An input that fails is printed.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    if importlib.util.find_spec("atheris") and "--plain" not in sys.argv:
        import atheris

        with atheris.instrument_imports(include=["consistency.sources", "consistency.extraction"]):
            for module in ("extraction.claims", "sources.docx", "sources.feeds", "sources.html", "sources.pdf"):
                importlib.import_module(f"consistency.{module}")

import bombs

from consistency.config import Limits
from consistency.extraction.claims import extract
from consistency.model import Skipped, Source
from consistency.sources.formats import READERS, reader_for
from consistency.sources.naming import Naming
from consistency.sources.reading import _drafts

SUFFIXES = sorted(READERS)
LIMITS = Limits(max_bytes=200_000, max_unpacked=2_000_000, max_chars=200_000, seconds=20.0)
TEXT = (
    "Published: 2024-02-01\n\nThe “Tarn Fund” has 36 members, up 5% from $3.2 million in May 2020, Ana Lind, 44, said."
)
SEEDS = (
    TEXT.encode(),
    f"<h1>Fund</h1><p class=x>{TEXT}</p><table><tr><td>a<td>5</table>".encode(),
    b'{"text": "The Tarn Fund has 36 members.", "published": "2024-02-01", "id": "a"}\n{"text": "It has 5."}',
    b"---\ntitle: Fund\n---\n# Fund\n\n- it has *36* members [a](b)\n",
    b"<rss version='2.0'><channel><item><title>Fund</title>"
    b"<description>It has 36 members.</description></item></channel></rss>",
    bombs.pdf(b"BT /F1 12 Tf (The Tarn Fund has 36 members.) Tj ET"),
    bombs.word_file(bombs.PARAGRAPH),
)


def one(data: bytes) -> int:
    """Reads bytes as every kind of file in turn names them (by their first byte), and their claims. Returns how many.

    Raises AssertionError where something broke that was not foreseen.
    """
    if not data:
        return 0
    suffix, data = SUFFIXES[data[0] % len(SUFFIXES)], data[1:]
    naming = Naming(LIMITS)
    found = 0
    for item in _drafts(reader_for(suffix, data, LIMITS)(data, "a"), not data, LIMITS, "a", "a", "a", "a"):
        source = naming.finish(item)
        if isinstance(source, Skipped):
            assert source.reason
            assert "Error:" not in source.reason, (suffix, source.reason)
            assert "took longer" not in source.reason, (suffix, source.reason)
        elif isinstance(source, Source):
            found += claims(source)
    return found


def claims(source: Source) -> int:
    """The number of claims of a source, each of which stands where it says."""
    found = extract(source).claims
    for claim in found:
        assert claim.start is None or source.text[claim.start : claim.end] == claim.text
    assert len({c.id for c in found}) == len(found)
    return len(found)


def changed(rng: random.Random) -> bytes:
    """A seed with a few stretches cut, doubled, or written over."""
    data = bytearray(rng.choice(SEEDS))
    for _ in range(rng.randint(0, 8)):
        at, size = rng.randrange(len(data) + 1), rng.choice((1, 1, 2, 4, 16, 64))
        kind = rng.randrange(4)
        if kind == 0:
            del data[at : at + size]
        elif kind == 1:
            data[at:at] = data[at : at + size] * rng.choice((1, 2, 50, 500))
        elif kind == 2:
            data[at : at + size] = rng.randbytes(size)
        else:
            other = rng.choice(SEEDS)
            data[at:at] = other[rng.randrange(len(other)) :][:size]
    return bytes([rng.randrange(256)]) + bytes(data[:50_000])


def at_random(seconds: float, seed: int) -> int:
    """Runs random changes for so long; returns how many."""
    rng, count, end = random.Random(seed), 0, time.monotonic() + seconds
    while time.monotonic() < end:
        guarded(changed(rng))
        count += 1
    return count


def guarded(data: bytes) -> None:
    """`one`, with the input printed where it fails."""
    try:
        one(data)
    except BaseException:
        print(f"input: {data!r}", file=sys.stderr)
        raise


def by_coverage(seconds: float, seed: int) -> None:
    """Runs atheris (libFuzzer) for so long; it ends the process by itself."""
    import tempfile

    import atheris

    folder = Path(tempfile.mkdtemp(prefix="consistency-fuzz-"))
    for number, content in enumerate(SEEDS):
        for kind in range(len(SUFFIXES)):
            (folder / f"{number}-{kind}").write_bytes(bytes([kind]) + content)
    test: Callable[[bytes], None] = guarded
    given = [f"-max_total_time={int(seconds)}", f"-seed={seed}", "-max_len=20000", "-rss_limit_mb=4096", "-timeout=60"]
    atheris.Setup([sys.argv[0], *given, f"-artifact_prefix={folder}/", str(folder)], test)
    atheris.Fuzz()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="no atheris, even where it is installed")
    asked = parser.parse_args()
    if importlib.util.find_spec("atheris") and not asked.plain:
        by_coverage(asked.seconds, asked.seed)
    else:
        print(f"{at_random(asked.seconds, asked.seed)} inputs, none failed", file=sys.stderr)


if __name__ == "__main__":
    main()
