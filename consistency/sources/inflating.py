"""What the compressed streams of a PDF file unpack to, looked at before a library that has no limit opens it.

Flate alone (PDF 32000-1, 7.4.4), also several times over one another. Streams of a file that is encrypted, and those
in LZW, cannot be measured so; a file of `limits.max_bytes` holds them in check.
"""

from __future__ import annotations

import re
import zlib

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PIECE = 1 << 20
_LAYERS = 4  # of filters, one over the other
_TOTAL = 20  # times the limit of one stream, for all of a file together


def unpacks_too_far(data: bytes, most: int) -> bool:
    """Whether one stream unpacks to more than `most` bytes, or all of them to more than 20 times that."""
    view, total = memoryview(data), 0
    for found in _STREAM.finditer(data):
        size = _unpacked(view[found.end() :], most)
        total += size
        if size > most or total > _TOTAL * most:
            return True
    return False


def _unpacked(packed: memoryview, most: int) -> int:
    """The bytes a stream unpacks to, layer by layer the most of any; it is not followed beyond `most`."""
    layers = [zlib.decompressobj()]
    sizes = [0]
    pieces: list[tuple[int, bytes | memoryview]] = [(0, packed)]  # what each layer has still to read, deepest last
    while pieces:
        depth, raw = pieces.pop()
        reader = layers[depth]
        try:
            out = reader.decompress(raw, _PIECE)
        except zlib.error:
            continue  # no Flate, or broken from here on
        if not out:
            continue
        sizes[depth] += len(out)
        if sizes[depth] > most:
            break
        if reader.unconsumed_tail:
            pieces.append((depth, reader.unconsumed_tail))
        if depth + 1 < _LAYERS:
            if depth + 1 == len(layers):
                layers.append(zlib.decompressobj())
                sizes.append(0)
            pieces.append((depth + 1, out))
    return max(sizes)
