"""After an article comes the answer, and reading is noted with the step."""

from prep.content import articles, questions


def article(db):
    return articles.get(db, questions.get(db, "SD-001").permalink)


def test_the_step_notes_that_it_is_read_and_opens_the_answer(open_page, db):
    test = open_page("question", id="SD-001", view="read")
    test.button(key="read-and-answer").click().run()
    assert article(db).read_on is not None
    assert test.query_params["view"] == "answer"
    assert any(button.key == "save-answer" for button in test.button)


def test_who_has_read_it_goes_on_and_may_take_that_back(open_page, db):
    open_page("question", id="SD-001", view="read").button(key="read-and-answer").click().run()
    test = open_page("question", id="SD-001", view="read")
    assert test.button(key="read-and-answer").label == "Write the answer"
    test.button(key="mark-read").click().run()
    assert article(db).read_on is None
    assert test.query_params["view"] == "read"
