"""Code within flattened text."""

import pytest

from prep.content.sites.code_blocks import CODE_START, code_end, fenced

METHOD = "public void add(T x) { head = x; size++; }"


@pytest.mark.parametrize(
    ("before", "code", "after"),
    [
        ("Here it is. ", METHOD, " That was the method."),
        ("As a record: ", "record Point(int x, int y) { }", " It holds two numbers."),
        ("Two of them: ", f"{METHOD} {METHOD}", " Then words."),
        ("", "CREATE TABLE t ( id INT );", " A table."),
    ],
)
def test_code_ends_where_words_go_on(before, code, after):
    text = before + code + after
    start = CODE_START.search(text).start()
    assert text[start : code_end(text, start)] == code


def test_code_that_is_never_closed_goes_on_to_the_end():
    text = "public void add(T x) { head = x"
    assert code_end(text, 0) == len(text)


def test_java_is_broken_at_braces_and_statements_but_not_in_brackets():
    code = "public void each() { for (int i = 0; i < n; i++) { call(i); } }"
    assert fenced(code) == (
        "```java\npublic void each() {\n    for (int i = 0; i < n; i++) {\n        call(i);\n"
        "    }\n}\n```"
    )


def test_json_is_told_by_its_first_brace():
    assert fenced('{ "a": 1 }').startswith("```json\n{\n")


def test_sql_lists_one_column_a_line():
    assert fenced("CREATE TABLE t ( id INT, name VARCHAR(20), PRIMARY KEY (id, name) );") == (
        "```sql\nCREATE TABLE t (\n    id INT,\n    name VARCHAR(20),\n"
        "PRIMARY KEY (id, name) );\n```"
    )


def test_each_statement_of_sql_begins_at_the_margin():
    lines = fenced("CREATE TABLE a ( x INT ); CREATE INDEX i ON a ( x );").split("\n")
    assert [line for line in lines if line.startswith("CREATE")] == [
        "CREATE TABLE a (",
        "CREATE INDEX i ON a (",
    ]
