"""Where each page stands: what links and switches of page are given."""

from __future__ import annotations

TODAY = "pages/today.py"
SHEETS = "pages/sheets.py"
COVERAGE = "pages/coverage.py"
TIMELINE = "pages/timeline.py"
STORIES = "pages/stories.py"
REVIEW = "pages/review.py"
MOCK = "pages/mock.py"
READ = "pages/read.py"
DATA = "pages/data.py"
QUESTION = "pages/question.py"
ANSWER = "pages/answer.py"
SESSION = "pages/session.py"


def of_url(path: str) -> str:
    """Return where the page of this address stands; the first page's address is empty."""
    return f"pages/{path}.py" if path else TODAY
