"""The guard of a review's buttons; what it does is looked at in tests/browser/test_review.py."""

from prep.ui.browser import review_guard


def test_it_stands_on_the_page_whether_or_not_a_question_is_up(open_page, db, monkeypatch):
    drawn = []
    monkeypatch.setattr(review_guard, "_guard", lambda **parts: drawn.append(parts))
    open_page("review")
    assert drawn == [{"key": "review-guard"}]
