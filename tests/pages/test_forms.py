"""What is typed into a form is there again until it is saved or discarded."""

import pytest

from prep.practice import form_drafts, stories
from prep.progress import own_questions

from .conftest import texts, unfold

KEPT = "draft kept, not saved"
QUESTION = {"sheet": "behavioral", "category_position": 1, "title": "Why us?", "notes": "Be kind."}


class Form:
    """A form on its page: how it is opened, two of its fields, its button and its name."""

    def __init__(self, open_page, page, panel, button, line, area, name, **query):
        self.line, self.area, self.button, self.name = line, area, button, name
        self.open_page, self.page, self.panel, self.query = open_page, page, panel, query
        self.test = None

    def open(self):
        """Open it in a new session, which knows nothing of what was typed in another."""
        self.test = self.open_page(self.page, **self.query)
        if self.panel:
            unfold(self.test, self.panel)
        return self

    def widget(self, name):
        every = [*self.test.text_input, *self.test.text_area]
        return next(widget for widget in every if widget.label == name)

    def type(self, name, text):
        self.widget(name).set_value(text).run()
        assert not self.test.exception
        return self

    def press(self, label):
        next(b for b in self.test.button if b.label == label).click().run()
        assert not self.test.exception
        return self

    def values(self):
        return self.widget(self.line).value, self.widget(self.area).value

    def is_draft(self):
        labels = {button.label for button in self.test.button}
        assert (KEPT in texts(self.test)) == ("Discard it" in labels)
        return KEPT in texts(self.test)


@pytest.fixture(params=["new story", "story", "new question", "question"])
def form(request, open_page, db, clock):
    story = ("Save story", "Title", "Action")
    question = ("What is asked", "Notes on the question")
    if request.param == "new story":
        return Form(open_page, "stories", "new-story", *story, "story:new")
    if request.param == "story":
        label = stories.save(db, clock, {"title": "The migration", "action": "I led it"})
        name = form_drafts.of_story(db, label)
        return Form(open_page, "stories", None, *story, name, story=label)
    if request.param == "new question":
        return Form(open_page, "sheets", "add-question", "Add", *question, "own:new:behavioral")
    graded = {"level": "EM", "difficulty": "High"}
    label = own_questions.add(db, clock, QUESTION | graded)
    name = form_drafts.of_question(db, label)
    address = {"id": label, "view": "details"}
    return Form(open_page, "question", None, "Save", *question, name, **address)


def test_a_new_session_shows_what_was_typed(form, db):
    form.open().type(form.line, "Half a ti").type(form.area, "Half an ar")
    assert form.open().values() == ("Half a ti", "Half an ar")
    assert form.is_draft()


def test_what_is_saved_is_no_draft_any_more(form, db):
    form.open().type(form.line, "A whole title").type(form.area, "A whole area")
    form.press(form.button)
    assert form_drafts.get(db, form.name) == {}
    told = [(story.title, story.action) for story in stories.list_stories(db)]
    own = db.execute("SELECT title, notes FROM question WHERE own").fetchall()
    assert [*told, *own] == [("A whole title", "A whole area")]
    assert KEPT not in texts(form.test)


def test_what_is_refused_stays_a_draft(form, db):
    form.open().type(form.line, "").type(form.area, "An area")
    form.press(form.button)
    assert form.test.error
    assert form.open().values() == ("", "An area")


def test_discarding_asks_and_shows_what_is_saved(form, db):
    before = form.open().values()
    assert not form.is_draft()
    form.type(form.line, "Half a ti").type(form.area, "Half an ar")
    assert "What you typed since the last save is lost." in texts(form.test)
    form.press("Discard it")
    assert form.values() == before
    assert not form.is_draft()
    assert form_drafts.get(db, form.name) == {}


def test_what_is_taken_back_by_hand_is_no_draft(form, db):
    before, _ = form.open().values()
    form.type(form.line, "Half a ti")
    assert form.is_draft()
    form.type(form.line, before)
    assert not form.is_draft()
    assert db.execute("SELECT count(*) FROM form_draft").fetchone()[0] == 0


