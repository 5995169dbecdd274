"""Whether this server asks for sign-in, and for how long one lasts."""

import pytest
import streamlit as st

from prep import accounts
from prep.errors import InvalidSecrets, NotSignedIn
from prep.ui.server import entrance
from tests.test_accounts import CLAIMS, SECRETS


@pytest.fixture
def secrets(monkeypatch):
    monkeypatch.delenv("PREP_ACCOUNTS", raising=False)
    monkeypatch.setattr(entrance, "_secrets", lambda: SECRETS)
    monkeypatch.setattr(entrance, "_ended", {})
    monkeypatch.setattr(accounts, "SIGN_IN_LASTS", accounts.SIGN_IN_LASTS * 10_000)


def test_without_secrets_nobody_is_asked(monkeypatch):
    monkeypatch.delenv("PREP_ACCOUNTS", raising=False)
    monkeypatch.setattr(entrance, "_secrets", dict)
    assert not entrance.is_on()
    monkeypatch.setenv("PREP_ACCOUNTS", "/somewhere")
    assert entrance.is_on()


def test_with_secrets_everybody_is(secrets):
    assert entrance.is_on()
    assert entrance.entry().allowed


def test_a_sign_in_that_was_ended_is_over_in_every_tab(secrets):
    claims = CLAIMS | {"nonce": "1"}
    assert entrance.admit(claims).email == CLAIMS["email"]
    entrance.end(claims)
    with pytest.raises(NotSignedIn, match="You signed out"):
        entrance.admit(claims)
    assert entrance.admit(CLAIMS | {"nonce": "2"}).email == CLAIMS["email"]


def test_ended_sign_ins_are_forgotten_once_they_would_be_over_anyway(secrets, monkeypatch):
    entrance.end(CLAIMS | {"nonce": "old"})
    lasts = accounts.SIGN_IN_LASTS.total_seconds()
    [(old, at)] = entrance._ended.items()
    entrance._ended[old] = at - lasts - 1
    entrance.end(CLAIMS | {"nonce": "new"})
    assert len(entrance._ended) == 1
    assert old not in entrance._ended


def test_secrets_that_cannot_be_read_are_not_the_same_as_none(monkeypatch, tmp_path):
    broken = tmp_path / "secrets.toml"
    broken.write_text("[auth")
    monkeypatch.setattr(st, "get_option", lambda _name: [str(broken)])
    monkeypatch.setattr(type(st.secrets), "load_if_toml_exists", lambda _self: False)
    with pytest.raises(InvalidSecrets, match="must be valid TOML"):
        entrance._secrets()
    broken.unlink()
    assert entrance._secrets() == {}
