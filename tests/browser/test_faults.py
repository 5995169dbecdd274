"""A file or folder that may not be written: said on the page, and no restart once it may."""

import os

import pytest
from playwright.sync_api import expect

from prep.progress.tracker import Tracker
from prep.store.database import open_database

from .conftest import ROOT, eventually, serving, settled, visits

# Root may write where no one may: it gives that up, which leaves it an owner like others.
AS_ANYONE = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] * (os.geteuid() == 0)


@pytest.fixture
def visit_as_anyone(browser, db_path):
    with (
        serving(ROOT / "app.py", {"PREP_DB": str(db_path)}, before=AS_ANYONE) as address,
        visits(browser, address) as visit,
    ):
        yield visit
    db_path.parent.chmod(0o755)


def test_what_may_not_be_written_is_said_and_works_again_without_a_restart(
    visit_as_anyone, db_path
):
    page = visit_as_anyone("/question", id="L-01")
    said = page.get_by_test_id("stAlert")
    db_path.chmod(0o444)
    page.get_by_role("radio", name="Done").click()
    expect(said).to_contain_text("it is read-only: allow writing to the file and its folder")
    db_path.chmod(0o644)
    page.get_by_role("radio", name="Done").click()
    expect(said).to_have_count(0)
    eventually(lambda: status(db_path) == "done")
    # While a run has the file open, its log is there and can be read, whatever the folder allows.
    settled(page)
    eventually(lambda: not db_path.with_name("prep.db-wal").exists())

    db_path.parent.chmod(0o555)
    page.reload()
    expect(said.first).to_contain_text("allow writing to the file and its folder")
    db_path.parent.chmod(0o755)
    page.get_by_role("button", name="Try again").click()
    expect(said).to_have_count(0)
    expect(page.get_by_role("radio", name="Done")).to_be_checked()


def status(path):
    with open_database(path) as db:
        return Tracker(db, None).state("L-01").status
