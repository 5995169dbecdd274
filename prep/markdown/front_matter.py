"""Front matter: the YAML between two lines of dashes that a Markdown file begins with.

Only what stands there is read, and values as the text that was typed: `2020.10` stays that, and
`No` is a word. There are no tags that make objects, and no aliases, with which a few lines can
stand for more than any memory holds.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import yaml

MAX_CHARACTERS = 100_000
_DEEPEST = 20
_NOTHING = ("", "~", "null", "Null", "NULL")
_BASE: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_FENCE = re.compile(r"^---[ \t]*$\n?", re.MULTILINE)
_ODD_BREAK = re.compile("[\x85\u2028\u2029]")


def split(text: str) -> tuple[dict[str, object], str]:
    """Return what front matter says, and the text after it; empty where there is none.

    Raises ValueError where it is no YAML mapping, with what is wrong.
    """
    found = _fences(text)
    if found is None:
        return {}, text
    begin, end = found
    if end.start() - begin.end() > MAX_CHARACTERS:
        raise ValueError(f"it is longer than {MAX_CHARACTERS:,} characters")
    head = text[begin.end() : end.start()]
    try:
        _refuse_intricate(head)
        meta = yaml.load(head, Loader=_Loader)
    except (yaml.YAMLError, RecursionError, LookupError, AttributeError, TypeError) as error:
        raise ValueError(" ".join(str(error).split())[:160]) from error
    if meta is None:
        meta = {}
    if not isinstance(meta, dict):
        raise ValueError("it is no list of names and values")
    return meta, text[end.end() :]


def head(text: str) -> str | None:
    """Return the lines of front matter that a text begins with, None where it has none."""
    found = _fences(text)
    return found and text[found[0].end() : found[1].start()]


def dump(meta: dict[str, object]) -> str:
    """Return a mapping as front matter, fences included, that `split` reads back to the letter."""
    lines = yaml.dump(meta, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    return f"---\n{lines}---\n"


class _Loader(_BASE):  # type: ignore[misc, valid-type]
    """Reads each value as text, or None where nothing is said, and no name twice."""

    def construct_scalar(self, node: yaml.ScalarNode) -> str | None:
        is_nothing = not node.style and node.value in _NOTHING
        return None if is_nothing else str(node.value)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = Counter(str(name.value) for name, _ in node.value)
        twice = next((name for name, count in names.items() if count > 1), None)
        if twice:
            raise yaml.YAMLError(f"{twice[:40]} stands there twice")
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


class _Dumper(yaml.SafeDumper):
    """Writes line breaks other than the usual one as escapes: YAML folds them to spaces."""


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _ODD_BREAK.search(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def _fences(text: str) -> tuple[re.Match[str], re.Match[str]] | None:
    begin = _FENCE.match(text)
    end = _FENCE.search(text, begin.end()) if begin else None
    return (begin, end) if begin and end else None


def _refuse_intricate(head: str) -> None:
    depth = 0
    for event in yaml.parse(head, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read here")
        if tag := getattr(event, "tag", None):
            raise yaml.YAMLError(f"{tag[:40]}: tags are not read here")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise yaml.YAMLError(f"lists nested more than {_DEEPEST} deep are not read")


def text_of(meta: dict[str, object], key: str) -> str:
    """Return the text of a key, empty where it is missing.

    Raises ValueError where it is a list or more, or holds what no text does.
    """
    value = meta.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{key} is no text")
    if not is_plain(value):
        raise ValueError(f"{key} holds a NUL character or broken Unicode")
    return value


def is_plain(text: str) -> bool:
    """Whether a text can be kept as it is: no NUL, no half of a surrogate pair."""
    return not re.search("[\0\ud800-\udfff]", text)
