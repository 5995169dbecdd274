"""A form keeps what is typed until it is saved or discarded."""

from prep.practice import form_drafts, stories


def field(page, name):
    return next(e for e in page.text_input if e.key == f"story:-{name}" or name in (e.key or ""))


def button(page, label):
    return next(e for e in page.button if e.label == label)


def test_what_is_typed_outlasts_the_visit(open_page, db):
    page = open_page("stories")
    field(page, "title").set_value("Half a title").run()
    again = open_page("stories")
    assert field(again, "title").value == "Half a title"
    assert "draft kept, not saved" in [caption.value for caption in again.caption]
    assert stories.list_stories(db) == []


def test_saved_it_is_empty_again(open_page, db):
    page = open_page("stories")
    field(page, "title").set_value("The migration").run()
    button(page, "Save story").click().run()
    assert [story.title for story in stories.list_stories(db)] == ["The migration"]
    assert db.execute("SELECT count(*) FROM form_draft").fetchone() == (0,)


def test_discarded_it_shows_what_is_saved(open_page, db, clock):
    story = stories.save(db, clock, {"title": "The migration"})
    form_drafts.keep(db, clock, form_drafts.of_story(db, story), {"title": "Other words"})
    page = open_page("stories", story=story)
    assert field(page, "title").value == "Other words"
    button(page, "Discard it").click().run()
    assert field(page, "title").value == "The migration"


def test_what_is_refused_stays_typed(open_page, db):
    page = open_page("stories")
    button(page, "Save story").click().run()
    assert "needs a title" in page.error[0].value
    field(page, "company").set_value("Acme").run()
    button(page, "Save story").click().run()
    assert field(page, "company").value == "Acme"
