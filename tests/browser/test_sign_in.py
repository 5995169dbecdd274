"""Signing in by a real OpenID Connect provider, with two accounts at once."""

import json
import re
import shutil
import stat
from contextlib import closing

import pytest
from playwright.sync_api import expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from prep import accounts
from prep.accounts import Account
from prep.clock import system_clock
from prep.practice import stories
from prep.progress.tracker import Tracker
from prep.store import backups
from prep.store.database import open_database

from .conftest import (
    ROOT,
    eventually,
    free_port,
    running,
    serving,
    settled,
    wait_until_answering,
)

PEOPLE = {
    name: {"sub": name, "email": f"{name}@example.org", "email_verified": True}
    for name in ("ada", "bob", "cleo", "eve", "finn")
}
SECRETS = """
[auth]
redirect_uri = "http://localhost:{{port}}/oauth2callback"
cookie_secret = "only for these tests, and long enough for them"
client_id = "prep"
client_secret = "any"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
[prep]
allowed_emails = ["Ada@example.org", "bob@example.org", "cleo@example.org", "finn@example.org"]
"""


@pytest.fixture(scope="module")
def issuer():
    """A provider that signs in whoever is chosen on its page."""
    port = free_port()
    people = [f"--user-claims={json.dumps(claims)}" for claims in PEOPLE.values()]
    provider = ["-m", "oidc_provider_mock", "--host", "localhost", "--port", str(port), *people]
    with running(provider):
        wait_until_answering(f"http://localhost:{port}/.well-known/openid-configuration")
        yield f"http://localhost:{port}"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("signed-in")


@pytest.fixture(scope="module")
def server(issuer, place):
    secrets = place / "secrets.toml"
    secrets.write_text(SECRETS.format(issuer=issuer))
    environment = {"PREP_ACCOUNTS": str(place / "accounts"), "PREP_DB": str(place / "local.db")}
    with serving(ROOT / "app.py", environment, "--secrets.files", str(secrets)) as address:
        yield address
    assert not (place / "local.db").exists(), "the local database is not touched"


@pytest.fixture
def database(issuer, place, monkeypatch):
    """Return a function that gives the path of someone's database."""
    monkeypatch.setenv("PREP_ACCOUNTS", str(place / "accounts"))
    return lambda name: accounts.database_path(Account(issuer, name, ""))


@pytest.fixture
def come(tabs, server):
    """Return a function that opens a path in a browser of one's own."""
    foreign = []

    def come(path="/"):
        page = take()
        page.context.route("https://**", refuse)
        page.goto(server + path)
        return settled(page)

    def refuse(route):
        if route.request.frame.url.startswith(server):
            foreign.append(route.request.url)
        route.abort()  # the provider's own page wants a style sheet

    with tabs.lent() as take:
        yield come
    assert foreign == [], "a page asked for something off the machine"


def sign_in(page, name):
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_selector('[data-testid="stApp"]')
    return settled(page)


def go(page, server, path):
    page.goto(server + path)
    return settled(page)


def choose(page, question_id, status):
    page.locator(f".st-key-status-{question_id}").get_by_text(status, exact=True).click()
    expect(chosen(page, question_id)).to_contain_text(status)
    settled(page)


def chosen(page, question_id):
    return page.locator(f'.st-key-status-{question_id} [aria-checked="true"]')


def assert_outside(page):
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)
    # Streamlit may leave the sidebar's frame; what stood in it is gone.
    in_sidebar = page.get_by_test_id("stSidebarUserContent").locator("button, a, p, input")
    expect(in_sidebar).to_have_count(0)


def status(path, question_id):
    with closing(open_database(path)) as db:
        return Tracker(db, None).state(question_id).status


def test_nothing_is_shown_or_made_before_one_signs_in(come, server, place):
    before = set(place.rglob("*"))
    page = come("/question?id=L-01")
    icon = page.locator("link[rel='shortcut icon']")
    expect(icon).to_have_attribute("href", re.compile("/app/static/prep.png$"))
    shown = page.get_by_role("img").first
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("picture => picture.naturalWidth") > 0
    for path in ("/data", "/stories?story=S1", "/nowhere"):
        go(page, server, path)
        assert_outside(page)
        page.keyboard.press("Control+k")
        expect(page.get_by_role("dialog", name="Search")).to_have_count(0)
    assert set(place.rglob("*")) == before


