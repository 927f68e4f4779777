"""Records to JSON Schema: msgspec's own, with a description at every field and none of the names that are internal."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_HERE = "#/$defs/"

Schema = dict[str, Any]


def document(kind: str, title: str, root: Schema, defs: Mapping[str, Schema] | None = None) -> Schema:
    """A whole schema. The id is a URN (RFC 8141), as the files have no one address: they come with the program."""
    out: Schema = {"$schema": DIALECT, "$id": f"urn:claim-consistency:schema:{kind}", "title": title, **root}
    if defs:
        out["$defs"] = dict(sorted(defs.items()))
    return out


def definitions(*records: type[msgspec.Struct], drop: Iterable[str] = (), **renamed: str) -> dict[str, Schema]:
    """The schemas of records and of all they hold, by name.

    drop: fields that the program fills in itself and no file may set; renamed: a better name for a record's own.
    """
    _, parts = msgspec.json.schema_components(records, ref_template=_HERE + "{name}")
    kinds = {kind.__name__: kind for kind in _reached(records)}
    out = {}
    for name, part in parts.items():
        shape = _tidy(part, renamed)
        if name in kinds:
            _describe(shape, kinds[name], frozenset(drop))
        out[renamed.get(name, name)] = {**shape, "title": renamed.get(name, name)}
    return out


def ref(name: str) -> Schema:
    """A reference to a definition."""
    return {"$ref": _HERE + name}


def one_of_words(words: Iterable[str]) -> Schema:
    """A word out of a closed list."""
    return {"type": "string", "enum": list(words)}


def narrowed(shape: Schema, field: str, **changes: Any) -> None:
    """Puts what else a loader asks of a field into the schema of its record. Its description and default stay."""
    kept = {k: v for k, v in shape["properties"][field].items() if k in ("description", "default")}
    shape["properties"][field] = {**kept, **changes}


def without_null(shape: Any) -> Any:
    """A schema for a notation that has no null: what may be null may only be left out."""
    if isinstance(shape, list):
        return [without_null(item) for item in shape]
    if not isinstance(shape, dict):
        return shape
    rest = {k: without_null(v) for k, v in shape.items() if not (k == "default" and v is None)}
    if "default" in rest and isinstance(rest["default"], dict):
        rest["default"] = {k: v for k, v in rest["default"].items() if v is not None}
    choices = [c for c in rest.get("anyOf", ()) if c != {"type": "null"}]
    if len(choices) == 1 and len(rest["anyOf"]) == 2:
        del rest["anyOf"]
        rest.update(choices[0])
    return rest


def field_docs(doc: str | None, names: Iterable[str]) -> dict[str, str]:
    """What a docstring of the form "name: what it is; other, third: what they are." says of each field."""
    told = _paragraphs(doc)
    heads = _heads(told, names)
    out: dict[str, str] = {}
    for n, head in enumerate(heads):
        end = heads[n + 1].start() if n + 1 < len(heads) else len(told)
        said = re.split(r"\f|(?<=\w\w)[.] (?=[A-Z])", told[head.end() : end], maxsplit=1)[0].strip().rstrip(";.")
        for name in head[1].split(", "):
            out.setdefault(name, said)
    return out


def summary(doc: str | None, names: Iterable[str]) -> str:
    """What a docstring says before it comes to the fields, in its first paragraph."""
    told = _paragraphs(doc)
    heads = _heads(told, names)
    return (told[: heads[0].start()] if heads else told).partition("\f")[0].strip()


def _paragraphs(doc: str | None) -> str:
    """A docstring with each paragraph on one line and form feeds between them."""
    return " ".join(re.sub(r"\n\s*\n", "\f", inspect.cleandoc(doc or "")).replace("\n", " ").split(" "))


def _heads(told: str, names: Iterable[str]) -> list[re.Match[str]]:
    known = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return list(re.finditer(rf"(?<![\w`])((?:{known})(?:, (?:{known}))*): ", told)) if known else []


def _reached(records: Iterable[type[msgspec.Struct]]) -> list[type[msgspec.Struct]]:
    """The records and every record inside them."""
    waiting, seen = list(records), []
    while waiting:
        kind = waiting.pop()
        if kind not in seen:
            seen.append(kind)
            waiting += [inner for f in msgspec.structs.fields(kind) for inner in _records_in(f.type)]
    return seen


def _records_in(kind: Any) -> list[type[msgspec.Struct]]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return [kind]
    return [inner for argument in getattr(kind, "__args__", ()) for inner in _records_in(argument)]


def _describe(shape: Schema, kind: type[msgspec.Struct], drop: frozenset[str]) -> None:
    fields = msgspec.structs.fields(kind)
    names = {name for f in fields for name in (f.name, f.encode_name)}
    docs = field_docs(kind.__doc__, names)
    for f in fields:
        if f.name in drop:
            shape["properties"].pop(f.encode_name, None)
        elif told := docs.get(f.encode_name) or docs.get(f.name):
            shape["properties"][f.encode_name]["description"] = told
    shape.pop("description", None)
    if about := summary(kind.__doc__, names):
        shape["description"] = about


def _tidy(part: Any, renamed: Mapping[str, str]) -> Any:
    """A copy with references renamed, empty `required` lists left out, and null the last of what a value can be:
    msgspec puts it first or last, by its version."""
    if isinstance(part, list):
        return [_tidy(item, renamed) for item in part]
    if not isinstance(part, dict):
        return part
    out = {k: _tidy(v, renamed) for k, v in part.items() if not (k == "required" and v == [])}
    target = out.get("$ref")
    if isinstance(target, str) and target.startswith(_HERE):
        out["$ref"] = _HERE + renamed.get(target[len(_HERE) :], target[len(_HERE) :])
    if "anyOf" in out:
        out["anyOf"] = sorted(out["anyOf"], key=lambda choice: choice == {"type": "null"})
    return out
