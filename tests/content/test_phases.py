from prep.content import phases
from prep.content.models import BEHAVIORAL


def test_phases_end_with_the_questions_outside(db):
    found = phases.list_phases(db)
    assert [phase.position for phase in found] == [1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7]
    outside = found[-1]
    assert (outside.first_week, outside.last_week) == (None, None)
    assert (outside.title, outside.key) == (phases.OUTSIDE_SEQUENCE, "behavioral:outside")
    assert outside.question_ids == tuple(f"M-{n:02d}" for n in range(1, 9))
    assert sum(len(phase.question_ids) for phase in found) == 291


def test_titles_are_the_phases_without_their_questions(db):
    titles = phases.phase_titles(db)
    assert [p.title for p in titles] == [p.title for p in phases.list_phases(db)]
    assert all(phase.question_ids == () for phase in titles)


def test_categories_stand_in_the_sheets_order_and_know_what_is_listened_for(db):
    found = phases.list_categories(db, BEHAVIORAL)
    assert [category.position for category in found] == list(range(1, len(found) + 1))
    assert (found[0].key, found[0].title) == ("behavioral:1", "Leadership")
    assert found[0].signal
    assert phases.list_categories(db)[-len(found) :] == found


def test_a_category_of_retired_questions_alone_is_left_out(db):
    db.execute(
        "UPDATE question SET retired = 1 WHERE sheet = 'behavioral' AND category_position = 1"
    )
    assert phases.list_categories(db, BEHAVIORAL)[0].position == 2


def test_each_sheet_says_something_of_its_pace(db):
    notes = phases.pace_notes(db)
    assert list(notes) == ["system-design", "behavioral"]
    assert all(sentence for sentences in notes.values() for sentence in sentences)
