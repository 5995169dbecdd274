"""What is typed into a form is kept until it is saved, and no tab writes over another's."""

import pytest

from prep.errors import ChangedElsewhere, InvalidValue, UnknownStory
from prep.practice import form_drafts, stories
from prep.progress import own_questions, settings
from prep.store import change_list, renumber, snapshots

EMPTY = {"title": "", "action": "", "strength": 3}


@pytest.fixture
def keep(db, clock):
    def keep(fields, **options):
        form_drafts.keep(db, clock, "story:new", fields, **options)
        return form_drafts.get(db, "story:new")

    return keep


def rows(db):
    return db.execute("SELECT count(*) FROM form_draft").fetchone()[0]


def test_fields_are_kept_one_by_one(keep):
    assert keep({"title": "The migr"}) == {"title": "The migr"}
    assert keep({"strength": 5}) == {"title": "The migr", "strength": 5}
    assert keep({"title": "The migration"}) == {"title": "The migration", "strength": 5}


def test_each_form_has_a_draft_of_its_own(keep, db):
    keep({"title": "The migration"})
    assert form_drafts.get(db, "own:new:behavioral") == {}


def test_what_is_as_it_was_saved_is_no_draft(keep, db):
    keep({"title": "The", "action": "I"})
    assert keep({"title": ""}) == {"action": "I"}
    assert keep({"action": ""}) == {}
    assert rows(db) == 0


def test_a_draft_is_dropped(keep, db):
    keep({"title": "The migration"})
    form_drafts.drop(db, "story:new")
    assert rows(db) == 0


def test_a_draft_is_no_change_that_undo_takes_back(keep, db):
    keep({"title": "The migration"})
    assert db.execute("SELECT count(*) FROM change").fetchone()[0] == 0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a\0b", "ab"), ("a\r\nb", "a\nb"), ("  a ", "  a "), ("日本語 🙂 'x'", "日本語 🙂 'x'")],
)
def test_a_text_is_kept_as_it_was_typed(keep, typed, kept):
    assert keep({"action": typed}) == {"action": kept}


def test_a_draft_without_end_is_refused(keep):
    keep({"title": "The migration"})
    with pytest.raises(InvalidValue, match="not saved"):
        keep({"action": "x" * form_drafts.MAX_DRAFT})
    assert keep({}) == {"title": "The migration"}


def test_a_longer_draft_of_another_tab_is_not_replaced(keep):
    keep({"title": "The migration nobody wanted"}, seen=EMPTY)
    with pytest.raises(ChangedElsewhere) as refused:
        keep({"title": "The m"}, seen=EMPTY)
    [field] = refused.value.fields
    assert (field.subject, field.subject_id) == ("form_draft", "story:new#title")
    assert (field.old, field.new) == ("The migration nobody wanted", "The m")
    assert keep({}) == {"title": "The migration nobody wanted"}


def test_a_draft_that_was_seen_is_replaced(keep):
    longer = keep({"title": "The migration nobody wanted"})
    assert keep({"title": "The migration"}, seen=EMPTY | longer) == {"title": "The migration"}


def test_the_same_text_from_two_tabs_is_no_conflict(keep):
    keep({"title": "The migration"}, seen=EMPTY)
    assert keep({"title": "The migration"}, seen=EMPTY) == {"title": "The migration"}


def test_another_field_of_another_tab_is_in_nobodys_way(keep):
    keep({"action": "I led it"}, seen=EMPTY)
    kept = keep({"title": "The migration"}, seen=EMPTY)
    assert kept == {"title": "The migration", "action": "I led it"}


def test_saving_drops_no_text_of_another_tab_that_was_not_seen(keep, db):
    keep({"action": "I led it, from the other tab"})
    mine = EMPTY | {"title": "The migration"}
    with pytest.raises(ChangedElsewhere):
        form_drafts.drop(db, "story:new", seen=mine)
    assert rows(db) == 1
    form_drafts.drop(db, "story:new", seen=mine | {"action": "I led it, from the other tab"})
    assert rows(db) == 0


def save_taken(db, clock, label, fields):
    """Save a story's form as a page does that shows all that was changed."""
    form = form_drafts.of_story(db, label)
    seen = snapshots.Snapshot(change_list.data_version(db))
    with (
        snapshots.detect_conflicts(seen),
        form_drafts.taken(db, form, form_drafts.shown(db, form) | fields),
    ):
        stories.save(db, clock, form_drafts.saved(db, form) | fields, label)


def test_what_is_saved_elsewhere_under_a_draft_was_not_seen(db, clock):
    label = stories.save(db, clock, {"title": "The migration", "action": "I led it"})
    form = form_drafts.of_story(db, label)
    form_drafts.keep(db, clock, form, {"title": "The move"})
    stories.save(db, clock, {"title": "The exodus", "action": "We led it"}, label)
    form_drafts.keep(db, clock, form, {"title": "The move!", "action": "They led it"})
    with pytest.raises(ChangedElsewhere) as refused:
        save_taken(db, clock, label, {"title": "The move!", "action": "They led it"})
    [field] = refused.value.fields
    assert (field.field, field.old, field.new) == ("title", "The exodus", "The move!")
    assert [(f.field, f.new) for f in refused.value.write] == [
        ("title", "The move!"),
        ("action", "They led it"),
    ]
    assert form_drafts.get(db, form) == {"title": "The move!", "action": "They led it"}

    form_drafts.keep(db, clock, form, {"title": "The exodus"})  # taken back by hand
    save_taken(db, clock, label, {"action": "They led it"})
    assert stories.get(db, label).action == "They led it"
    assert rows(db) == 0


