"""The deck, opened by Anki's own library."""

import re
import warnings
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from prep.clock import Clock
from prep.content import importer
from prep.exchange import anki
from prep.practice import answers
from prep.progress.tracker import Tracker
from prep.store import undo_redo

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Anki's generated code, at its import
    from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest


@pytest.fixture
def collection(tmp_path):
    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def imported(collection, deck, tmp_path):
    path = tmp_path / "prep.apkg"
    path.write_bytes(deck)
    request = ImportAnkiPackageRequest(
        package_path=str(path), options=ImportAnkiPackageOptions(with_scheduling=False)
    )
    collection.import_anki_package(request)
    return {
        note.fields[2]: note
        for note in (collection.get_note(note_id) for note_id in collection.find_notes(""))
    }


def test_anki_opens_the_deck_with_every_question(db, clock, collection, tmp_path):
    answers.save(db, clock, "L-01", "My **answer** <script>alert(1)</script>")
    notes = imported(collection, anki.deck(db, clock), tmp_path)
    assert len(notes) == 291
    assert {deck.name for deck in collection.decks.all_names_and_ids()} >= {
        "Prep::System design",
        "Prep::Behavioral",
    }
    assert (
        notes["L-01"].fields[1]
        == "<p>My <strong>answer</strong> &lt;script&gt;alert(1)&lt;/script&gt;</p>"
    )
    assert set(notes["L-01"].tags) == {"behavioral", "Leadership", "EM+DIR"}
    assert (
        'href="https://nskillhub.com/system-design/classic/url-shortener/"'
        in notes["SD-001"].fields[1]
    )
    assert notes["SD-001"].fields[0] == "<p>URL Shortener (bit.ly)</p>"


def after(clock, **passed):
    return Clock(clock.zone, lambda: clock.now() + timedelta(**passed))


def test_importing_again_updates_and_adds_nothing(db, clock, collection, tmp_path):
    first = imported(collection, anki.deck(db, clock), tmp_path)
    later = after(clock, hours=1)
    answers.save(db, later, "L-02", "A later answer")
    second = imported(collection, anki.deck(db, later), tmp_path)
    assert {key: note.id for key, note in first.items()} == {
        key: note.id for key, note in second.items()
    }
    assert second["L-02"].fields[1] == "<p>A later answer</p>"


def edit_in_anki(collection, note, text, at):
    """Change a note's answer as a person does in Anki, at an instant."""
    note["Answer"] = text
    collection.update_note(note)
    collection.db.execute("UPDATE notes SET mod = ? WHERE id = ?", int(at.timestamp()), note.id)


def test_a_note_edited_in_anki_stays_until_it_changes_here(db, clock, collection, tmp_path):
    answers.save(db, clock, "L-01", "Mine")
    notes = imported(collection, anki.deck(db, clock), tmp_path)
    for key in ("L-01", "L-02", "SD-001"):
        edit_in_anki(collection, notes[key], f"Edited {key}", clock.now() + timedelta(hours=1))
    unrelated = after(clock, hours=2)
    answers.save(db, unrelated, "L-03", "Another's")
    Tracker(db, unrelated).set_status(["L-01", "L-02", "SD-001"], "in_progress")
    importer.import_shipped(db, unrelated)
    notes = imported(collection, anki.deck(db, after(clock, hours=3)), tmp_path)
    assert notes["L-03"].fields[1] == "<p>Another's</p>"
    for key in ("L-01", "L-02", "SD-001"):
        assert notes[key].fields[1] == f"Edited {key}"
    later = after(clock, hours=4)
    answers.save(db, later, "L-02", "Newer here")
    undo_redo.undo(db, later)
    answers.save(db, later, "L-01", "Newer here, too")
    db.execute("UPDATE article SET summary = 'Before' WHERE permalink LIKE '%/url-shortener/'")
    importer.import_shipped(db, later)
    notes = imported(collection, anki.deck(db, after(clock, hours=5)), tmp_path)
    assert notes["L-01"].fields[1] == "<p>Newer here, too</p>"
    assert "What they listen for" in notes["L-02"].fields[1]
    assert "url-shortener" in notes["SD-001"].fields[1]


def test_a_change_stamped_in_the_future_is_as_new_as_the_export(db, clock, collection, tmp_path):
    answers.save(db, after(clock, days=900), "L-01", "From a device whose clock is wrong")
    notes = imported(collection, anki.deck(db, clock), tmp_path)
    edit_in_anki(collection, notes["L-01"], "Edited", clock.now() + timedelta(hours=1))
    assert imported(collection, anki.deck(db, clock), tmp_path)["L-01"].fields[1] == "Edited"


def test_the_note_type_is_no_newer_with_each_export(db, clock, collection, tmp_path):
    imported(collection, anki.deck(db, clock), tmp_path)
    kind = collection.models.by_name("Prep question")
    kind["css"] = ".card { color: teal; }"
    collection.models.update_dict(kind)
    imported(collection, anki.deck(db, after(clock, days=400)), tmp_path)
    assert "teal" in collection.models.by_name("Prep question")["css"]


