"""Mock interviews that are started or held, for tests of their pages."""

from prep.practice import mock, mock_notes


def start(db, clock, ids, kind="question"):
    return mock.start(db, clock, kind, ids)


def hold(db, clock, ids=("L-01",), kind="question", value=2, rating=3):
    attempt = start(db, clock, ids, kind)
    for question_id in ids:
        mock.next_question(db, clock, attempt, question_id)
        mock_notes.score(db, attempt, question_id, "Task", value)
        mock_notes.rate(db, attempt, question_id, rating)
        mock_notes.note(db, attempt, question_id, "Said *we* twice")
    mock.finish(db, clock, attempt)


def labels(elements):
    return [element.label for element in elements]
