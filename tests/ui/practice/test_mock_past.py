"""What came of the mock interviews that were finished."""

from datetime import timedelta

from prep.clock import Clock
from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN
from prep.practice import mock_draw
from tests.pages.conftest import texts
from tests.ui.practice.mock_interviews import hold


def test_hundreds_of_answers_are_listed_and_charted(open_page, db, clock):
    ids = [row.id for row in mock_draw.candidates(db, Clock(), {"sheet": [BEHAVIORAL]})]
    for week in range(40):
        then = Clock(now=lambda week=week: clock.now() - timedelta(weeks=40 - week))
        hold(db, then, ids[week : week + 5], BEHAVIORAL, value=week % 4)
    hold(db, clock, ["SD-001"], SYSTEM_DESIGN)
    test = open_page("mock")
    assert "41 interviews, 201 answers." in texts(test)
    assert len(test.dataframe[0].value) == 201
    assert len(test.get("vega_lite_chart") or test.get("arrow_vega_lite_chart")) == 2
