"""Signed-in mode: who may enter, whose database is which, and what the secrets must say."""

import stat
import sys
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prep import accounts
from prep.accounts import Account
from prep.content import importer
from prep.errors import InvalidSecrets, NotAdmitted, NotAllowed, NotSignedIn
from prep.exchange import restore_backup
from prep.store import backups
from prep.store.database import open_database

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PROVIDER = {
    "client_id": "prep",
    "client_secret": "known to the provider",
    "server_metadata_url": "https://id.example.org/.well-known/openid-configuration",
}
AUTH = {
    "redirect_uri": "https://prep.example.org/oauth2callback",
    "cookie_secret": "c" * 64,
    **PROVIDER,
}
SECRETS = {"auth": AUTH, "prep": {"allowed_emails": ["ada@example.org", "Grace@Example.org"]}}
CLAIMS = {
    "is_logged_in": True,
    "iss": "https://id.example.org",
    "sub": "1815",
    "email": "ada@example.org",
    "email_verified": True,
    "iat": NOW.timestamp() - 60,
}


@pytest.fixture
def folder(monkeypatch, tmp_path):
    monkeypatch.setenv("PREP_ACCOUNTS", str(tmp_path / "accounts"))
    return tmp_path / "accounts"


def admit(claims, **prep):
    secrets = {"auth": AUTH, "prep": {**SECRETS["prep"], **prep}}
    return accounts.admit(CLAIMS | claims, accounts.read_secrets(secrets), NOW)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_who_is_on_the_list_may_enter():
    assert admit({}) == Account("https://id.example.org", "1815", "ada@example.org")


@pytest.mark.parametrize("email", ["ADA@example.org", "grace@example.ORG", " ada@example.org "])
def test_upper_and_lower_case_of_an_address_are_one(email):
    assert admit({"email": email}).email == email.strip()


def passing_for_ascii():
    """Every character beyond ASCII that Unicode takes, in some way, for ASCII ones."""
    folded = {
        character: unicodedata.normalize("NFKC", form).casefold()
        for character in map(chr, range(128, sys.maxunicode + 1))
        for form in (character, character.casefold(), character.upper(), character.lower())
    }
    return {character: text for character, text in folded.items() if text.isascii() and text}


def test_no_character_passes_for_another():
    found = passing_for_ascii()
    assert {"ß", "ſ", "\N{KELVIN SIGN}", "ﬁ", "Ａ"} <= found.keys()
    for character, text in found.items():
        with pytest.raises(NotAllowed, match="not on the list"):
            admit({"email": f"a{character}a@example.org"}, allowed_emails=[f"a{text}a@example.org"])
        with pytest.raises(NotAdmitted, match=r"not on the list|address 1 of allowed_emails"):
            admit({"email": f"a{text}a@example.org"}, allowed_emails=[f"a{character}a@example.org"])


@pytest.mark.parametrize(
    "listed",
    [
        "ſam@example.org",
        "stra\u00dfe@example.org",
        "\u212aate@example.org",
        "e\u0301@example.org",
        "ﬁn@example.org",
        "a\u200bda@example.org",
        "ada@\uff45xample.org",
        "JÜRGEN@example.org",
    ],
)
def test_a_look_alike_on_the_list_is_a_mistake_in_one_line(listed):
    secrets = {"auth": AUTH, "prep": {"allowed_emails": ["ada@example.org", listed]}}
    with pytest.raises(InvalidSecrets, match="address 2 of allowed_emails") as refused:
        accounts.read_secrets(secrets)
    assert "\n" not in str(refused.value)
    assert "example.org" not in str(refused.value)


def test_letters_beyond_ascii_are_compared_as_they_are():
    assert admit({"email": "jürgen@example.org"}, allowed_emails=["jürgen@EXAMPLE.org"])
    for other in ("JÜRGEN@example.org", "ju\u0308rgen@example.org", "jurgen@example.org"):
        with pytest.raises(NotAllowed):
            admit({"email": other}, allowed_emails=["jürgen@example.org"])


