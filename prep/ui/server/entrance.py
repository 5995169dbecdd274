"""Whether this server asks for sign-in, and who may enter: for pages and for each request."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from prep import accounts
from prep.accounts import Account, Entry
from prep.errors import InvalidSecrets, NotSignedIn

# When which sign-in was ended by "Sign out". Streamlit tells the browser's other tabs nothing of
# it: to them the person would stay signed in for as long as they are open.
_ended: dict[str, float] = {}


def is_on() -> bool:
    """Whether this server asks for sign-in. Raises InvalidSecrets where secrets cannot be read."""
    return accounts.is_demanded() or "auth" in _secrets()


def entry() -> Entry:
    """Return what the secrets say of signing in. Raises InvalidSecrets."""
    return accounts.read_secrets(_secrets())


def origin() -> str:
    """Return the scheme, name and port at which one signs in. Raises InvalidSecrets."""
    return entry().origin.replace("{port}", str(st.get_option("server.port")))


def admit(claims: Mapping[str, Any]) -> Account:
    """Return the account of who signed in with these claims. Raises NotAdmitted."""
    found = accounts.admit(claims, entry(), datetime.now(UTC))
    if _sign_in_of(claims) in _ended:
        raise NotSignedIn("You signed out. Sign in again.")
    return found


def end(claims: Mapping[str, Any]) -> None:
    """End a sign-in, in every tab."""
    now = time.time()
    for sign_in, at in list(_ended.items()):
        if now - at > accounts.SIGN_IN_LASTS.total_seconds():
            _ended.pop(sign_in, None)
    _ended[_sign_in_of(claims)] = now


def claims_of(cookies: Mapping[str, str]) -> dict[str, object]:
    """Return the claims in the signed cookie of a request, none without one.

    Raises InvalidSecrets.
    """
    here = origin()  # raises where the secrets are not whole
    secret = str(_secrets()["auth"]["cookie_secret"])

    def part(name: str) -> bytes | None:
        return decode_signed_value(secret, name, cookies.get(name, "").encode("latin-1"))

    said = get_cookie_with_chunks(part, USER_COOKIE_NAME)
    claims = json.loads(said) if said else {}
    return claims if claims.get("origin") == here else {}


def _sign_in_of(claims: Mapping[str, Any]) -> str:
    """Return an id of this sign-in, which no other of the same account has."""
    return repr([claims.get(name) for name in ("iss", "sub", "iat", "nonce")])


def _secrets() -> Mapping[str, Any]:
    """Return the secrets, none where there is no file. Raises InvalidSecrets."""
    try:
        if st.secrets.load_if_toml_exists():
            return st.secrets
        is_broken = any(Path(path).exists() for path in st.get_option("secrets.files"))
    except OSError:
        is_broken = True
    if is_broken:  # not the same as none: what was meant is not known
        raise InvalidSecrets("The secrets file cannot be read: it must be valid TOML.")
    return {}
