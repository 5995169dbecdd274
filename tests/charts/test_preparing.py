"""What is said of stories and of mock interviews in their charts."""

import pandas as pd
import pytest

from prep.charts import preparing
from prep.charts.base import LIGHT


def cells(*counts):
    return pd.DataFrame({"story": "A", "category": "C", "questions": counts})


def strong(*counts):
    """Return for each count whether its number is written in the colour for strong cells."""
    return list(preparing.story_matrix(cells(*counts), LIGHT).data["cells"]["is_strong"])


def scores(*rows):
    """Return a frame of (position, category, day of November, score)."""
    return pd.DataFrame(
        [(p, name, pd.Timestamp(2026, 11, day), score, 1) for p, name, day, score in rows],
        columns=["position", "category", "day", "score", "answers"],
    )


def texts(*rows):
    groups = preparing.score_trends(scores(*rows), LIGHT).data["categories"]
    return dict(zip(groups["category"], groups["last_text"], strict=True))


def axis_of(*rows):
    """Return the first and last day of the axis, and how it is divided."""
    spec = preparing.score_trends(scores(*rows), LIGHT).spec
    [x] = {
        (*x["scale"]["domain"], x["axis"]["tickCount"])
        for layer in spec["layer"]
        if "axis" in (x := layer.get("encoding", {}).get("x", {}))
    }
    return x


def test_a_number_is_written_for_strong_cells_only_above_half_of_the_most():
    assert strong(0, 2, 4) == [False, False, True]
    assert strong(0, 3, 4) == [False, True, True]


def test_with_no_question_answered_no_cell_is_strong_and_no_number_is_written():
    assert strong(0, 0) == [False, False]
    layers = preparing.story_matrix(cells(0, 0), LIGHT).spec["layer"]
    assert [layer.get("transform") for layer in layers] == [
        None,
        [{"filter": "datum.questions > 0"}],
    ]


def test_a_category_is_whole_on_as_many_lines_as_it_needs():
    title = "Product Management & Roadmap (EM/Director Lens)"
    frame = cells(1, 2).assign(category=[title, "Leadership"])
    chart = preparing.story_matrix(frame, LIGHT)
    named = dict(zip(chart.data["cells"]["category"], chart.data["cells"]["row"], strict=True))
    assert named["Leadership"] == "Leadership"
    assert named[title].split("\n") == ["Product Management &", "Roadmap (EM/Director Lens)"]
    axis = chart.spec["layer"][0]["encoding"]["y"]["axis"]
    assert (axis["labelExpr"], axis["labelLimit"]) == (r"split(datum.label, '\n')", 0)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (0.25, 0.75, "75% · +50 points"),
        (0.75, 0.25, "25% · −50 points"),
        (0.5, 0.5, "50% · ±0 points"),
        (0.5, 0.499, "50% · ±0 points"),
        (0.0, 1.0, "100% · +100 points"),
        (1.0, 0.0, "0% · −100 points"),
    ],
)
def test_the_change_since_the_first_score_has_its_sign(first, last, text):
    assert texts((1, "C", 2, first), (1, "C", 9, last)) == {"C": text}


def test_a_single_score_has_no_change():
    assert texts((1, "C", 2, 0.5)) == {"C": "50%"}


def test_first_and_last_are_told_by_their_days_not_by_their_place_in_the_frame():
    assert texts((1, "C", 9, 0.75), (1, "C", 2, 0.25)) == {"C": "75% · +50 points"}


def test_rows_follow_one_another_in_the_order_of_the_sheet_whatever_was_not_asked():
    frame = scores((12, "Late", 2, 1.0), (3, "Early", 2, 0.0), (3, "Early", 3, 0.0))
    made = preparing.score_trends(frame, LIGHT)
    groups = made.data["categories"]
    assert list(zip(groups["category"], groups["row"], strict=True)) == [("Early", 0), ("Late", 1)]
    heights = dict(zip(made.data["scores"]["category"], made.data["scores"]["height"], strict=True))
    feet = dict(zip(groups["category"], groups["foot"], strict=True))
    assert heights["Early"] == feet["Early"], "a score of 0 stands at the foot of its row"
    assert groups["head"].iloc[1] < heights["Late"] < feet["Late"], "below its name"


def test_the_axis_of_days_has_room_on_both_sides():
    assert axis_of((1, "C", 2, 0.5)) == ("2026-11-01", "2026-11-03", "day")
    assert axis_of((1, "C", 2, 0.5), (2, "D", 7, 0.5)) == ("2026-11-01", "2026-11-08", "day")
    assert axis_of((1, "C", 2, 0.5), (2, "D", 8, 0.5)) == ("2026-11-01", "2026-11-09", 5)


def test_the_frame_that_is_given_stays_as_it_is():
    frame, other = scores((2, "D", 2, 0.5), (1, "C", 9, 1.0)), cells(0, 1)
    before = frame.copy(), other.copy()
    preparing.score_trends(frame, LIGHT)
    preparing.story_matrix(other, LIGHT)
    pd.testing.assert_frame_equal(frame, before[0])
    pd.testing.assert_frame_equal(other, before[1])