addresses = st.text(st.sampled_from("aAkKsSıİßſﬁ\u212aéE\u0301 \u200b\u3000@."), max_size=6)


@given(addresses, addresses)
def test_two_addresses_are_one_where_ascii_letters_differ_in_case_alone(listed, claimed):
    try:
        account = admit({"email": claimed}, allowed_emails=[listed])
    except (NotAllowed, InvalidSecrets):
        return
    pairs = zip(account.email, listed.strip(), strict=True)
    assert all(a == b or ((a + b).isascii() and a.lower() == b.lower()) for a, b in pairs)


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"email": "eve@example.org"}, "not on the list"),
        ({"email": "ada@example.org.evil.net"}, "not on the list"),
        ({"email": "ada"}, "not on the list"),
        ({"email": ""}, "no e-mail address"),
        ({"email": None}, "no e-mail address"),
        ({"email_verified": False}, "was verified"),
        ({"email_verified": None}, "was verified"),
        ({"email_verified": "true"}, "was verified"),
        ({"email_verified": 1}, "was verified"),
    ],
)
def test_who_is_not_known_for_sure_to_be_on_the_list_may_not(claims, said):
    with pytest.raises(NotAllowed, match=said):
        admit(claims)


def test_a_provider_that_never_says_verified_can_be_trusted_on_purpose():
    assert admit({"email_verified": None}, assume_verified=True)
    with pytest.raises(NotAllowed):
        admit({"email_verified": False}, assume_verified=True)
    with pytest.raises(NotAllowed):
        admit({"email_verified": None}, assume_verified="yes")


@pytest.mark.parametrize(
    "claims",
    [
        {"is_logged_in": False},
        {"is_logged_in": "yes"},
        {"iss": None},
        {"iss": ""},
        {"sub": ""},
        {"sub": 1815},
        {"sub": "18\x0015"},
        {"iat": None},
        {"iat": (NOW - timedelta(days=30)).timestamp()},
        {"iat": (NOW + timedelta(minutes=6)).timestamp()},
        {"iat": (NOW + timedelta(days=40_000)).timestamp()},
        {"iat": float("inf")},
        {"iat": float("-inf")},
        {"iat": float("nan")},
    ],
)
def test_who_is_not_signed_in_now_is_nobody(claims):
    with pytest.raises(NotSignedIn):
        admit(claims)


def test_a_provider_whose_clock_is_a_little_ahead_lets_in():
    assert admit({"iat": (NOW + timedelta(minutes=4)).timestamp()}).email


def test_nobody_is_signed_in_without_claims():
    with pytest.raises(NotSignedIn, match="Sign in to see"):
        accounts.admit({}, accounts.read_secrets(SECRETS), NOW)


@pytest.mark.parametrize(
    ("auth", "prep", "said"),
    [
        ({"cookie_secret": "short"}, {}, "cookie_secret of 32"),
        ({"redirect_uri": "https://prep.example.org"}, {}, "redirect_uri"),
        ({"redirect_uri": "javascript:/oauth2callback"}, {}, "redirect_uri"),
        ({"redirect_uri": 8501}, {}, "redirect_uri"),
        ({"client_secret": ""}, {}, r"\[auth\] lacks client_secret\."),
        ({"google": {"client_id": "x"}}, {}, r"\[auth.google\] lacks client_secret, server"),
        ({"my_own": PROVIDER}, {}, "no underscore"),
        ({}, {"allowed_emails": []}, "Nobody may enter yet"),
        ({}, {"allowed_emails": [" "]}, "Nobody may enter yet"),
        ({}, {"allowed_emails": "ada@example.org"}, "must be a list"),
        ({}, {"allowed_emails": [1]}, "must be a list"),
    ],
)
def test_a_mistake_in_the_secrets_is_one_line_that_holds_no_secret(auth, prep, said):
    secrets = {"auth": AUTH | auth, "prep": SECRETS["prep"] | prep}
    with pytest.raises(InvalidSecrets, match=said) as refused:
        accounts.read_secrets(secrets)
    assert "\n" not in str(refused.value)
    assert "known to the provider" not in str(refused.value)


