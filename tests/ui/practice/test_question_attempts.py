"""What came of a question in mock interviews, on its page."""

from tests.pages.conftest import texts
from tests.ui.practice.mock_interviews import hold


def test_a_question_shows_its_best_and_last_attempt(open_page, db, clock):
    assert "Not asked in a mock interview yet." in texts(
        open_page("question", id="L-01", view="details")
    )
    hold(db, clock, value=3)
    assert ":small[:gray[Best and last · " in texts(
        open_page("question", id="L-01", view="details")
    )
    hold(db, clock, value=0, rating=1)
    shown = texts(open_page("question", id="L-01", view="details"))
    assert "Asked 2 times" in shown
    assert ":small[:gray[Best · " in shown
    assert "**100 %** · :material/thumb_up: Good" in shown
    assert "**0 %** · :material/replay: Again" in shown
