"""What is said of an import, whatever the file."""

import pytest

from prep.content.import_report import Conflict, Counts, Difference, Report


def conflict(is_taken):
    return Conflict("L-01", "Title", "personal_notes", "here", "in the file", is_taken)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (Counts(), ""),
        (Counts(added=2, unchanged=1), "2 added, 1 unchanged"),
        (Counts(moved=1, returned=3), "1 moved, 3 returned"),
    ],
)
def test_counts_are_named_where_there_are_any(counts, said):
    assert str(counts) == said


@pytest.mark.parametrize("what", ["added", "changed", "retired", "moved", "returned"])
def test_each_thing_that_can_become_of_a_row_is_a_change(what):
    assert Report("file", counts={"questions": Counts(**{what: 1}, unchanged=9)}).changes_anything


def test_what_is_unchanged_is_no_change():
    assert not Report("file").changes_anything
    assert not Report("file", counts={"questions": Counts(unchanged=9)}).changes_anything


def test_a_kind_of_row_is_named_once_it_has_any():
    report = Report("file")
    report.count("story", "added", 0)
    assert report.counts == {}
    report.count("story", "added")
    report.count("story", "changed", 2)
    assert report.summary == ["story: 1 added, 2 changed"]


def test_a_kind_of_row_of_which_nothing_came_is_none():
    assert Report("file", counts={"changes": Counts()}).summary == ["changes: none"]


@pytest.mark.parametrize(
    ("choices", "is_open"), [((), False), ((True, False), False), ((True, None), True)]
)
def test_a_report_is_open_until_each_conflict_is_chosen_on(choices, is_open):
    assert Report("file", conflicts=list(map(conflict, choices))).is_open == is_open


def test_conflicts_are_counted_by_the_side_that_is_taken():
    report = Report("file", conflicts=list(map(conflict, (True, False, None))))
    said = "changed in the file and here as well: 1 from the file, 2 as here"
    assert report.summary == [said]


def test_the_reports_of_one_source_become_one():
    report = Report("folder", counts={"articles": Counts(added=1)}, warnings=["one"])
    found = Difference("question", "L-01", "Title", "changed")
    other = Report("folder", None, {"answers": Counts(changed=1)}, [found], [conflict(None)])
    other.warnings.append("two")
    report.add(other)
    assert list(report.counts) == ["articles", "answers"]
    assert (report.differences, report.is_open) == ([found], True)
    assert report.warnings == ["one", "two"]
