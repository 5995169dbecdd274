"""Who is signed in: the gate before every page and database, and the page of who may not pass.

Without sign-in in the secrets there is one person, on this machine, and the gate stands open.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from prep import accounts
from prep.accounts import Account, Entry
from prep.errors import NotAdmitted, NotSignedIn
from prep.ui.browser import component
from prep.ui.server import entrance
from prep.ui.server.picture import PICTURE
from prep.ui.text import escape_markdown

_wanted = component.load("return_url")


def account() -> Account | None:
    """Return the account that is signed in, None where nobody signs in.

    Raises NotAdmitted: then nothing may be read or written.
    """
    return entrance.admit(st.user.to_dict()) if entrance.is_on() else None


def refusal() -> NotAdmitted | None:
    """Return why the visitor may see no page, None for who may."""
    try:
        account()
    except NotAdmitted as error:
        return error
    return None


def draw(refused: NotAdmitted) -> None:
    """Draw the page of a visitor who may not pass: a way to sign in, or why not."""
    st.space("large")
    with (
        st.container(horizontal_alignment="center"),
        st.container(border=True, width=400, key="sign-in"),
    ):
        st.image(PICTURE, width=40)
        st.title("Prep", anchor=False)
        if isinstance(refused, NotSignedIn):
            st.caption(str(refused))
            _draw_way_in(entrance.entry())
            return
        st.text(st.user.get("email") or "")
        st.error(escape_markdown(str(refused)), icon=":material/error:")
        if st.user.get("is_logged_in"):
            _draw_way_out()


def draw_account() -> None:
    """Draw who is signed in, with the way out; nothing where nobody signs in."""
    found = account()
    if found:
        with st.popover(
            escape_markdown(found.email),
            icon=":material/account_circle:",
            type="tertiary",
            key="account",
        ):
            _draw_way_out()
        _wanted(key="wanted", data={"is_signed_in": True})


def draw_warning() -> None:
    """Warn where anyone who reaches the server may use it."""
    if not entrance.is_on() and not accounts.is_loopback(st.get_option("server.address")):
        st.warning(
            "Anyone who can reach this address can read and change everything here. Set up"
            " sign-in, or let Prep listen on localhost only.",
            icon=":material/lock_open:",
        )


def _draw_way_in(entry: Entry) -> None:
    origin = entrance.origin()
    here = urlsplit(st.context.url or origin)
    if f"{here.scheme}://{here.netloc}" != origin:
        st.caption("Sign-in works at another address of this server:")
        st.link_button("Go there", origin, icon=":material/arrow_forward:", width="stretch")
        return
    for provider in entry.providers:
        is_default = provider == accounts.DEFAULT_PROVIDER
        st.button(
            "Sign in" if is_default else f"Sign in with {escape_markdown(provider.capitalize())}",
            key=f"sign-in-{provider}",
            type="primary",
            icon=":material/login:",
            width="stretch",
            on_click=st.login,
            args=(None if is_default else provider,),
        )
    _wanted(key="wanted", data={"is_signed_in": False})


def _draw_way_out() -> None:
    st.button(
        "Sign out", key="sign-out", icon=":material/logout:", width="stretch", on_click=_sign_out
    )


def _sign_out() -> None:
    entrance.end(st.user.to_dict())
    st.logout()
