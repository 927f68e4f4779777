"""The phrases of reported speech and of modality, and the letters both are read from."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from consistency.extraction.cues import CueSet, Phrases, compile_cues
from consistency.extraction.marks import SIGNS
from consistency.extraction.tokens import ClassTable
from consistency.rulebook import default_rulebook

_SPEECH = "lexicon/attribution.yaml"
_MODALITY = "lexicon/modality.yaml"


class CueWords(msgspec.Struct, frozen=True):
    """table: words to letters, quotation marks to themselves; speech, modality: what to look for in the letters."""

    table: ClassTable
    speech: CueSet
    modality: CueSet


@lru_cache(maxsize=1)
def cue_words() -> CueWords:
    rules = default_rulebook()
    said, firm = rules.load(_SPEECH), rules.load(_MODALITY)
    phrases = {"verb": ["SAY"], "headline": [":"], **said["phrases"]}
    speech = Phrases({"SAY": said["verbs"]["say"]}, phrases, _SPEECH)
    modality = Phrases(firm["classes"], firm["phrases"], _MODALITY)
    table, sets = compile_cues([speech, modality], SIGNS)
    return CueWords(table, *sets)
