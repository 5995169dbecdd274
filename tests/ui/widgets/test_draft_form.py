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


def test_a_choice_that_is_no_longer_there_can_be_changed_or_discarded(open_page, db, clock):
    form = form_drafts.of_new_question("behavioral")
    for act in ("change", "discard"):
        form_drafts.keep(db, clock, form, {"title": "Why us?", "category_position": 99})
        page = open_page("sheets")
        page.session_state["add-question"] = True
        page.run()
        category = next(e for e in page.selectbox if e.label == "Category of the question")
        assert category.format_func(99) == "No longer there: choose another"
        button(page, "Add").click().run()
        assert "there is no category 99" in page.error[0].value
        if act == "discard":
            button(page, "Discard it").click().run()
            assert form_drafts.get(db, form) == {}
        else:
            category = next(e for e in page.selectbox if e.label == "Category of the question")
            category.set_value(1).run()
            button(page, "Add").click().run()
            assert db.execute("SELECT title FROM question WHERE own").fetchone() == ("Why us?",)