@pytest.mark.parametrize("secrets", [{}, {"auth": "on"}, {"prep": SECRETS["prep"]}])
def test_without_an_auth_section_nobody_can_sign_in(secrets):
    with pytest.raises(InvalidSecrets, match=r"no section \[auth\]"):
        accounts.read_secrets(secrets)


def test_a_missing_list_admits_nobody():
    with pytest.raises(InvalidSecrets, match="Nobody may enter yet"):
        accounts.read_secrets({"auth": AUTH})


def test_there_may_be_several_providers():
    shared = {name: AUTH[name] for name in ("redirect_uri", "cookie_secret")}
    auth = {**shared, "google": PROVIDER, "okta": PROVIDER}
    entry = accounts.read_secrets({**SECRETS, "auth": auth})
    assert entry.providers == ("google", "okta")
    assert entry.origin == "https://prep.example.org"
    with pytest.raises(InvalidSecrets, match="names no provider"):
        accounts.read_secrets({**SECRETS, "auth": shared})


def test_further_options_of_the_default_provider_are_no_provider():
    auth = {**AUTH, "client_kwargs": {"prompt": "login"}}
    assert accounts.read_secrets({**SECRETS, "auth": auth}).providers == ("default",)


def test_the_folder_comes_from_the_environment(folder, monkeypatch):
    assert accounts.folder() == folder
    assert accounts.is_demanded()
    monkeypatch.delenv("PREP_ACCOUNTS")
    assert accounts.folder().parts[-2:] == ("data", "accounts")
    assert not accounts.is_demanded()


def test_a_database_is_named_by_issuer_and_subject_alone(folder):
    path = accounts.database_path(Account("https://id.example.org", "1815", "ada@example.org"))
    assert path == accounts.database_path(Account("https://id.example.org", "1815", "new@x.org"))
    assert path.parent == folder
    assert len(path.stem) == 64
    assert path.suffix == ".db"


texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)
identities = st.tuples(texts, texts)


@given(identities, identities)
def test_no_two_accounts_share_a_database_and_none_leaves_the_folder(one, other):
    paths = [accounts.database_path(Account(*identity, "")) for identity in (one, other)]
    assert (paths[0] == paths[1]) == (one == other)
    assert all(path.resolve().parent == accounts.folder().resolve() for path in paths)


def test_a_database_and_all_beside_it_is_readable_to_its_owner_alone(folder, clock):
    path = accounts.database_path(Account("https://id.example.org", "1815", ""))
    with importer.open_filled(path, clock) as db:
        db.execute("SELECT 1 FROM question").fetchone()
        made = sorted(file.name for file in folder.iterdir())
        assert made == [path.name, f"{path.name}-shm", f"{path.name}-wal"]
        assert {mode(file) for file in folder.iterdir()} == {0o600}
    kept = backups.automatic(path, "asked").path
    assert (mode(folder), mode(kept.parent), mode(kept)) == (0o700, 0o700, 0o600)


def test_a_restored_database_is_as_private_as_a_new_one(folder, filled_file):
    path = accounts.database_path(Account("https://id.example.org", "1815", ""))
    filled_file.chmod(0o644)
    restore_backup.restore(filled_file, path)
    assert mode(path) == 0o600
    path.write_bytes(b"damaged beyond repair, alas " * 400)
    restore_backup.restore(filled_file, path)
    assert mode(path) == 0o600


def test_each_account_has_its_own_backups(folder):
    one, other = (
        accounts.database_path(Account("https://id.example.org", subject, "")) for subject in "12"
    )
    for path in (one, other):
        open_database(path).close()
    made = backups.automatic(one, "asked")
    assert [found.path for found in backups.list_backups(one)] == [made.path]
    assert backups.list_backups(other) == []


@pytest.mark.parametrize("address", ["localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "::1"])
def test_a_loopback_address_is_reached_from_this_machine_alone(address):
    assert accounts.is_loopback(address)


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.168.1.5", "prep.example.org"])
def test_any_other_address_is_not(address):
    assert not accounts.is_loopback(address)
