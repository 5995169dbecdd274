"""Code within flattened text: where it begins and ends, and its lines."""

from __future__ import annotations

import re

# Where code begins when nothing but the text itself says so, and how it goes on.
CODE_START = re.compile(
    r"(?:^|(?<= ))(?:public (?:class|record|interface|enum|static|void|final|\w+ \w+\()"
    r"|private (?:final|static|void|\w+ \w+)|record \w+\(|sealed interface "
    r"|CREATE (?:TABLE|INDEX|TYPE) |SELECT (?:\w|\*)[^.]{0,500} FROM "
    r"|@\w+(?:\([^)]*\))? (?:public|private|class|interface|record)|// \w|\{ (?=\"))"
)
_CODE_GOES_ON = re.compile(
    r"@|//|--|/\*|public |private |protected |static |final |class |record |interface |var |return "
    r"|if \(|for \(|while \(|try |CREATE |INSERT |SELECT |UPDATE |ALTER |[})\];.]"
    r"|\w+(?:<[^;]*?>)? \w+ = |\w+\.\w+\("
)
_SQL = re.compile(r"CREATE (?:TABLE|INDEX|TYPE) |SELECT ")


def code_end(text: str, start: int) -> int:
    """Return where code that begins at `start` ends.

    That is at the first brace or semicolon outside of all brackets after which no code follows, or
    at the end of the text.
    """
    depth, end = 0, len(text)
    for found in re.finditer(r"[(\[{]|[)\]}]|;", text[start:]):
        sign, after = found.group(), start + found.end()
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(sign, 0)
        if depth <= 0 and sign in "};" and not _CODE_GOES_ON.match(text[after:].lstrip()):
            end = after
            break
    return end


def fenced(code: str) -> str:
    """Return code as a fenced block of Markdown, in its language and with its lines broken."""
    text = code.strip()
    if _SQL.match(text):
        return f"```sql\n{_sql_lines(text)}\n```"
    language = "json" if text.startswith("{ ") else "java"
    return f"```{language}\n{_brace_lines(text)}\n```"


def _brace_lines(code: str) -> str:
    """Break lines after statements and at braces, those inside of round brackets left alone."""
    lines: list[tuple[int, list[str]]] = []
    line: list[str] = []
    depth = open_brackets = 0
    for word in code.split(" "):
        if word.startswith("}"):
            lines.append((depth, line))
            line, depth = [], max(depth - 1, 0)
        line.append(word)
        open_brackets += word.count("(") - word.count(")")
        if open_brackets <= 0 and word.endswith(("{", ";", "}")):
            lines.append((depth, line))
            line, depth = [], depth + word.endswith("{")
    return _indented([*lines, (depth, line)])


def _sql_lines(code: str) -> str:
    """Break lines after statements, after the first bracket and after what it lists."""
    lines: list[tuple[int, list[str]]] = []
    line: list[str] = []
    open_brackets = 0
    for word in code.split(" "):
        line.append(word)
        open_brackets += word.count("(") - word.count(")")
        if open_brackets <= 1 and word.endswith(("(", ",", ";")):
            lines.append((0 if word.endswith("(") else min(open_brackets, 1), line))
            line = []
    return _indented([*lines, (0, line)])


def _indented(lines: list[tuple[int, list[str]]]) -> str:
    """Return lines, each a depth and its words, with four spaces for each step of depth."""
    texts = [(depth, " ".join(words)) for depth, words in lines]
    return "\n".join("    " * depth + text for depth, text in texts if text.strip())