RUN_BY_ANKI = [
    "[latex]\\input{/etc/passwd}[/latex]",
    "[$]x[/$]",
    "[$$]x[/$$]",
    "[sound:https://evil.example/a.mp3]",
    "[anki:tts lang=en_US]aloud[/anki:tts]",
    "![alt](https://evil.example/pixel.png)",
    "![ref]\n\n[ref]: https://evil.example/pixel.png",
    "<img src=https://evil.example/pixel.png>",
    "\\\\(x\\\\)",
    "\\\\[x\\\\]",
    "`[latex]x[/latex]`",
    "    [latex]x[/latex]",
    "```\n[sound:a.mp3]\n```",
    "| [latex]x[/latex] |\n| --- |\n| [sound:a.mp3] |",
    "[a](https://x.example '[latex]x[/latex]')",
    "<https://x.example/[latex]x[/latex]>",
]


@pytest.mark.parametrize(
    "field", ["answer", "title", "signal", "notes", "summary", "article_title"]
)
def test_nothing_in_a_note_is_run_or_fetched(db, clock, collection, tmp_path, field):
    put(db, clock, field, "begin\n\n" + "\n\n".join(RUN_BY_ANKI) + "\n\nend")
    note = imported(collection, anki.deck(db, clock), tmp_path)["L-01"]
    for card in note.cards():
        rendered = card.answer()
        page = Page()
        page.feed(rendered)
        assert not page.tags & {"img", "audio", "video", "script", "object", "iframe"}
        assert not re.search(r"\\[(\[]", page.strings)
        assert "end" in page.strings
        assert not re.search(r"\[/?(latex|\$|sound|anki)", rendered)
        assert not card.question_av_tags() + card.answer_av_tags()


class Page(HTMLParser):
    """The tags of some HTML, and its strings, parted where tags part them."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.strings = set(), ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.strings += "\n"

    def handle_endtag(self, tag):
        self.strings += "\n"

    def handle_data(self, data):
        self.strings += data


def put(db, clock, field, text):
    """Give question L-01 a text in one of the places that its note shows."""
    if field == "answer":
        answers.save(db, clock, "L-01", text)
    elif field in ("title", "notes"):
        db.execute(f"UPDATE question SET {field} = ? WHERE id = 'L-01'", [text])
    elif field == "signal":
        db.execute("UPDATE category SET signal = ?", [text])
    else:
        column = "title" if field == "article_title" else "summary"
        db.execute(f"UPDATE article SET {column} = ?", [text])
        db.execute(
            "UPDATE question SET permalink = (SELECT permalink FROM article) WHERE id = 'L-01'"
        )


@pytest.mark.parametrize(
    "field", ["answer", "title", "signal", "notes", "summary", "article_title"]
)
def test_every_character_of_a_text_is_seen_in_its_note(db, clock, collection, tmp_path, field):
    controls = [chr(code) for code in (*range(1, 9), 11, 12, *range(14, 32), 127)]
    put(db, clock, field, "begin " + " ".join(f"x{control}y" for control in controls) + " end")
    note = imported(collection, anki.deck(db, clock), tmp_path)["L-01"]
    assert len(note.fields) == 3
    seen = "".join(note.fields)
    for control in controls:
        picture = chr(0x2421 if control == "\x7f" else 0x2400 + ord(control))
        assert f"x{picture}y" in seen
    assert note.fields[2] == "L-01"
    assert "end" in note.fields[0 if field == "title" else 1]


def test_what_is_no_answer_is_named(db, clock, collection, tmp_path):
    notes = imported(collection, anki.deck(db, clock), tmp_path)
    rows = {row["id"]: row for row in db.query("SELECT id, signal, notes FROM tracker")}
    for key, note in notes.items():
        assert note.fields[1].startswith("<p>No answer yet.</p>")
        paragraphs = note.fields[1].split("\n<p>")[1:]
        assert all(p.startswith(("<b>", '<a href="https://nskillhub.com/')) for p in paragraphs)
        assert ("<b>What they listen for</b>" in note.fields[1]) == bool(rows[key]["signal"])


def test_headings_without_text_below_stand_in_no_note(db, clock, collection, tmp_path):
    answers.save(db, clock, "SD-001", "## Requirements\n\n\n## Estimates\n")
    answers.save(db, clock, "SD-002", "## Requirements\n\nMany users.\n\n## Estimates\n")
    notes = imported(collection, anki.deck(db, clock), tmp_path)
    assert notes["SD-001"].fields[1].startswith("<p>No answer yet.</p>")
    assert notes["SD-002"].fields[1] == "<h2>Requirements</h2>\n<p>Many users.</p>"
