"""The deck, opened by Anki's own library."""

import warnings
from datetime import timedelta

import pytest

from prep import anki, answers
from prep.clock import Clock

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
        "Prep::System design", "Prep::Behavioral",
    }  # fmt: skip
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


def test_importing_again_updates_and_adds_nothing(db, clock, collection, tmp_path):
    first = imported(collection, anki.deck(db, clock), tmp_path)
    answers.save(db, clock, "L-02", "A later answer")
    later = Clock(clock.zone, lambda: clock.now() + timedelta(hours=1))
    second = imported(collection, anki.deck(db, later), tmp_path)
    assert {key: note.id for key, note in first.items()} == {
        key: note.id for key, note in second.items()
    }
    assert second["L-02"].fields[1] == "<p>A later answer</p>"
