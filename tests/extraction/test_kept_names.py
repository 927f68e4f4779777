"""The tables of places and names that are kept between runs are those that would be made."""

from __future__ import annotations

from consistency.extraction import gazetteer, geography


def test_kept_as_made() -> None:
    assert geography.geography() == geography._built()
    assert list(geography.geography().places) == list(geography._built().places)
    assert gazetteer.names() == gazetteer._built()


def test_the_key_is_of_rules_and_code() -> None:
    assert geography.seed() != geography.seed(("lexicon/persons.yaml",))
    for name in ("gazetteer", "geography", "tokens"):
        assert any(path.stem == name for path in geography._MAKERS)
