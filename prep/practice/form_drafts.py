"""What is typed into a form and not saved yet: kept field by field, on this device alone.

A draft holds only the fields that differ from what is saved. So a field that nobody typed into
goes on showing what is saved, whatever becomes of it meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlite_utils import Database

from prep import texts
from prep.clock import Clock
from prep.errors import InvalidValue, UnknownQuestion, UnknownStory
from prep.practice import stories
from prep.progress import own_questions
from prep.store import numbers, snapshots
from prep.store.database import writing

Value = str | int
Fields = Mapping[str, Value]

DRAFT = "form_draft"  # what a conflict calls it
NEW_STORY = "story:new"
MAX_DRAFT = 200_000  # characters of all fields together
_NEW_QUESTION = "own:new:"


@dataclass(frozen=True, slots=True)
class NewStory:
    """A new story that is begun: the question it is to answer, if any, and its title so far."""

    question_id: str | None
    title: str


def of_story(db: Database, story_id: str) -> str:
    """Return the name of a story's form: it stays where another device gives another number."""
    return f"story:{numbers.key_of(db, story_id)}"


def of_new_story(db: Database, question_id: str | None = None) -> str:
    """Return the name of the form that writes a new story, or one to answer a question."""
    return NEW_STORY if question_id is None else f"{NEW_STORY}:{numbers.key_of(db, question_id)}"


def new_stories(db: Database) -> list[NewStory]:
    """Return the new stories that are begun and not saved, the latest first."""
    begun = db.execute(
        "SELECT form, fields ->> 'title' FROM form_draft"
        " WHERE form = :new OR form GLOB :new || ':*' ORDER BY at DESC, form",
        {"new": NEW_STORY},
    )
    return [NewStory(_answered(db, form), title or "") for form, title in begun]


def _answered(db: Database, form: str) -> str | None:
    key = form.removeprefix(NEW_STORY).removeprefix(":")
    return numbers.label_of(db, key) if key else None


def of_question(db: Database, question_id: str) -> str:
    """Return the name of the form of a question of one's own."""
    return f"own:{numbers.key_of(db, question_id)}"


def of_new_question(sheet: str) -> str:
    """Return the name of the form that adds a question to a sheet."""
    return f"{_NEW_QUESTION}{sheet}"


def saved(db: Database, form: str) -> dict[str, Value]:
    """Return the fields of a form as they are saved. Raises UnknownStory, UnknownQuestion."""
    if _is_of_new_story(form):
        return stories.fields_of(stories.blank(db))
    if form.startswith(_NEW_QUESTION):
        return own_questions.blank(db, form.removeprefix(_NEW_QUESTION))
    kind, _, key = form.partition(":")
    label = numbers.label_of(db, key)
    if kind == "story":
        return stories.fields_of(stories.get(db, label))
    return own_questions.fields_of(db, label)


def get(db: Database, form: str) -> dict[str, Value]:
    """Return the fields that were typed into a form and not saved, empty where there are none."""
    row = db.execute("SELECT fields FROM form_draft WHERE form = ?", [form]).fetchone()
    return json.loads(row[0]) if row else {}


def shown(db: Database, form: str) -> dict[str, Value]:
    """Return what a form shows: what is saved, and over it what was typed.

    Raises UnknownStory, UnknownQuestion.
    """
    draft = get(db, form)
    return {name: draft.get(name, value) for name, value in saved(db, form).items()}


def keep(
    db: Database, clock: Clock, form: str, fields: Fields, *, seen: Fields | None = None
) -> None:
    """Keep what is typed into some fields of a form; what is as it was saved is no draft.

    `seen` is what they were typed over: a draft that another tab wrote since is not replaced.
    Raises UnknownStory, UnknownQuestion, InvalidValue, ChangedElsewhere.
    """
    with writing(db):
        typed = {name: _clean(value) for name, value in fields.items()}
        _refuse_stale(db, form, seen, typed)
        now, before = saved(db, form), get(db, form)
        draft = {name: value for name, value in before.items() if value != now.get(name)}
        new = {name: value for name, value in (draft | typed).items() if value != now.get(name)}
        if new != before:
            begun, version = _versions(db, form), snapshots.version_seen(db)
            known = {name: begun[name] for name in draft if name in begun}
            _store(db, clock, form, new, {name: known.get(name, version) for name in new})


