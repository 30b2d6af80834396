"""Who may read: anyone, or those who sign in with the provider that the secrets name."""

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

_FILE = ".streamlit/secrets.toml"
_KEYS = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_WANTED = "parley_wanted"
# Signing in leads back to the first page. The address that was asked for waits in the tab.
_KEEP = f'<script>sessionStorage.setItem("{_WANTED}", location.href);</script>'
_RETURN = f"""<script>
const wanted = sessionStorage.getItem("{_WANTED}");
sessionStorage.removeItem("{_WANTED}");
if (wanted && wanted !== location.href) location.replace(wanted);
</script>"""


def require_reader() -> None:
    """Stops the page unless whoever asks may read; the entrypoint calls it first.

    Without a secrets file, or with neither [auth] nor [access] in it, anyone may. What cannot be
    read or understood lets nobody in.
    """
    secrets = _secrets()
    if "auth" not in secrets and "access" not in secrets:
        return
    if problem := problem_with(secrets):
        _refuse(f"Sign-in is not set up: {problem}")
    if not st.user.get("is_logged_in"):
        _ask_to_sign_in()
    allowed = secrets.get("access", {}).get("allowed")
    if allowed is not None and not may_read(st.user.to_dict(), allowed=allowed):
        _turn_away()


def draw_sign_out() -> None:
    """Who is signed in and the way out, at the foot of the sidebar; nothing where nobody is.

    With it, once after signing in, goes the way back to the address that was asked for.
    """
    if st.user.get("is_logged_in"):
        with st.sidebar:
            st.text(f"Signed in as {_name()}")
            _sign_out_button()
            st.html(_RETURN, unsafe_allow_javascript=True)


def may_read(user: Mapping[str, Any], *, allowed: list[str]) -> bool:
    """Whether the list has the user's address, or its domain as `@example.org`.

    An address that the provider itself calls unverified is nobody's.
    """
    email = str(user.get("email") or "").lower()
    if "@" not in email or str(user.get("email_verified")).lower() == "false":
        return False
    return bool({email, "@" + email.rpartition("@")[2]} & {entry.lower() for entry in allowed})


def problem_with(secrets: Mapping[str, Any]) -> str:
    """What is wrong with the sections [auth] and [access], and the remedy; empty if nothing is."""
    auth = secrets.get("auth", {})
    if missing := [key for key in _KEYS if not auth.get(key)]:
        return f"{_FILE}: [auth] lacks {', '.join(missing)}; see {_FILE}.example."
    allowed = secrets["access"].get("allowed") if "access" in secrets else []
    if not isinstance(allowed, list) or not all("@" in str(entry) for entry in allowed):
        return f'{_FILE}: allowed is a list such as ["@example.org", "ann@example.com"].'
    if not all(map(_is_installed, ("authlib", "httpx"))):
        return "Authlib is missing; run `.venv/bin/pip install -r requirements-auth.lock`, restart."
    return ""


def _secrets() -> Mapping[str, Any]:
    """The secrets; empty without a file. A file that cannot be read stops the page."""
    if st.secrets.load_if_toml_exists():
        return st.secrets
    if unread := [path for path in _files() if Path(path).exists()]:
        _refuse(f"The secrets cannot be read: mend the TOML of {Path(unread[0]).name}.")
    return {}


def _files() -> list[str]:
    return list(st.get_option("secrets.files"))


def _is_installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _ask_to_sign_in() -> None:
    st.title("Parley")
    st.markdown("This copy is for readers who sign in.")
    st.button("Sign in", on_click=st.login, type="primary", key="sign_in")
    st.html(_KEEP, unsafe_allow_javascript=True)
    st.stop()


def _turn_away() -> None:
    st.title("Parley")
    st.markdown("This copy is for certain readers only.")
    st.text(f"You are signed in as {_name()}, who is not among them. Ask whoever runs it.")
    _sign_out_button()
    st.stop()


def _refuse(problem: str) -> None:
    st.title("Parley")
    st.error(problem)
    st.stop()


def _sign_out_button() -> None:
    st.button("Sign out", on_click=st.logout, type="tertiary", key="sign_out")


def _name() -> str:
    return str(st.user.get("email") or st.user.get("name") or "a reader without an address")
