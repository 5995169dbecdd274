"""Two small indexes: in the second, things moved, were reworded, dropped and added."""

from prep.content.models import BEHAVIORAL, SYSTEM_DESIGN, Category, Question, Sheet, StatedTotals
from prep.content.sites.markdown_folder import Article
from prep.content.sites.sources import Content

BEHAVIORAL_TITLES = {
    "L-01": "Tell me about leading a migration",
    "L-02": "Describe an unpopular decision you took",
    "L-03": "How do you hire engineers quickly",
    "T-01": "Walk through resolving production outages",
    "T-02": "When did you push back on executives",
}
LATER_BEHAVIORAL_TITLES = {
    "L-01": "What makes a good roadmap",  # new, and the rest moves down
    "L-02": "Tell me about leading a migration",
    "L-03": "Describe an unpopular decision you made",  # reworded where it came to
    "T-01": "Growing people beyond their role",  # another in its place
    "T-02": "When did you push back on executives",
}
SYSTEM_DESIGN_TITLES = {"SD-001": "URL shortener", "SD-002": "Rate limiter", "SD-003": "News feed"}
LATER_SYSTEM_DESIGN_TITLES = {
    "SD-001": "URL shortener",
    "SD-002": "News feed",
    "SD-003": "Rate limiter",
    "SD-004": "Object storage",
}


def content(version, behavioral, system_design, categories, permalinks):
    sheets = (
        sheet(SYSTEM_DESIGN, system_design, ["Basics", "Storage"], graded={}),
        sheet(BEHAVIORAL, behavioral, categories, graded={"level": "EM", "difficulty": "High"}),
    )
    articles = tuple(
        Article(link, title, "system-design", None, None, f"# {title}\n\nText.\n")
        for title, link in permalinks.items()
    )
    return Content(sheets, articles, version)


def sheet(slug, titles, categories, graded):
    places = {key: 1 + n % len(categories) for n, key in enumerate(titles)}
    return Sheet(
        slug=slug,
        title=slug,
        permalink=f"/{slug}/",
        last_updated=None,
        phases=(),
        pace_notes=(),
        stated=StatedTotals(),
        categories=tuple(Category(n, title) for n, title in enumerate(categories, start=1)),
        questions=tuple(
            Question(key, places[key], title, "todo", None, **graded)
            for key, title in titles.items()
        ),
    )


FIRST = content(
    "first",
    BEHAVIORAL_TITLES,
    SYSTEM_DESIGN_TITLES,
    ["Leading", "Trouble"],
    {"Shortener": "/a/", "Limiter": "/b/"},
)
SECOND = content(
    "second",
    LATER_BEHAVIORAL_TITLES,
    LATER_SYSTEM_DESIGN_TITLES,
    ["Growth", "Leading", "Trouble"],
    {"Shortener": "/a/", "Limiter": "/c/", "Storage": "/d/"},
)
