"""YAML without surprises: no aliases, no duplicate keys, no code, and only true and false are booleans."""

from __future__ import annotations

import re
from typing import Any

import yaml

from consistency.errors import RuleError

DEEPEST = 100
"""The most levels of lists and mappings in each other."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe loader that refuses aliases (the "billion laughs" bomb), duplicate keys, and YAML 1.1's dates and yes/no."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, rx) for tag, rx in pairs if not tag.endswith((":timestamp", ":bool"))]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _number(loader: Any, node: Any) -> Any:
    """A plain number. Not to base 60 (YAML 1.1's "12:30" for 750): that is text, and took the square of its length."""
    text = loader.construct_scalar(node)
    if ":" in text:
        return text
    kind = "int" if node.tag.endswith(":int") else "float"
    return getattr(yaml.SafeLoader, f"construct_yaml_{kind}")(loader, node)


_Loader.add_constructor("tag:yaml.org,2002:int", _number)
_Loader.add_constructor("tag:yaml.org,2002:float", _number)


def _mapping(loader: Any, node: Any) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        try:
            twice = key in seen
            seen.add(key)
        except TypeError as error:
            raise yaml.constructor.ConstructorError(
                None, None, "a key must be plain text", key_node.start_mark
            ) from error
        if twice:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} stands here twice", key_node.start_mark
            )
    out: dict[Any, Any] = yaml.SafeLoader.construct_mapping(loader, node, deep=True)
    return out


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def parse_yaml(data: bytes | str, name: str, first_line: int = 1) -> Any:
    """The content of a YAML text that starts on line `first_line` of `name`. Raises RuleError with file and line."""
    depth = 0
    try:
        for event in yaml.parse(data, Loader=_Loader):
            line = first_line + (event.start_mark.line if event.start_mark else 0)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:  # older versions of libyaml take the square of the depth, and know no end
                raise RuleError(f"nesting of more than {DEEPEST} levels is not allowed here", name, line)
            if isinstance(event, yaml.AliasEvent):
                raise RuleError("aliases (*name) are not allowed here", name, line)
        return yaml.load(data, Loader=_Loader)  # a safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = mark.line + first_line if mark else None
        raise RuleError(error.problem or "is not valid YAML", name, place) from error
    except (yaml.YAMLError, ArithmeticError, RecursionError, ValueError) as error:
        raise RuleError(f"is not valid YAML: {error}", name) from error


def lines_of(data: bytes | str, first_line: int = 1) -> dict[tuple[str | int, ...], int]:
    """The line of every key and element of a YAML or JSON text, by its path (`(2, "reason")`); {} for a broken one."""
    out: dict[tuple[str | int, ...], int] = {}
    try:
        root = yaml.compose(data, Loader=_Loader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError):
        return out
    stack: list[tuple[tuple[str | int, ...], Any]] = [((), root)] if root is not None else []
    seen: set[int] = set()
    while stack:
        path, node = stack.pop()
        if id(node) in seen:  # an alias, which `parse_yaml` refuses: followed, nine times nine of them never end
            continue
        seen.add(id(node))
        out.setdefault(path, first_line + node.start_mark.line)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                inner = (*path, str(key.value))
                out[inner] = first_line + key.start_mark.line
                stack.append((inner, value))
        elif isinstance(node, yaml.SequenceNode):
            stack += [((*path, n), item) for n, item in enumerate(node.value)]
    return out
