"""A story as a Markdown file: front matter, and a section for each part of it.

    ---
    title: The migration nobody wanted
    company: Acme
    role: Engineering manager
    period: '2024'
    level: EM
    strength: 4
    ---
    ## Situation

    Twelve teams, one database.

    ## Metric

    Deploys: 2 → 30 a week

What is left out stays empty; a story needs its title. A part begins at a line that is `## ` and its
title. Such a line within a part is written with a backslash before it, and read without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from prep.errors import InvalidValue
from prep.markdown import files, front_matter, outline
from prep.practice.stories import PARTS, Story

MAX_BYTES = 1_000_000
_FACTS = ("title", "company", "role", "period", "level", "strength")
_NAMES = {title.casefold(): name for name, title in PARTS.items()}
_HEADING = re.compile(r"##[ \t](.*)")
_TO_ESCAPE = re.compile(r"^(?=\\*##[ \t])", re.MULTILINE)
_ESCAPED = re.compile(r"^\\(?=\\*##[ \t])", re.MULTILINE)


def read(path: Path) -> dict[str, str | int]:
    """Return the fields of the story in a file, as `stories.save` takes them.

    Raises InvalidValue where it is no such file.
    """
    try:
        return parse(files.read_text(path, MAX_BYTES, InvalidValue))
    except ValueError as error:
        raise InvalidValue(f"{files.name(path)}: {error}") from error


def parse(text: str) -> dict[str, str | int]:
    """Return the fields of the story in a text. Raises ValueError, which says what is wrong."""
    meta, body = front_matter.split(files.with_line_feeds(text))
    unknown = [str(name) for name in meta if name not in _FACTS]
    if unknown:
        raise ValueError(f"a story has no {unknown[0][:40]!r}: it has {', '.join(_FACTS)}")
    facts = {name: front_matter.text_of(meta, name) for name in _FACTS}
    fields: dict[str, str | int] = {
        **facts,
        "level": facts["level"].upper() or Story.level,
        "strength": _strength(facts["strength"]),
    }
    for name, lines in _parts(body):
        if name in fields:
            raise ValueError(f"{PARTS[name]!r} stands there twice")
        fields[name] = _ESCAPED.sub("", "\n".join(lines)).strip()
    return fields


def write(story: Story) -> str:
    """Return a story as such a file."""
    facts = {name: value for name in _FACTS if (value := getattr(story, name))}
    parts = [
        f"## {title}\n\n{_escape_headings(text)}\n"
        for name, title in PARTS.items()
        if (text := getattr(story, name))
    ]
    return front_matter.dump(facts) + "\n".join(parts)


def _escape_headings(markdown: str) -> str:
    return _TO_ESCAPE.sub(r"\\", markdown)


def _parts(body: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the name and lines of each part. Raises ValueError where a line belongs to none."""
    name, lines = "", list[str]()
    fenced = outline.fenced_lines(body)
    for number, line in enumerate(body.split("\n")):
        heading = _HEADING.fullmatch(line)
        title = heading[1].strip(" \t#").casefold() if heading else None
        if title in _NAMES:
            yield from [(name, lines)] if name else []
            name, lines = _NAMES[title], []
        elif heading and number not in fenced:
            titles = ", ".join(PARTS.values())
            raise ValueError(
                f"a story has no part {heading[1].strip()[:40]!r}: its parts are {titles}"
            )
        elif name:
            lines.append(line)
        elif line.strip():
            words = " ".join(line.split())[:40]
            raise ValueError(f"{words!r} stands before the first part: begin with `## Situation`")
    yield from [(name, lines)] if name else []


def _strength(text: str) -> int:
    try:
        return int(text) if text else Story.strength
    except ValueError:
        raise ValueError(f"strength is a whole number from 1 to 5, not {text[:40]!r}") from None
