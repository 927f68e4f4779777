"""Whatever is given as a decision's words: either it is refused with a reason, or it is kept in one form."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from consistency.errors import LedgerError
from consistency.ledger import details
from consistency.ledger.chain import canonical

_WORDS = st.sampled_from(
    ["time", "other", "f-1", "a", "b", "value", "period", "scope", "unit", "2025-01-01", "2025-13-01", "forecast", ""]
)
_KEYS = st.sampled_from(["by", "text", "pairs", "fingerprint", "field", "value", "of", "to", "low", "high", "from"])
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS | st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
_DETAIL = st.dictionaries(_KEYS, _JSON | _WORDS, max_size=4) | _JSON
_READING = st.fixed_dictionaries(
    {"fingerprint": st.just("a"), "field": st.sampled_from(list(details.READINGS)), "value": _JSON | _WORDS}
)


@given(st.sampled_from(details.ALL_KINDS), _DETAIL | _READING)
def test_any_detail_is_refused_or_kept_in_one_form(kind: str, given_: Any) -> None:
    try:
        kept = details.detail(kind, given_)
    except LedgerError:
        return
    assert details.detail(kind, kept) == kept
    written = canonical(kept)
    assert canonical(json.loads(written)) == written
    assert written.encode("utf-8")
    assert "\\u0000" not in written


@given(st.text())
def test_any_note_is_refused_or_kept_in_one_form(text: str) -> None:
    try:
        kept = details.note(text)
    except LedgerError:
        return
    assert details.note(kept) == kept
    assert kept is None or (kept == kept.strip() != "" and "\r" not in kept and "\0" not in kept)


@given(st.text() | st.builds("http{}://{}".format, st.sampled_from(["", "s"]), st.text(max_size=12)))
def test_any_link_is_refused_or_is_of_the_web(text: str) -> None:
    try:
        kept = details.evidence(text)
    except LedgerError:
        return
    assert kept is None or kept.lower().startswith(("http://", "https://"))
    assert kept is None or not set(kept) & set("<>\"'\\ \n\t`") - {"'"}
