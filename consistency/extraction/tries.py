"""Look-up of phrases of several tokens, forwards and backwards from a place in a token list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from consistency.extraction.tokens import words_of

Trie = dict[str, Any]  # next token -> Trie; "" -> what the phrase means


def phrase_tokens(phrase: str) -> list[str]:
    """A phrase as the tokeniser cuts it, so that a table can be written as plain text."""
    return words_of(phrase)


def build(entries: Iterable[tuple[str, Any]], backwards: bool = False) -> Trie:
    """A trie of (phrase, meaning) pairs; a later pair replaces an earlier one of the same phrase."""
    root: Trie = {}
    for phrase, meaning in entries:
        node = root
        words = phrase_tokens(phrase)
        for word in reversed(words) if backwards else words:
            node = node.setdefault(word, {})
        node[""] = meaning
    return root


def longest(trie: Trie, lower: list[str], i: int) -> tuple[Any, int]:
    """(meaning, index after it) of the longest phrase that starts at token `i`; (None, i) if there is none."""
    found, end = None, i
    node = trie.get(lower[i])
    while node is not None:
        i += 1
        if "" in node:
            found, end = node[""], i
        node = node.get(lower[i]) if i < len(lower) else None
    return found, end


def longest_before(trie: Trie, lower: list[str], i: int) -> tuple[Any, int]:
    """(meaning, index of its first token) of the longest phrase that ends right before token `i`; (None, i) if none."""
    found, first = None, i
    i -= 1
    node = trie.get(lower[i]) if i >= 0 else None
    while node is not None:
        if "" in node:
            found, first = node[""], i
        i -= 1
        node = node.get(lower[i]) if i >= 0 else None
    return found, first
