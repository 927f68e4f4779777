"""The schemas of a desk's topics (`topics/*.yaml`) and of profiles (`profiles/*.yaml`)."""

from __future__ import annotations

from consistency.judgement.profiles import FACETS, Profile
from consistency.judgement.vocabulary import FACTS
from consistency.schemas.build import Schema, definitions, document, narrowed, one_of_words, ref
from consistency.topics.curated import ID_PATTERN, PROFILES, CuratedTopic

_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def topics() -> Schema:
    """A topic or a list of topics, as `read_topics` takes them."""
    defs = definitions(CuratedTopic, drop=("file",), CuratedTopic="Topic", KnownEvent="Event")
    topic = defs["Topic"]
    narrowed(topic, "id", type="string", pattern=f"^(?:{ID_PATTERN})$")
    narrowed(topic, "profile", anyOf=[one_of_words(sorted(PROFILES)), {"type": "null"}])
    narrowed(defs["Event"], "date", type="string", format="date", pattern=_DAY)
    needed = ("nouns", "all_of", "any_of", "beside")
    topic["anyOf"] = [{"required": [name], "properties": {name: {"minItems": 1}}} for name in needed]
    root: Schema = {"anyOf": [ref("Topic"), {"type": "array", "items": ref("Topic")}]}
    return document("topics", "Topics of a desk", root, defs)


def profiles() -> Schema:
    """One profile a file."""
    defs = definitions(Profile)
    profile = defs.pop("Profile")
    narrowed(profile, "kind", **one_of_words(FACTS["profile"]))
    words: Schema = {"type": "array", "items": {"type": "string"}}
    condition: Schema = {
        "type": "object",
        "properties": dict.fromkeys(FACETS, words),
        "additionalProperties": False,
        "minProperties": 1,
    }
    narrowed(profile, "match", type="array", items=condition)
    del profile["title"]
    return document("profiles", "How a measure lives in time", profile, defs)
