"""The closed vocabularies of the code are those of the database."""

import re
from typing import get_args

import pytest

from prep.content.models import ArticleStatus, Difficulty, Level, Status
from prep.content.search import Kind as HitKind
from prep.practice.attempt import Kind as AttemptKind


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("progress", "status", Status),
        ("pass_progress", "status", Status),
        ("question", "article_status", ArticleStatus),
        ("question", "level", Level),
        ("question", "difficulty", Difficulty),
        ("attempt", "kind", AttemptKind),
        ("search_doc", "kind", HitKind),
    ],
)
def test_a_type_and_its_column_have_the_same_words(db, table, column, words):
    schema = db.table(table).schema
    allowed = re.search(rf"\b{column}\b[^,]*? IN \(([^)]*)\)", schema)
    assert re.findall(r"'([^']*)'", allowed[1]) == list(get_args(words))