@contextmanager
def taken(db: Database, form: str, seen: Fields) -> Iterator[None]:
    """Drop the draft of a form, which the block then saves.

    Raises ChangedElsewhere where it is not what was `seen`; and in the block, where a field that
    is written was saved elsewhere since its draft was begun.
    """
    with writing(db), snapshots.hidden_since(_versions(db, form)):
        drop(db, form, seen=seen)
        yield


def drop(db: Database, form: str, *, seen: Fields | None = None) -> None:
    """Forget the draft of a form. Raises ChangedElsewhere where it is not what was `seen`."""
    with writing(db):
        _refuse_stale(db, form, seen, seen or {})
        db.execute("DELETE FROM form_draft WHERE form = ?", [form])


def discard(db: Database, form: str, seen: Fields) -> None:
    """Forget the draft of a form. Raises InvalidValue where it is not what was `seen`."""
    with writing(db):
        if any(seen.get(name) != value for name, value in get(db, form).items()):
            raise InvalidValue("the draft was changed elsewhere meanwhile: look at it first")
        drop(db, form)


def typed(db: Database, field_id: str) -> str:
    """Return what a field, as a conflict calls it, shows; empty where its form is no more."""
    form, _, field = field_id.partition("#")
    try:
        return str(shown(db, form).get(field, ""))
    except (UnknownStory, UnknownQuestion):
        return ""


def keep_typed(db: Database, clock: Clock, field_id: str, text: str) -> None:
    """Keep what was refused before, for a field as a conflict calls it.

    Raises UnknownStory, UnknownQuestion, InvalidValue.
    """
    form, _, field = field_id.partition("#")
    is_number = isinstance(saved(db, form).get(field), int)
    keep(db, clock, form, {field: int(text) if is_number else text})


def titles(db: Database, labels: Collection[str]) -> dict[str, str]:
    """Return in words the form and field of each label that names one."""
    return {label: found for label in labels if (found := _title(db, label))}


def _title(db: Database, label: str) -> str | None:
    kind, _, key = label.partition(":")
    if _is_of_new_story(label) or label.startswith(_NEW_QUESTION):
        return "new story" if kind == "story" else "new question"
    return numbers.label_of(db, key) if kind in ("story", "own") and key else None


def _is_of_new_story(form: str) -> bool:
    return f"{form}:".startswith(f"{NEW_STORY}:")


def _refuse_stale(db: Database, form: str, seen: Fields | None, fields: Fields) -> None:
    """Raise ChangedElsewhere where the draft is neither what was seen nor these fields."""
    if seen is None:
        return
    for name, there in get(db, form).items():
        if name in fields:
            before = str(seen.get(name, ""))
            snapshots.refuse_stale(DRAFT, f"{form}#{name}", str(there), before, str(fields[name]))


def _store(
    db: Database, clock: Clock, form: str, draft: Fields, versions: Mapping[str, int]
) -> None:
    if sum(len(str(value)) for value in draft.values()) > MAX_DRAFT:
        raise InvalidValue(f"a form holds at most {MAX_DRAFT:,} characters that are not saved")
    if not draft:
        db.execute("DELETE FROM form_draft WHERE form = ?", [form])
        return
    row = {
        "form": form,
        "fields": json.dumps(draft),
        "versions": json.dumps(versions),
        "at": clock.now().isoformat(),
    }
    db.table("form_draft").upsert(row, pk="form")


def _versions(db: Database, form: str) -> dict[str, int]:
    """Return the data version that had been seen when the draft of each field was begun."""
    row = db.execute("SELECT versions FROM form_draft WHERE form = ?", [form]).fetchone()
    return json.loads(row[0]) if row else {}


def _clean(value: Value) -> Value:
    return texts.multiline(value) if isinstance(value, str) else value
