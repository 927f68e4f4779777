"""Files made on the spot, so that every reader is tried on a real one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from consistency.model import Skipped, Source
from consistency.sources import Limits, read_paths


def make_pdf(pages: list[list[str]], info: str = "") -> bytes:
    """A PDF written by hand: each page a list of lines; info: entries of the document's information dictionary."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        shown = " ".join("(" + line.replace("(", r"\(").replace(")", r"\)") + ") Tj T*" for line in lines)
        body = f"BT /F1 12 Tf 50 750 Td 14 TL {shown} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(body)} >>\nstream\n{body}\nendstream")
    if info:
        objects.append(f"<< {info} >>")
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    told = f"/Info {len(objects)} 0 R " if info else ""
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R {told}>>\nstartxref\n{table}\n%%EOF".encode()


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    return make_pdf


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., tuple[list[Source], list[Skipped]]]:
    """Write files (name -> text or bytes) into a folder and read the folder."""

    def run(files: dict[str, str | bytes], limits: Limits = Limits()) -> tuple[list[Source], list[Skipped]]:  # noqa: B008
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_paths([tmp_path], limits)

    return run


@pytest.fixture
def one(read: Callable[..., tuple[list[Source], list[Skipped]]]) -> Callable[..., Source]:
    """The one source of a file."""

    def run(name: str, content: str | bytes) -> Source:
        sources, skipped = read({name: content})
        assert skipped == []
        assert len(sources) == 1
        return sources[0]

    return run


def pieces(source: Source, kind: str) -> list[str]:
    """The stretches of a source that lie in a zone of `kind`."""
    return [source.text[z.start : z.end] for z in source.zones if z.kind == kind]


@pytest.fixture
def zone() -> Callable[[Source, str], list[str]]:
    return pieces
