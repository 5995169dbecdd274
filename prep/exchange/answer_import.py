"""Takes in what a person edited in the Markdown files of answers and notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from sqlite_utils import Database

from prep.clock import Clock
from prep.content import questions
from prep.content.import_report import Counts, Report
from prep.content.questions import Question
from prep.exchange import present_questions, three_way
from prep.exchange.markdown_answers import AnswerFile
from prep.exchange.three_way import ANSWER, NOTES, Resolve
from prep.practice import answers
from prep.progress.tracker import Tracker
from prep.store import change_log
from prep.store.change_rows import Edit
from prep.store.database import writing


def take_in(
    db: Database, clock: Clock, found: list[AnswerFile], source: str, resolve: Resolve | None = None
) -> Report:
    """Keep what a person edited in the answers and notes of files, as one change.

    What was edited here as well is left as it is, unless `resolve` says otherwise, and so is a
    question that is not here. An answer moves its question to drafted as a saved one does. Raises
    UnknownQuestion, InvalidValue.
    """
    with writing(db):
        by_id = {file.question_id: file for file in found}
        titles_there = {name: file.title for name, file in by_id.items()}
        digests = {name: file.title_digest for name, file in by_id.items() if file.title_digest}
        names, warnings = present_questions.find(db, by_id, titles_there, digests)
        found = [replace(by_id[name], question_id=here) for name, here in names.items()]
        known = {file.question_id: questions.get(db, file.question_id) for file in found}
        here = {
            name: {ANSWER: answers.get(db, name), NOTES: question.personal_notes}
            for name, question in known.items()
        }
        edited = {file.question_id: file.fields for file in found}
        past = partial(three_way.past_values, db)
        titles = {name: question.title for name, question in known.items()}
        settled = three_way.settle(edited, here, past, resolve, titles)
        edits = _edits(db, clock, known, settled.taken)
        differences = three_way.differences(db, edits, titles)
        change_log.write_together(db, clock, edits)
    fields = Counter(name for difference in differences for name in difference.fields)
    counts = {
        "answers": Counts(changed=fields[ANSWER], unchanged=len(found) - len(differences)),
        "notes": Counts(changed=fields[NOTES]),
    }
    left = [said for file in found for said in file.left]
    return Report(source, None, counts, differences, settled.conflicts, warnings + left)


def _edits(
    db: Database,
    clock: Clock,
    known: Mapping[str, Question],
    taken: Mapping[str, Mapping[str, Any]],
) -> list[Edit]:
    """Return what to write of the fields that are taken: answers, and notes and statuses."""
    bodies, progress = {}, {}
    for question_id, fields in taken.items():
        if ANSWER in fields:
            bodies[question_id] = {"body": answers.checked(fields[ANSWER])}
        noted = {"personal_notes": fields[NOTES]} if NOTES in fields else {}
        begins = answers.begins(known[question_id].status, fields.get(ANSWER, ""))
        progress[question_id] = noted | ({"status": "drafted"} if begins else {})
    return [Edit("answer", bodies), Tracker(db, clock).prepared(progress)]
