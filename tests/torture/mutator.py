"""Seeded damage to files: to their bytes, to their text, and to what they mean."""

import csv
import io
import json
import re
import shutil
import sqlite3
from contextlib import closing

from tests.hostile_values import TEXTS, any_value

ODD_BYTES = [
    b"\0",
    b"\xff\xfe",
    b"\xc3(",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\r\n",
    b"\n---\n",
    b"\x1a",
    b'"',
    b"'",
    b"[",
    b"{" * 200,
    b"]" * 50,
    b",",
    b";",
    b":",
    b"&x ",
    b"*x ",
    b"!!",
    b"1" * 5000,
    b"```",
    b"<" * 300,
    b"NaN",
    b"-1",
    b"1e999",
    b" # ",
    b" todo ",
    b"\t",
    b"\\u0000",
    b"\\ud800",
]


def text_damage(data, chance):
    """Return bytes with one to three places cut, doubled, swapped, flipped or filled."""
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(_DAMAGES)(data, chance)
    return data


def _span(data, chance):
    start = chance.randint(0, len(data))
    return start, min(len(data), start + int(chance.expovariate(1 / 200)))


def _truncate(data, chance):
    return data[: chance.randint(0, len(data))]


def _cut(data, chance):
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _double(data, chance):
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice([1, 2, 50]) + data[end:]


