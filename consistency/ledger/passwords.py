"""Passwords and secrets: how they are kept, and made.

A password is kept as scrypt (RFC 7914) with a salt of its own, at a strength that OWASP's Password Storage Cheat Sheet
names (N = 2^15, r = 8, p = 3). A token is long and random, so that one SHA-256 is enough to keep it by.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata

from consistency.errors import LedgerError

SHORTEST, LONGEST = 10, 1_000
"""Characters of a password (NIST SP 800-63B, 5.1.1.2: 8 at the very least, and any that can be typed)."""
_COST, _BLOCK, _LANES = 15, 8, 3  # log2 N, r, p
_MEMORY = 1 << 26


def kept(password: str) -> str:
    """A password as it is kept: `scrypt$15$8$3$salt$hash`. Raises LedgerError for one that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise LedgerError(f"a password has {SHORTEST} to {LONGEST:,} characters, not {len(password):,}")
    if any(0xD800 <= ord(c) < 0xE000 for c in password):
        raise LedgerError("the password has a character that is none")
    salt = secrets.token_bytes(16)
    mixed = _mix(password, salt, _COST, _BLOCK, _LANES)
    return f"scrypt${_COST}${_BLOCK}${_LANES}${_b64(salt)}${_b64(mixed)}"


def matches(password: str, kept: str | None) -> bool:
    """Whether a password is the one that was kept. Takes as long where none was: no name is given away."""
    parts = (kept or _NOBODY).split("$")
    try:
        cost, block, lanes = (int(n) for n in parts[1:4])
        salt, wanted = (base64.b64decode(p, validate=True) for p in parts[4:])
        given = _mix(password[: LONGEST + 1], salt, cost, block, lanes)
    except (ValueError, TypeError, OverflowError, MemoryError):
        return False
    return hmac.compare_digest(given, wanted) and kept is not None


def secret() -> str:
    """A new secret of 256 random bits, for a cookie or an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What a secret is kept by."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _mix(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    # The same password typed on two keyboards may be composed in two ways.
    word = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(word, salt=salt, n=1 << cost, r=block, p=lanes, maxmem=_MEMORY, dklen=32)


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


_NOBODY = f"scrypt${_COST}${_BLOCK}${_LANES}${_b64(bytes(16))}${_b64(bytes(32))}"
