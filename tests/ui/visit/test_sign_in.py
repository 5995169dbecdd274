"""The gate in front of the pages, run in Streamlit's own test harness."""

import shutil
import time

import pytest
import streamlit as st

from prep import accounts
from prep.accounts import Account
from prep.errors import NotAdmitted
from prep.progress.tracker import Tracker
from prep.store import backups
from prep.store.database import open_database
from prep.ui.visit import session
from tests.pages.conftest import texts
from tests.test_accounts import CLAIMS, SECRETS

ADA = Account(CLAIMS["iss"], CLAIMS["sub"], CLAIMS["email"])


@pytest.fixture
def folder(monkeypatch, tmp_path):
    folder = tmp_path / "accounts"
    monkeypatch.setenv("PREP_ACCOUNTS", str(folder))
    return folder


@pytest.fixture
def database(folder, filled_file):
    """Ada's database, with the shipped content."""
    path = accounts.database_path(ADA)
    folder.mkdir(mode=0o700)
    shutil.copy(filled_file, path)
    return path


@pytest.fixture
def visit(app, folder, monkeypatch, tmp_path):
    """Return a function that opens the app as someone, on a server where one signs in."""
    monkeypatch.setenv("PREP_DB", str(tmp_path / "local.db"))

    def visit(claims, secrets=SECRETS):
        test = app()
        test.secrets = secrets
        test.user = CLAIMS | {"iat": time.time()} | claims if claims is not None else {}
        test.run()
        assert not test.exception
        return test

    yield visit
    assert not (tmp_path / "local.db").exists(), "the local database is not touched"


def is_outside(test):
    return not test.sidebar.children and [title.value for title in test.title] == ["Prep"]


def status(question_id):
    with open_database(accounts.database_path(ADA)) as db:
        return Tracker(db, None).state(question_id).status


def test_a_visitor_sees_the_sign_in_page_alone(visit, folder):
    test = visit(None)
    assert is_outside(test)
    assert [button.label for button in test.button] == ["Sign in"]
    test.switch_page("pages/data.py").run()
    assert is_outside(test)
    assert not folder.exists()


def test_who_is_on_the_list_enters(visit):
    test = visit({})
    assert r"ada\@example\.org" in [
        menu.proto.popover.label for menu in test.sidebar.get("popover")
    ]
    assert accounts.database_path(ADA).exists()
    test.switch_page("pages/sheets.py").run()
    assert "291 questions" in texts(test)


def test_who_is_not_on_the_list_sees_one_line_and_the_way_out(visit, folder):
    test = visit({"email": "eve@example.org"})
    assert is_outside(test)
    assert [error.value for error in test.error] == [
        r"This address is not on the list of those who may enter\."
    ]
    assert [button.label for button in test.button] == ["Sign out"]
    assert not folder.exists()


@pytest.mark.parametrize("secrets", [{"auth": {}}, {**SECRETS, "prep": {}}, {"other": "secret"}])
def test_a_mistake_in_the_secrets_lets_nobody_in(visit, folder, secrets):
    test = visit({}, secrets)
    assert is_outside(test)
    assert len(test.error) == 1
    assert not folder.exists()


def test_each_provider_has_its_button(visit):
    provider = {name: SECRETS["auth"][name] for name in accounts._OF_PROVIDER}
    auth = {"google": provider, "okta": provider}
    auth |= {name: SECRETS["auth"][name] for name in ("redirect_uri", "cookie_secret")}
    test = visit(None, {**SECRETS, "auth": auth})
    assert [button.label for button in test.button] == [
        "Sign in with Google",
        "Sign in with Okta",
    ]


def test_at_another_address_of_the_server_the_way_leads_to_the_right_one(visit):
    test = visit(None)
    test.context["url"] = "http://10.0.0.7:8501/"
    test.run()
    assert "Sign-in works at another address" in texts(test)
    assert not test.button
    test.context["url"] = "https://prep.example.org/question"
    test.run()
    assert [button.label for button in test.button] == ["Sign in"]


