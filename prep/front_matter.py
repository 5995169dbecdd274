"""Front matter: the YAML between two lines of dashes that a Markdown file begins with.

Only what stands there is read: no tags that make objects, and no aliases, with which a few lines
can stand for more than any memory holds.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

MAX_CHARACTERS = 100_000
_DEEPEST = 20
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_FENCE = re.compile(r"^---[ \t]*$\n?", re.MULTILINE)


def split(text: str) -> tuple[dict[str, Any], str]:
    """Return what front matter says, and the text after it; empty where there is none.

    Raises ValueError where it is no YAML mapping, with what is wrong.
    """
    begin = _FENCE.match(text)
    end = _FENCE.search(text, begin.end()) if begin else None
    if begin is None or end is None:
        return {}, text
    if end.start() - begin.end() > MAX_CHARACTERS:
        raise ValueError(f"it is longer than {MAX_CHARACTERS:,} characters")
    head = text[begin.end() : end.start()]
    try:
        _refuse_intricate(head)
        meta = yaml.load(head, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError, LookupError, AttributeError, TypeError) as error:
        raise ValueError(" ".join(str(error).split())[:160]) from error
    if meta is None:
        meta = {}
    if not isinstance(meta, dict):
        raise ValueError("it is no list of names and values")
    return meta, text[end.end() :]


def _refuse_intricate(head: str) -> None:
    depth = 0
    for event in yaml.parse(head, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read here")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise yaml.YAMLError("lists in lists in lists are not read here")


def text_of(meta: dict[str, Any], key: str) -> str:
    """Return what a key says as text, empty without it.

    Raises ValueError where it is a list or more, or holds what no text does.
    """
    value = meta.get(key)
    if value is None:
        return ""
    if isinstance(value, (list, dict, set, tuple, bytes)):
        raise ValueError(f"{key} is no text")
    said = str(value)
    if not is_plain(said):
        raise ValueError(f"{key} holds a NUL character or broken Unicode")
    return said


def is_plain(text: str) -> bool:
    """Whether a text can be kept as it is: no NUL, no half of a surrogate pair."""
    return not re.search("[\0\ud800-\udfff]", text)
