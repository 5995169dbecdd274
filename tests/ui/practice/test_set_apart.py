"""The list of what is set apart."""

from datetime import timedelta

from prep.clock import Clock
from prep.practice import reviews
from prep.practice.review_failures import TOO_MANY
from tests.pages.conftest import texts


def test_it_lists_each_with_its_title_as_text_and_leads_to_its_answer(open_page, db, tracker):
    tracker.set_status(["L-01", "L-02"], "done", on=Clock().today() - timedelta(days=9))
    for days in range(TOO_MANY, 0, -1):
        at = Clock().now() - timedelta(days=days)
        for question_id in ("L-01", "L-02"):
            reviews.rate(db, Clock(now=lambda at=at: at), question_id, 1)
    test = open_page("review")
    assert f"on {TOO_MANY} days in a row" in texts(test)
    addresses = [link.proto.query_string for link in test.get("page_link")]
    assert [one for one in addresses if "L-0" in one] == ["id=L-01", "id=L-02"]
    assert test.button(key="anyway-L-01") and test.button(key="anyway-L-02")


def test_where_nothing_is_set_apart_nothing_is_drawn(open_page, db):
    assert "Set apart" not in texts(open_page("review"))
