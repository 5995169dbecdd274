"""Questions of one's own."""

from prep.content import questions
from tests.pages.conftest import unfold


def test_a_question_of_ones_own_is_added_and_changed(open_page, db):
    test = unfold(open_page("sheets"), "add-question")
    test.text_input[-1].set_value("Tell me about a launch in the snow")
    next(b for b in test.button if b.label == "Add").click().run()
    row = questions.get(db, "X-001")
    assert row.title == "Tell me about a launch in the snow"
    test = open_page("question", id="X-001", view="details")
    title = next(t for t in test.text_input if t.label == "What is asked")
    title.set_value("Tell me about a launch in the rain")
    next(b for b in test.button if b.label == "Save").click().run()
    assert questions.get(db, "X-001").title == "Tell me about a launch in the rain"
    next(b for b in test.button if b.label == "Take it out").click().run()
    assert questions.get(db, "X-001").retired
