"""Named sets of words from a rule file, loaded once."""

from __future__ import annotations

from functools import lru_cache

from consistency.rulebook import default_rulebook


@lru_cache(maxsize=32)
def word_sets(name: str, section: str | None = None) -> dict[str, frozenset[str]]:
    """The lists of `rules/lexicon/<name>.yaml` (or of one section of it) as sets, by their key."""
    data = default_rulebook().load(f"lexicon/{name}.yaml")
    if section is not None:
        data = data[section]
    return {key: frozenset(map(str, words)) for key, words in data.items() if isinstance(words, list)}