def test_a_write_of_a_tab_whose_sign_in_has_ended_is_refused(visit, database):
    test = visit({})
    test.switch_page("pages/question.py")
    test.query_params["id"] = "L-01"
    test.run()
    test.segmented_control(key="status-L-01").set_value("drafted").run()
    assert status("L-01") == "drafted"
    test.user["is_logged_in"] = False
    test.segmented_control(key="status-L-01").set_value("done").run()
    assert is_outside(test)
    assert status("L-01") == "drafted"


@pytest.mark.parametrize("gone", [{"iat": 0}, {"email": "eve@example.org"}, {"sub": ""}])
def test_a_restore_of_a_tab_that_may_no_longer_enter_is_refused(visit, database, gone):
    test = visit({})
    test.switch_page("pages/data.py").run()
    made = backups.list_backups(database)[0]
    with open_database(database) as db:
        version = db.execute("PRAGMA data_version").fetchone()
        test.user |= gone
        test.button(key=f"restore-{made.path.name}").click().run()
        assert is_outside(test)
        assert db.execute("PRAGMA data_version").fetchone() == version
    assert [found.path for found in backups.list_backups(database)] == [made.path]


def test_a_damaged_database_is_put_back_by_its_owner_alone(visit, database):
    backups.automatic(database, "asked")
    damaged = b"damaged beyond repair, alas " * 400
    database.write_bytes(damaged)
    test = visit({})
    test.user["is_logged_in"] = False
    test.button(key="put-newest-back").click().run()
    assert is_outside(test)
    assert database.read_bytes() == damaged


def test_a_download_of_a_tab_whose_sign_in_has_ended_is_refused(folder):
    with pytest.raises(NotAdmitted), session.database():
        pytest.fail("a database was opened")  # outside any run, as downloads are made
    assert not folder.exists()


def test_signing_out_ends_the_sign_in_in_every_tab(visit, database):
    one, other = visit({"iat": time.time() - 5}), visit({"iat": time.time() - 5})
    other.user = dict(one.user)
    another_device = visit({"iat": time.time() - 100})
    one.button(key="sign-out").click().run()
    assert is_outside(one)
    other.button(key="undo").click().run()
    assert is_outside(other)
    assert "You signed out" in texts(other)
    another_device.run()
    assert not is_outside(another_device)


def test_who_is_taken_off_the_list_is_out_at_once(visit, database):
    test = visit({})
    test.secrets = {**SECRETS, "prep": {"allowed_emails": ["grace@example.org"]}}
    test.run()
    assert is_outside(test)


def test_accounts_do_not_see_each_others_data(visit, database):
    ada, bob = visit({}), visit({"sub": "1816", "email": "grace@example.org"})
    for test in (ada, bob):
        test.switch_page("pages/question.py")
        test.query_params.update(id="L-01", view="details")
        test.run()
    ada.segmented_control(key="status-L-01").set_value("done").run()
    bob.run()
    assert bob.segmented_control(key="status-L-01").value == "todo"
    assert "Nothing has been changed on this question yet" in texts(bob)


def test_a_broken_secrets_file_is_not_taken_for_none(open_page, monkeypatch, tmp_path):
    broken = tmp_path / "secrets.toml"
    broken.write_text("[auth\n")
    given = st.get_option
    monkeypatch.setattr(
        st, "get_option", lambda key: [str(broken)] if key == "secrets.files" else given(key)
    )
    test = open_page("today")
    assert is_outside(test)
    assert "cannot be read" in test.error[0].value


@pytest.mark.parametrize(
    ("address", "warns"), [("localhost", False), ("127.0.0.1", False), ("0.0.0.0", True)]
)
def test_an_open_server_without_sign_in_warns_on_every_page(open_page, monkeypatch, address, warns):
    given = st.get_option
    monkeypatch.setattr(
        st, "get_option", lambda key: address if key == "server.address" else given(key)
    )
    for name in ("today", "sheets", "data"):
        said = " ".join(warning.value for warning in open_page(name).warning)
        assert ("Anyone who can reach this address" in said) == warns


def test_an_open_server_with_sign_in_warns_of_nothing(visit, database, monkeypatch):
    given = st.get_option
    monkeypatch.setattr(
        st, "get_option", lambda key: "0.0.0.0" if key == "server.address" else given(key)
    )
    assert not visit({}).warning