def test_discarding_drops_no_text_of_another_tab_that_was_not_seen(keep, db):
    keep({"action": "I led it, from the other tab"})
    with pytest.raises(InvalidValue, match="look at it first"):
        form_drafts.discard(db, "story:new", EMPTY)
    form_drafts.discard(db, "story:new", form_drafts.shown(db, "story:new"))
    assert rows(db) == 0


def test_what_was_refused_is_read_and_written_by_its_field(keep, db, clock):
    keep({"title": "The migration"})
    assert form_drafts.typed(db, "story:new#title") == "The migration"
    assert form_drafts.typed(db, "story:new#strength") == "3"
    form_drafts.keep_typed(db, clock, "story:new#strength", "5")
    assert keep({}) == {"title": "The migration", "strength": 5}


def test_a_form_is_named_in_words(db, clock):
    story = form_drafts.of_story(db, stories.save(db, clock, {"title": "The migration"}))
    labels = {story, "story:new", "own:new:behavioral", "title", "L-01"}
    assert form_drafts.titles(db, labels) == {
        story: "ST-001",
        "story:new": "new story",
        "own:new:behavioral": "new question",
    }


def test_a_form_shows_what_is_saved_and_over_it_what_was_typed(db, clock):
    label = stories.save(db, clock, {"title": "The migration", "action": "I led it"})
    form = form_drafts.of_story(db, label)
    form_drafts.keep(db, clock, form, {"title": "The move"})
    stories.save(db, clock, {"action": "We led it"}, label)
    shown = form_drafts.shown(db, form)
    assert (shown["title"], shown["action"]) == ("The move", "We led it")
    assert form_drafts.saved(db, form)["title"] == "The migration"


def test_a_form_of_what_is_no_more_keeps_nothing(db, clock):
    label = stories.save(db, clock, {"title": "The migration"})
    form = form_drafts.of_story(db, label)
    stories.remove(db, clock, label)
    with pytest.raises(UnknownStory):
        form_drafts.keep(db, clock, form, {"title": "The move"})
    assert rows(db) == 0
    assert form_drafts.typed(db, f"{form}#title") == "", "a conflict can be drawn yet"


def test_a_draft_stays_with_its_story_where_that_gets_another_number(db, clock):
    label = stories.save(db, clock, {"title": "The migration"})
    form = form_drafts.of_story(db, label)
    form_drafts.keep(db, clock, form, {"title": "The move"})
    renumber.numbered(db, {label: "ST-007"})
    db.execute("UPDATE numbered SET label = 'ST-007'")
    assert form_drafts.shown(db, form_drafts.of_story(db, "ST-007"))["title"] == "The move"
    assert form_drafts.get(db, form_drafts.of_story(db, label)) == {}


def test_a_chosen_category_is_followed_where_an_import_moves_it(db, clock):
    row = {"sheet": "behavioral", "category_position": 1, "title": "Why?", "level": "EM"}
    label = own_questions.add(db, clock, row | {"difficulty": "High"})
    forms = ["own:new:behavioral", form_drafts.of_question(db, label), "own:new:system-design"]
    for form in forms:
        form_drafts.keep(db, clock, form, {"category_position": 2})
    renumber.categories(db, "behavioral", {2: 3, 3: 2})
    moved = [form_drafts.get(db, form)["category_position"] for form in forms]
    assert moved == [3, 3, 2]


def test_each_new_story_that_is_begun_is_named_with_the_question_it_is_for(db, clock):
    assert form_drafts.new_stories(db) == []
    form_drafts.keep(db, clock, form_drafts.of_new_story(db), {"title": "The migr"})
    asked = {"sheet": "behavioral", "category_position": 1, "title": "Why us?"}
    own = own_questions.add(db, clock, asked | {"level": "EM", "difficulty": "High"})
    for question_id in ("L-01", own):
        form = form_drafts.of_new_story(db, question_id)
        form_drafts.keep(db, clock, form, {"action": "I asked"})
    story = stories.save(db, clock, {"title": "The outage"})
    form_drafts.keep(db, clock, form_drafts.of_story(db, story), {"title": "The out"})
    begun = {(one.question_id, one.title) for one in form_drafts.new_stories(db)}
    assert begun == {(None, "The migr"), ("L-01", ""), (own, "")}


def test_a_new_story_starts_from_the_level_of_the_plan_and_a_draft_keeps_what_was_chosen(
    keep, db, clock
):
    settings.change(db, clock, {"level": "DIR"})
    assert form_drafts.shown(db, "story:new")["level"] == "DIR"
    assert form_drafts.shown(db, "story:new:L-01")["role"] == "Director"
    assert keep({"level": "EM"}) == {"level": "EM"}
    assert keep({"level": "DIR"}) == {}