def test_two_accounts_at_once_see_each_their_own(come, server, database):
    ada = sign_in(come("/question?id=L-01"), "ada")
    ada.wait_for_url("**/question?id=L-01")
    bob = sign_in(come("/question?id=L-01"), "bob")
    bob.wait_for_url("**/question?id=L-01")
    expect(ada.get_by_text("ada@example.org")).to_be_visible()
    expect(bob.get_by_text("bob@example.org")).to_be_visible()

    choose(ada, "L-01", "Done")
    go(bob, server, "/question?id=L-01")
    expect(chosen(bob, "L-01")).to_contain_text("To do")
    choose(bob, "L-01", "Drafted")
    assert status(database("ada"), "L-01") == "done"
    assert status(database("bob"), "L-01") == "drafted"

    with open_database(database("ada")) as db:
        story = stories.save(db, system_clock(), {"title": "What only Ada knows"})
    way = f"/stories?story={story}"
    expect(go(ada, server, way).get_by_text("What only Ada knows").first).to_be_visible()
    go(bob, server, f"{way}&db={database('ada')}&PREP_DB={database('ada')}&account=ada&sub=ada")
    expect(bob.get_by_text("What only Ada knows")).to_have_count(0)
    expect(bob.get_by_text("bob@example.org")).to_be_visible()
    assert_private(database("ada").parent)


def assert_private(folder):
    """Check that no file of an account, log and backups included, is open to other users."""
    found = [*folder.glob("*.db*"), *folder.glob("backups/*")]
    assert len(found) >= 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in found} == {0o600}
    assert {stat.S_IMODE(path.parent.stat().st_mode) for path in found} == {0o700}


def test_no_file_of_an_account_is_served(come, server, database):
    page = come()
    name = database("ada").name
    for way in (
        f"/data/accounts/{name}",
        f"/accounts/{name}",
        f"/app/static/{name}",
        f"/media/{name}",
        f"/static/..%2f..%2f{name}",
        f"/app/static{database('ada')}",
        "/_stcore/media/secrets.toml",
    ):
        body = page.request.get(server + way).body()
        assert not body.startswith(b"SQLite format 3")
        assert b"cookie_secret" not in body


def test_a_backup_is_put_back_into_ones_own_database(come, server, database, tmp_path, filled_file):
    shutil.copy(filled_file, tmp_path / "mine.db")
    with open_database(tmp_path / "mine.db") as db:
        Tracker(db, system_clock()).set_status("SD-001", "done")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database("finn").parent.mkdir(mode=0o700, exist_ok=True)
    for name in ("dora", "finn"):
        shutil.copy(filled_file, database(name))
        database(name).chmod(0o600)
    backups.automatic(database("dora"), "asked")
    page = sign_in(come("/data"), "finn")
    page.wait_for_url("**/data")
    settled(page)
    page.reload()  # the day's backup is made once the first page is there
    expect(page.get_by_text("the day's first visit")).to_be_visible()
    expect(page.get_by_text("made by hand")).to_have_count(0)
    page.get_by_text("Put back from a file").click()
    page.locator(".st-key-restore-upload input").set_input_files(tmp_path / "mine.db")
    page.get_by_role("button", name="Put this backup back").click()
    expect(page.get_by_text("The backup is back.")).to_be_visible()
    assert status(database("finn"), "SD-001") == "done"
    assert status(database("dora"), "SD-001") == "todo"


def test_who_may_not_enter_is_told_so_and_gets_no_database(come, database):
    page = sign_in(come("/question?id=L-01"), "eve")
    expect(page.get_by_role("alert")).to_contain_text("not on the list")
    expect(page.get_by_text("eve@example.org")).to_be_visible()
    expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)
    assert not database("eve").exists()
    sign_out(page)
    assert_outside(page)


def sign_out(page):
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()  # the provider's own question
    page.wait_for_selector('[data-testid="stApp"]')
    settled(page)


def test_signing_out_ends_every_tab(come, server, database):
    page = sign_in(come("/question?id=L-02"), "cleo")
    page.wait_for_url("**/question?id=L-02")
    other = page.context.new_page()
    go(other, server, "/question?id=L-02")
    expect(chosen(other, "L-02")).to_contain_text("To do")
    page.get_by_role("button", name="cleo@example.org").click()
    sign_out(page)
    assert_outside(page)
    other.locator(".st-key-status-L-02").get_by_text("Done", exact=True).click()
    assert_outside(other)
    assert status(database("cleo"), "L-02") == "todo"


def test_a_forged_cookie_signs_nobody_in(come, server, issuer, database):
    page = come()
    claims = PEOPLE["ada"] | {"iss": issuer, "iat": 4e9, "is_logged_in": True, "origin": server}
    forged = create_signed_value("a guess at the secret", "_streamlit_user", json.dumps(claims))
    page.context.add_cookies([{"name": "_streamlit_user", "value": forged.decode(), "url": server}])
    page.reload()
    assert_outside(settled(page))
    eventually(lambda: page.url == f"{server}/")
