"""Files made to unfold, in memory; none of them is kept in the repository."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

PARAGRAPH = b"<w:p><w:r><w:t>The Tarn Fund has 36 members.</w:t></w:r></w:p>"


def word_file(body: bytes) -> bytes:
    """A Word file with so much markup before its own."""
    import docx

    base, out = io.BytesIO(), io.BytesIO()
    docx.Document().save(base)
    with zipfile.ZipFile(base) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:body>", b"<w:body>" + body)
            target.writestr(name, data)
    return out.getvalue()


def lying(archive: bytes, name: bytes, size: int) -> bytes:
    """The zip archive with another size for `name` in its directory."""
    data, at = bytearray(archive), 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        length = struct.unpack_from("<H", data, at + 28)[0]
        if data[at + 46 : at + 46 + length] == name:
            struct.pack_into("<I", data, at + 24, size)
        at += 4
    return bytes(data)


def nested(depth: int) -> bytes:
    """A zip in a zip in a zip, the innermost a Word file."""
    inner = word_file(PARAGRAPH)
    for _ in range(depth):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", inner)
            archive.writestr("inner.docx", inner)
        inner = out.getvalue()
    return inner


def _objects(objects: list[bytes]) -> bytes:
    out, offsets = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + head + table + tail


def pdf(content: bytes, layers: int = 1, kids: bytes = b"[3 0 R]", count: int = 1) -> bytes:
    """A PDF of one page object with this content, packed so many times; kids, count: what the page tree says."""
    for _ in range(layers):
        content = zlib.compress(content, 9)
    filters = b"/FlateDecode " * layers
    return _objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids %s /Count %d >>" % (kids, count),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R"
            b" /Resources << /Font << /F1 4 0 R >> >> >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(content), filters, content),
        ]
    )
