"""Mermaid diagrams found in flattened text, and laid out one statement a line."""

from __future__ import annotations

import re

_START = re.compile(
    r"(?:^|(?<= ))((?:flowchart|graph) (?:TD|TB|BT|LR|RL)|sequenceDiagram)(?= [\w\[])"
)

_NAME = r"[A-Za-z_][\w-]*?"
_QUOTED = r"\"[^\"]*\""
_SHAPE = (
    rf"(?:\[\({_QUOTED}\)\]|\[{_QUOTED}\]|\(\[{_QUOTED}\]\)|\({_QUOTED}\)|\{{{_QUOTED}\}}"
    r"|\[[^\]\[]*\]|\(\([^()]*\)\)|\([^()]*\)|\{[^{}]*\})"
)
_NODE = rf"{_NAME}{_SHAPE}?(?::::?\w+)?"
_NODES = rf"{_NODE}(?: & {_NODE})*"
_EDGE = r"(?:<?-->|<?-\.->|<?==>|---|-\.-|===|-- [^-|>]+ -->|-\. [^|>]+ \.->)(?: ?\|[^|]*\|)?"
_STATEMENT = re.compile(
    rf" *(subgraph {_NAME}(?: ?\[[^\]]*\])?(?= )|subgraph {_QUOTED}|end(?= |$)"
    rf"|direction (?:TB|TD|BT|LR|RL)|(?:style|classDef|class|linkStyle) \S+ \S+"
    rf"|{_NODES}(?: {_EDGE} {_NODES})+(?= |$)|{_NAME}{_SHAPE}(?::::?\w+)?(?= |$))"
)
_MESSAGE_START = re.compile(
    r" (?=(?:participant|actor|activate|deactivate|Note (?:over|left|right)|alt|else|opt|loop|par"
    r"|end|autonumber)\b|\w+ ?(?:-{1,2}>>?|-{1,2}x)[+-]?\w+ ?:)"
)


def read_diagram(text: str) -> tuple[str, str, str] | None:
    """Return what stands before the first diagram in `text`, the diagram, and what follows it.

    The diagram has one statement a line, subgraphs indented. None where there is no diagram.
    """
    start = _START.search(text)
    if not start:
        return None
    if start[1] == "sequenceDiagram":
        statements, end = _sequence(text, start.end())
    else:
        statements, end = _flowchart(text, start.end())
    if not statements:
        return None
    return text[: start.start()].strip(), _laid_out(start[1], statements), text[end:].strip()


def _flowchart(text: str, position: int) -> tuple[list[str], int]:
    statements = []
    while found := _STATEMENT.match(text, position):
        statements.append(found[1].strip())
        position = found.end()
    return statements, position


def _sequence(text: str, position: int) -> tuple[list[str], int]:
    """A message's own text is free: the last one is taken to end where a sentence begins."""
    *statements, last = _MESSAGE_START.split(text[position:].strip())
    begin = text.rindex(last)
    sentence = re.compile(r" (?=[A-Z][a-z]+ [a-z])").search(text, begin + last.find(":") + 2)
    end = sentence.start() if sentence else len(text)
    return [*statements, text[begin:end].strip()], end


def _laid_out(kind: str, statements: list[str]) -> str:
    lines, depth = [kind], 1
    for statement in statements:
        if statement == "end":
            depth = max(depth - 1, 1)
        lines.append("    " * depth + statement)
        if statement.startswith(("subgraph ", "alt ", "opt ", "loop ", "par ")):
            depth += 1
    return "\n".join(lines)
