"""Values that nobody means, for any place that takes one."""

NUMBERS = [0, -1, 1, 10**30, -(10**30), 2**63, 2**63 - 1, 1e308, -0.0, 0.1]
TEXTS = [
    "",
    " ",
    "\0",
    "a\0b",
    "\ud800",
    "\udfff",
    "\ufeff",
    "\u202e",
    "\u2028",
    "a\nb",
    "a\r\nb",
    "'",
    '"',
    "\\",
    "%",
    "_",
    "*",
    "--",
    ";",
    "=1+1",
    "'; DROP TABLE question; --",
    "NaN",
    "../../etc/passwd",
    "/",
    "//",
    "#",
    "L-01",
    "SD-001",
    "X-001",
    "ST-001",
    "2026-13-45",
    "0000-00-00",
    "0000-01-01",
    "9999-12-31",
    "-4713-11-24",
    "2026-11-23T12:00:00",
    "9999-12-31T23:59:59+00:00",
    "0001-01-01T00:00:00+14:00",
    "now",
    "done",
    "todo",
    "null",
    "1" * 5000,
    "²",
    "١٢",
    "x" * 100_000,
    "\U0001f600",
    "e\u0301" * 50,
    "<script>alert(1)</script>",
    "{{7*7}}",
    "{}",
    "[]",
    '{"a": 1}',
    "[[1]]",
]
OTHERS = [None, True, False, [], {}, [[]], {"": ""}, [None], ["L-01"], {"question": 1}]


def deep(levels, of=list):
    """Return lists (or objects) in one another."""
    value = 1
    for _ in range(levels):
        value = [value] if of is list else {"a": value}
    return value


def any_value(chance):
    """Return one of all these."""
    made = [chance.choice(NUMBERS), chance.choice(TEXTS), chance.choice(OTHERS)]
    made.append(deep(chance.choice([3, 200]), chance.choice([list, dict])))
    return chance.choice(made)