def test_a_longer_draft_of_another_tab_is_not_replaced(form, db):
    here = form.open().test
    form.open().type(form.line, "A longer title, typed in another tab")
    form.test = here
    form.type(form.line, "A short")
    assert form_drafts.get(db, form.name) == {"title": "A longer title, typed in another tab"}
    assert "Changed elsewhere while this page was open" in texts(here)
    here.button(key="use-mine").click().run()
    assert not here.exception
    assert form_drafts.get(db, form.name) == {"title": "A short"}
    assert form.open().values()[0] == "A short"


def test_what_was_saved_elsewhere_under_a_draft_is_not_overwritten(open_page, db, clock):
    story = stories.save(db, clock, {"title": "The migration", "action": "I led it"})

    def action(test):
        return next(area for area in test.text_area if area.label == "Action")

    def save(test):
        next(button for button in test.button if button.label == "Save story").click().run()
        assert not test.exception

    action(open_page("stories", story=story)).set_value("I led it, from the laptop").run()
    stories.save(db, clock, {"action": "I led it, from the phone"}, story)
    test = open_page("stories", story=story)  # it shows the draft, and not what is saved by now
    save(test)
    assert stories.get(db, story).action == "I led it, from the phone"
    assert [t.value for t in test.text] == ["I led it, from the phone", "I led it, from the laptop"]
    assert action(test).value == "I led it, from the laptop"
    test.button(key="use-mine").click().run()
    assert stories.get(db, story).action == "I led it, from the laptop"
    assert "draft kept, not saved" not in texts(test)

    action(test).set_value("I led it, seen by both").run()
    save(test)
    assert stories.get(db, story).action == "I led it, seen by both"


def test_saving_drops_no_draft_of_another_tab(form, db):
    here = form.open().type(form.line, "A whole title").test
    form.open().type(form.area, "An area, typed in another tab")
    form.test = here
    form.press(form.button)
    assert "Changed elsewhere while this page was open" in texts(here)
    assert form.open().values() == ("A whole title", "An area, typed in another tab")


def test_discarding_takes_no_draft_of_another_tab(form, db):
    here = form.open().type(form.line, "A title").test
    form.open().type(form.area, "An area, typed in another tab")
    form.test = here
    form.press("Discard it")
    assert "the draft was changed elsewhere meanwhile" in here.error[0].value
    assert form.values() == ("A title", "An area, typed in another tab")


def test_a_choice_of_an_old_tab_replaces_none_of_another(open_page, db):
    def choose(test, strength):
        next(box for box in test.selectbox if box.label == "Strength").set_value(strength).run()

    old = open_page("stories")
    choose(open_page("stories"), 5)
    choose(old, 1)
    assert form_drafts.get(db, "story:new") == {"strength": 5}
    assert "new story · strength" in texts(old)
    old.button(key="use-mine").click().run()
    assert form_drafts.get(db, "story:new") == {"strength": 1}


def test_a_choice_is_kept_as_a_text_is(open_page, db):
    test = open_page("stories")
    next(box for box in test.selectbox if box.label == "Strength").set_value(5).run()
    assert form_drafts.get(db, "story:new") == {"strength": 5}
    again = open_page("stories")
    assert next(box for box in again.selectbox if box.label == "Strength").value == 5


def test_a_form_of_each_sheet_has_its_own_draft(open_page, db):
    test = unfold(open_page("sheets"), "add-question")
    test.text_input(key="own:new:behavioral-title").set_value("Why us?").run()
    test.segmented_control(key="own-sheet").set_value("system-design").run()
    assert test.text_input(key="own:new:system-design-title").value == ""
    test.segmented_control(key="own-sheet").set_value("behavioral").run()
    assert test.text_input(key="own:new:behavioral-title").value == "Why us?"


def test_a_field_that_nobody_typed_into_shows_what_is_saved_since(open_page, db, clock):
    label = stories.save(db, clock, {"title": "The migration", "action": "I led it"})
    test = open_page("stories", story=label)
    next(t for t in test.text_input if t.label == "Title").set_value("The mo").run()
    stories.save(db, clock, {"action": "We led it"}, label)
    test = open_page("stories", story=label)
    assert next(t for t in test.text_input if t.label == "Title").value == "The mo"
    assert next(t for t in test.text_area if t.label == "Action").value == "We led it"
