"""Reading articles and searching, in a real browser."""

import os
import re

from playwright.sync_api import expect

from prep.content import articles
from prep.progress import reading, time_spent
from prep.store.database import open_database

from .conftest import eventually, found_section, settled

WHATSAPP = "/system-design/classic/whatsapp-chat-messaging/"
CONTENTS = '[data-testid="stSidebar"] a[href^="#"]'

# The ids that the contents link to and no heading has.
BROKEN_LINKS = """
links => links.map(link => decodeURIComponent(link.hash.slice(1)))
    .filter(id => !document.getElementById(id))
"""


def diagrams_drawn(page, count):
    """Wait until so many diagrams are pictures, each without Mermaid's error."""
    pictures = page.locator('[data-testid="stMermaidChart"] img')
    expect(pictures).to_have_count(count)
    expect(page.get_by_text("Syntax error")).to_have_count(0)


# Every eighth article, unless all are asked for: `make test-full`.
STEP = 1 if os.environ.get("PREP_TEST_FULL") else 8


def test_articles_read_well_on_a_phone(visit, db):
    """Contents lead to headings, diagrams are drawn, nothing pushes the page sideways."""
    page = visit("/read", width=390, height=844)
    for article in articles.list_articles(db)[::STEP]:
        body = articles.get(db, article.permalink).body
        visit.open(page, "/read", article=article.permalink)
        expect(page.get_by_role("button", name="Mark as read")).to_be_visible()
        diagrams_drawn(page, body.count("```mermaid"))
        assert page.locator(CONTENTS).evaluate_all(BROKEN_LINKS) == [], article.permalink
        width = page.get_by_test_id("stMain").evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert width[0] <= width[1], article.permalink


def test_a_diagram_can_be_enlarged(visit):
    page = visit("/read", article=WHATSAPP)
    picture = page.locator('[data-testid="stMermaidChart"] img').first
    small = picture.bounding_box()
    picture.hover()
    page.get_by_role("button", name="Fullscreen").first.click()
    eventually(lambda: picture.bounding_box() != small)


def test_contents_jump_and_the_place_is_kept(visit, db_path):
    page = visit("/read", article=WHATSAPP)
    diagrams_drawn(page, 2)
    page.locator(CONTENTS, has_text="8. Deep Dive").first.click()
    heading = page.get_by_role("heading", name="8. Deep Dive — Group Messaging")
    expect(heading).to_be_in_viewport()
    with open_database(db_path) as db:
        eventually(lambda: articles.get(db, WHATSAPP).last_heading)
        kept = articles.get(db, WHATSAPP)
    page.reload()
    settled(page)
    expect(page.get_by_role("link", name=re.compile("^Continue at"))).to_have_attribute(
        "href", f"#{kept.last_anchor}"
    )


# What is given anew to the page loses the mark, or stands there twice for a moment.
MARK = "parts => parts.forEach(part => part.dataset.drawn = 'once')"


def test_what_changes_around_an_article_leaves_it_as_it_was_drawn(visit, db):
    """The line that leads back to the place, and the notes, come and go; the text stays put."""
    reading.keep_place(db, WHATSAPP, "8-deep-dive-group-messaging", "8. Deep Dive")
    page = visit("/read", article=WHATSAPP)
    diagrams_drawn(page, 2)
    parts = page.locator('h2[id], [data-testid="stMermaidChart"]')
    parts.evaluate_all(MARK)
    count = parts.count()
    marked = page.locator('[data-drawn="once"]')
    page.get_by_role("button", name="Mark as read").click()
    expect(page.get_by_role("link", name=re.compile("^Continue at"))).to_have_count(0)
    settled(page)
    expect(marked).to_have_count(count)
    page.get_by_text("Notes on each section").click()
    expect(page.get_by_label("My note on this section").last).to_be_visible()
    settled(page)
    expect(marked).to_have_count(count)
    expect(parts).to_have_count(count)


def test_a_deep_link_opens_at_its_heading(visit):
    page = visit("/")
    address = page.url + "read?article=" + WHATSAPP + "#8-deep-dive-group-messaging"
    page.goto(address)
    settled(page)
    expect(page.get_by_role("heading", name="8. Deep Dive — Group Messaging")).to_be_in_viewport()


def test_search_opens_by_a_key_and_leads_to_the_section(visit):
    page = visit("/coverage")
    page.keyboard.press("Control+k")
    expect(page.get_by_placeholder("Search questions, articles")).to_be_focused()
    page.keyboard.type("sender keys group encryp")
    found_section(page, "sender-keys").click()
    expect(page).to_have_url(re.compile("section=sender-keys"))
    expect(page.get_by_role("heading", name=re.compile("Sender Keys"))).to_be_in_viewport()


def test_the_time_of_reading_is_counted_for_the_question(visit_with_own_clock, db):
    page = visit_with_own_clock("/read", article=WHATSAPP)
    page.clock.install()
    page.reload()
    settled(page)
    expect(page.get_by_role("heading", name="1. Hook")).to_be_visible()
    page.clock.run_for(31_000)
    eventually(lambda: time_spent.of_question(db, "SD-004") == {"reading": 0.5})


def test_search_says_what_it_corrected(visit):
    page = visit("/")
    page.get_by_role("button", name="Search").click()
    page.get_by_placeholder("Search questions, articles").fill("idempotancy")
    expect(page.get_by_text("Showing results for idempotency")).to_be_visible()


def test_model_answers_wait_until_asked_for(visit):
    article = "/behavioral/leadership/l-05-lead-through-organisational-uncertainty/"
    page = visit("/read", article=article, level="Director")
    expect(page.get_by_role("heading", name=re.compile("^S4"))).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("^S3"))).to_have_count(0)
    page.get_by_text("Hide model answers until I ask").click()
    answer = page.get_by_text("[S]").first
    expect(answer).not_to_be_visible()
    page.get_by_text("Show the model answer").click()
    expect(answer).to_be_visible()


HOSTILE = """## A \u202eright-to-left\u202c <script>window.hacked=1</script> heading

<script>window.hacked=1</script>

<img src=x onerror="window.hacked=1">

[click me](javascript:window.hacked=1) and <a href="javascript:window.hacked=1">me</a>

![x](https://elsewhere.example/x.png)

| broken | table
| --- |
| a | b | c |

```java
an unclosed fence with <script>window.hacked=1</script>
"""


def test_a_hostile_article_runs_no_script(visit, db, server):
    db.table("article").update(WHATSAPP, {"body": HOSTILE})
    page = visit("/")
    page.goto(page.url + "read?article=" + WHATSAPP)
    settled(page)
    expect(page.get_by_role("button", name="Mark as read")).to_be_visible()
    for link in page.locator('[data-testid="stMain"] a').all():
        assert not (link.get_attribute("href") or "").startswith("javascript:")
    assert page.evaluate("window.hacked") is None
