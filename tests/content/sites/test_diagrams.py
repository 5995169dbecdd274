"""Diagrams in flattened text: where they begin and end, and how they are laid out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep.content.sites.diagrams import read_diagram

STATEMENTS = [
    'subgraph S["A b"]',
    "subgraph T",
    "end",
    "direction LR",
    "A --> B",
    "A & B & C -.-> D",
    "A -- why not --> B",
    "A ==>|yes| B",
    "A === B",
    'A["x (y) z"] --- B{"ok?"}',
    'D[("DB")]',
    "A(round)",
    "A((circle))",
    "style A fill:#f00",
    "classDef hot fill:#f00",
]


def test_a_flowchart_is_laid_out_one_statement_a_line():
    text = (
        'Before. flowchart TD subgraph S["A b"] X["x\\ny"] end X -->|"push it"| Y Y --> X & Z'
        " After it."
    )
    before, diagram, after = read_diagram(text)
    assert (before, after) == ("Before.", "After it.")
    assert diagram == (
        'flowchart TD\n    subgraph S["A b"]\n        X["x\\ny"]\n    end\n'
        '    X -->|"push it"| Y\n    Y --> X & Z'
    )


@given(st.lists(st.sampled_from(STATEMENTS)), st.sampled_from(["", "After it all."]))
def test_no_statement_is_lost_and_each_has_its_line(statements, after):
    text = " ".join(["Before.", "graph TD", *statements, "A --> B", after]).strip()
    before, diagram, rest = read_diagram(text)
    assert (before, rest) == ("Before.", after)
    assert [line.strip() for line in diagram.split("\n")] == ["graph TD", *statements, "A --> B"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No diagram here",
        "flowchart TD",
        "flowchart TD is what it is called",
        "A paragraph LR A --> B",
        "graph UP A --> B",
        "flowchart A --> B",
        "sequenceDiagrams A->>B: x",
    ],
)
def test_words_alone_are_no_diagram(text):
    assert read_diagram(text) is None


def test_a_second_diagram_is_left_to_be_read_from_what_follows():
    _, first, rest = read_diagram("graph TD A --> B graph LR C --> D")
    assert first == "graph TD\n    A --> B"
    assert read_diagram(rest) == ("", "graph LR\n    C --> D", "")


def test_subgraphs_are_indented_as_deep_as_they_lie():
    _, diagram, _ = read_diagram("graph TD subgraph S subgraph T A --> B end C --> D end E --> F")
    assert [len(line) - len(line.lstrip()) for line in diagram.split("\n")] == [
        0,
        *(4, 8, 12, 8, 8, 4, 4),
    ]


def test_an_end_too_many_does_not_leave_the_diagram():
    _, diagram, _ = read_diagram("graph TD end end A --> B")
    assert diagram == "graph TD\n    end\n    end\n    A --> B"


def test_a_sequence_has_one_message_a_line_and_its_blocks_indented():
    text = (
        "See. sequenceDiagram participant A as The client actor B A->>B: get it"
        " loop each second B-->>A: not yet end B-xA: never mind"
    )
    before, diagram, after = read_diagram(text)
    assert (before, after) == ("See.", "")
    assert diagram.split("\n") == [
        "sequenceDiagram",
        "    participant A as The client",
        "    actor B",
        "    A->>B: get it",
        "    loop each second",
        "        B-->>A: not yet",
        "    end",
        "    B-xA: never mind",
    ]


def test_a_sequence_ends_where_a_sentence_begins_after_its_last_message():
    text = (
        "sequenceDiagram A->>B: Ask once more B-->>A: Here you are, EU only Then we go on. And on."
    )
    assert read_diagram(text) == (
        "",
        "sequenceDiagram\n    A->>B: Ask once more\n    B-->>A: Here you are, EU only",
        "Then we go on. And on.",
    )


def test_of_messages_that_are_alike_the_last_one_is_the_last():
    assert read_diagram("sequenceDiagram A->>B: go A->>B: go") == (
        "",
        "sequenceDiagram\n    A->>B: go\n    A->>B: go",
        "",
    )


@pytest.mark.parametrize("mark", ["::hot", ":::hot"])
def test_a_class_of_a_node_is_left_in_place(mark):
    assert f"A[x]{mark} --> B" in str(read_diagram(f"graph TD A[x]{mark} --> B"))