def _flip(data, chance):
    changed = bytearray(data)
    for _ in range(min(len(changed), chance.choice([1, 3, 30]))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _fill(data, chance):
    start = chance.randint(0, len(data))
    return data[:start] + chance.choice(ODD_BYTES) + data[start:]


def _swap(data, chance):
    (a, b), (c, d) = sorted([_span(data, chance), _span(data, chance)])
    if b > c:
        return data
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _number(data, chance):
    """Another number in the place of one that stands there."""
    places = list(re.finditer(rb"\d+", data))
    if not places:
        return data
    place = chance.choice(places)
    other = chance.choice([b"0", b"1", b"99999", b"9" * 30, b"-1", b"2.5", b""])
    return data[: place.start()] + other + data[place.end() :]


_DAMAGES = [_truncate, _cut, _double, _flip, _fill, _swap, _number, _number]


def json_damage(data, chance):
    """Return JSON with one to four values replaced, removed, doubled or moved."""
    value = json.loads(data)
    for _ in range(chance.randint(1, 4)):
        places = list(_places(value))
        if not places:
            break
        parent, key = chance.choice(places)
        other, other_key = chance.choice(places)
        act = chance.randrange(6)
        if act == 0:
            del parent[key]
        elif act == 1 and isinstance(parent, list):
            parent.insert(chance.randint(0, len(parent)), parent[key])
        elif act == 2 and isinstance(parent, dict):
            parent[chance.choice([other_key, *TEXTS])] = parent.pop(key)
        elif act == 3:
            parent[key] = json.loads(json.dumps(other[other_key]))
        elif act == 4 and isinstance(parent[key], str):
            parent[key] = text_damage(parent[key].encode(errors="replace"), chance).decode(
                errors="replace"
            )
        else:
            parent[key] = any_value(chance)
    return _dumped(value).encode()


def _places(value):
    """Yield (container, key) of all that lies in a value."""
    stack = [value]
    while stack:
        here = stack.pop()
        keys = range(len(here)) if isinstance(here, list) else list(here)
        for key in keys:
            yield here, key
            if isinstance(here[key], (list, dict)):
                stack.append(here[key])


def _dumped(value):
    """Return JSON text; keys that are no text become it."""
    if isinstance(value, dict):
        pairs = (f"{json.dumps(str(key))}: {_dumped(item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_dumped, value)) + "]"
    return json.dumps(value)


def csv_damage(data, chance):
    """Return a table with some cells, rows or columns changed."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    for _ in range(chance.randint(1, 4)):
        row = chance.choice(rows)
        act = chance.randrange(6)
        if act == 0:
            rows.insert(chance.randint(0, len(rows)), list(row))
        elif act == 1 and len(rows) > 1:
            rows.remove(row)
        elif act == 2:
            place = chance.randrange(len(rows[0]))
            rows = [r[:place] + r[place + 1 :] for r in rows]
        elif act == 3:
            chance.shuffle(row)
        elif row:
            row[chance.randrange(len(row))] = str(any_value(chance))[:200_000]
        if not rows or not rows[0]:
            break
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=chance.choice([",", ",", ";", "\t"])).writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


def front_matter_damage(data, chance):
    """Return Markdown whose front matter says something else."""
    lines = data.decode().split("\n")
    names = [place for place, line in enumerate(lines[:15]) if ": " in line]
    place = chance.choice(names or [0])
    name = lines[place].partition(":")[0]
    value = chance.choice(
        [
            json.dumps(any_value(chance)),
            str(chance.choice(TEXTS)),
            "&a [*a]",
            "*nothing",
            "!!set {a}",
            "!!python/object/apply:os.system [x]",
            "[" * 300,
            "2026-13-45",
            "0x" + "f" * 9000,
            "{a: b",
            "1:" * 500 + "1",
            "|\n  a\n b",
            "2026-11-23 12:00:00",
            "!!binary @",
            "? a",
        ]
    )
    lines[place] = chance.choice([f"{name}: {value}", value, f"{name}: {value}\n{name}: 1", ""])
    return "\n".join(lines).encode("utf-8", "surrogatepass")


_SQL = [
    "CREATE TRIGGER odd AFTER UPDATE ON progress BEGIN DELETE FROM answer; END",
    "CREATE TABLE odd (a)",
    "CREATE VIEW odd AS SELECT randomblob(1000000000)",
    "CREATE INDEX odd ON question (title)",
    "DROP TRIGGER own_question_added",
    "DROP VIEW tracker",
    "DROP TABLE answer",
    "ALTER TABLE answer ADD COLUMN odd TEXT",
    "ALTER TABLE answer RENAME COLUMN body TO text",
    "DELETE FROM _sqlite_migrations",
    "DELETE FROM _sqlite_migrations WHERE name = 'answers_stories_reviews'",
    "UPDATE _sqlite_migrations SET name = 'later' WHERE name = 'first_schema'",
    "DELETE FROM question WHERE id = 'L-01'",
    "DELETE FROM category WHERE position = 1",
    "DELETE FROM search_doc",
    "DELETE FROM change WHERE id = 1",
    "UPDATE history SET new = '{}' WHERE id = 1",
    "UPDATE history SET field = 'odd' WHERE id = 1",
    "UPDATE progress SET status = 'odd' WHERE rowid = 1",
    "UPDATE sqlite_master SET sql = replace(sql, 'TEXT', 'BLOB') WHERE name = 'answer'",
    "UPDATE sqlite_master SET sql = replace(sql, 'done', 'DONE') WHERE name = 'progress'",
    "UPDATE sqlite_master SET rootpage = 3 WHERE name = 'answer'",
    "PRAGMA user_version = 99",
    "PRAGMA page_size = 512",
    "PRAGMA journal_mode = DELETE",
    "VACUUM",
]


def database_damage(source, target, chance):
    """Write a database to `target` that is `source` with its bytes or what it says changed."""
    shutil.copy(source, target)
    if chance.random() < 0.4:
        target.write_bytes(_database_bytes(target.read_bytes(), chance))
        return
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA writable_schema = ON")
        for _ in range(chance.randint(1, 3)):
            try:
                _database_value(connection, chance)
                connection.commit()
            except (sqlite3.Error, ValueError, OverflowError):
                connection.rollback()


def _database_bytes(data, chance):
    if chance.random() < 0.5:
        return text_damage(data, chance)
    page = chance.randrange(len(data) // 4096) * 4096
    changed = bytearray(data)
    for _ in range(chance.choice([1, 10, 100])):
        changed[page + chance.randrange(4096)] = chance.randrange(256)
    return bytes(changed)


def _database_value(connection, chance):
    if chance.random() < 0.4:
        connection.execute(chance.choice(_SQL))
        return
    tables = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            " AND name NOT LIKE 'search_index%'"
        )
    ]
    table = chance.choice(tables)
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    value = any_value(chance)
    if isinstance(value, (list, dict)):
        value = json.dumps(value)
    if isinstance(value, str) and chance.random() < 0.2:
        value = value.encode("utf-8", "surrogatepass")
    cast = "CAST(? AS TEXT)" if isinstance(value, bytes) else "?"
    rows = f"LIMIT {chance.choice([1, 1, 5])} OFFSET {chance.randrange(8)}"
    connection.execute(
        f"UPDATE {table} SET {chance.choice(columns)} = {cast} WHERE rowid IN"
        f" (SELECT rowid FROM {table} {rows})",
        [value],
    )
