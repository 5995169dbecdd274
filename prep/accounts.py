"""Signed-in mode: what its secrets must say, who may enter, and which database is whose."""

from __future__ import annotations

import hashlib
import ipaddress
import os
import string
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from prep.errors import InvalidSecrets, NotAllowed, NotSignedIn

DEFAULT_PROVIDER = "default"
SIGN_IN_LASTS = timedelta(days=30)  # as long as the browser keeps it
CLOCKS_DIFFER = timedelta(minutes=5)  # a provider's clock from the server's, at most
SHORTEST_COOKIE_SECRET = 32
_SMALL_LETTERS = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_CALLBACK = "/oauth2callback"
_OF_PROVIDER = ("client_id", "client_secret", "server_metadata_url")


@dataclass(frozen=True)
class Account:
    """Someone who may enter. Issuer and subject stay; the address may change."""

    issuer: str
    subject: str
    email: str


@dataclass(frozen=True)
class Entry:
    """What the secrets say: by which providers one signs in, at which origin, and who may enter.

    `assume_verified` admits an address of which the provider does not say whether it was verified.
    """

    providers: tuple[str, ...]
    origin: str
    allowed: frozenset[str]
    assume_verified: bool = False


def folder() -> Path:
    """Return the folder of the accounts' databases: `PREP_ACCOUNTS`, else `data/accounts/`."""
    named = os.environ.get("PREP_ACCOUNTS")
    return Path(named) if named else Path(__file__).resolve().parent.parent / "data" / "accounts"


def is_demanded() -> bool:
    """Whether `PREP_ACCOUNTS` is set: then nobody enters without sign-in."""
    return bool(os.environ.get("PREP_ACCOUNTS"))


def database_path(account: Account) -> Path:
    """Return the file of an account's database. Its name tells nothing of whose it is."""
    identity = f"{account.issuer}\0{account.subject}".encode()
    return folder() / f"{hashlib.sha256(identity).hexdigest()}.db"


def read_secrets(secrets: Mapping[str, Any]) -> Entry:
    """Return what the secrets say of signing in. Raises InvalidSecrets, which names no secret."""
    auth = _section(secrets, "auth")
    if len(str(auth.get("cookie_secret", ""))) < SHORTEST_COOKIE_SECRET:
        raise InvalidSecrets(
            f"In the secrets, [auth] needs a cookie_secret of {SHORTEST_COOKIE_SECRET} random"
            " characters or more."
        )
    origin = _origin(auth.get("redirect_uri"))
    ours = _section(secrets, "prep") if "prep" in secrets else {}
    return Entry(_providers(auth), origin, _allowed(ours), ours.get("assume_verified") is True)


def admit(claims: Mapping[str, Any], entry: Entry, now: datetime) -> Account:
    """Return the account that signed in with these claims.

    Raises NotSignedIn where nobody did, or too long ago, and NotAllowed for who may not enter.
    """
    issuer, subject = _identity(claims, "iss"), _identity(claims, "sub")
    if claims.get("is_logged_in") is not True or not issuer or not subject:
        raise NotSignedIn("Sign in to see your progress.")
    if not _is_recent(claims.get("iat"), now):
        raise NotSignedIn("Your sign-in has expired. Sign in again.")
    email = str(claims.get("email") or "").strip(string.whitespace)
    _refuse(email, claims.get("email_verified"), entry)
    return Account(issuer, subject, email)


def is_loopback(address: str | None) -> bool:
    """Whether a server at this address is reached from its own machine alone."""
    if address is None or address.lower() == "localhost":
        return address is not None
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def _refuse(email: str, verified: Any, entry: Entry) -> None:
    if not email:
        raise NotAllowed("The provider gave no e-mail address, so it is not known who you are.")
    if not (verified is True or (verified is None and entry.assume_verified)):
        raise NotAllowed("The provider does not say that this address was verified.")
    if _folded(email) not in entry.allowed:
        raise NotAllowed("This address is not on the list of those who may enter.")


def _identity(claims: Mapping[str, Any], name: str) -> str:
    """Return a part of who someone is, empty where it cannot tell one account from another."""
    value = claims.get(name)
    return value if isinstance(value, str) and "\0" not in value else ""


def _is_recent(issued_at: Any, now: datetime) -> bool:
    """Whether a sign-in was neither too long ago nor, but for clocks that differ, is yet to come.

    One stamped far in the future would never expire; what is no number is not recent.
    """
    if not isinstance(issued_at, int | float):
        return False
    age = now.timestamp() - issued_at
    return -CLOCKS_DIFFER.total_seconds() <= age < SIGN_IN_LASTS.total_seconds()


def _section(secrets: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = secrets.get(name)
    if not isinstance(section, Mapping):
        raise InvalidSecrets(f"The secrets have no section [{name}], which sign-in needs.")
    return section


def _origin(redirect_uri: Any) -> str:
    parts = urlsplit(redirect_uri) if isinstance(redirect_uri, str) else urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.path.endswith(_CALLBACK):
        raise InvalidSecrets(
            f"[auth] in the secrets needs a redirect_uri: Prep's address, followed by {_CALLBACK}"
        )
    return f"{parts.scheme}://{parts.netloc}"


def _providers(auth: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the providers, each of them complete. Raises InvalidSecrets."""
    named = {
        name: section
        for name, section in auth.items()
        if isinstance(section, Mapping) and name != "client_kwargs"
    }
    found = {DEFAULT_PROVIDER: auth} if any(key in auth for key in _OF_PROVIDER) else {}
    found |= named
    if not found:
        raise InvalidSecrets(
            f"In the secrets, [auth] names no provider: {', '.join(_OF_PROVIDER)}."
        )
    for name, section in found.items():
        missing = [key for key in _OF_PROVIDER if not section.get(key)]
        where = "[auth]" if section is auth else f"[auth.{name}]"
        if missing:
            raise InvalidSecrets(f"In the secrets, {where} lacks {', '.join(missing)}.")
        if "_" in name:
            raise InvalidSecrets(f"In the secrets, the name of {where} may hold no underscore.")
    return tuple(found)


def _allowed(ours: Mapping[str, Any]) -> frozenset[str]:
    listed = ours.get("allowed_emails", [])
    if not isinstance(listed, list) or not all(isinstance(email, str) for email in listed):
        raise InvalidSecrets(
            "In the secrets, allowed_emails under [prep] must be a list of addresses in quotes."
        )
    allowed = [_folded(email) for email in listed if email.strip()]
    for place, email in enumerate(allowed, 1):
        if _is_look_alike(email):  # not named: the line is shown to every visitor
            raise InvalidSecrets(
                f"In the secrets, address {place} of allowed_emails holds a letter that passes for"
                " another: write it in small letters, as the provider has it, without ligatures."
            )
    if not allowed:
        raise InvalidSecrets(
            "Nobody may enter yet: allowed_emails under [prep] in the secrets names no address."
        )
    return frozenset(allowed)


def _folded(email: str) -> str:
    """Return an address in small letters, of which ASCII alone has them: `ß` is no `ss` here."""
    return email.strip(string.whitespace).translate(_SMALL_LETTERS)


def _is_look_alike(folded: str) -> bool:
    """Whether Unicode takes an address for the same as another, or part of it cannot be seen."""
    return not folded.isprintable() or unicodedata.normalize("NFKC", folded).casefold() != folded
