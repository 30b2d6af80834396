"""Anyone may read until the secrets name a provider; then those whom it and the list let in."""

import pytest

from dashboard import access

AUTH = {
    "redirect_uri": "http://localhost:8501/oauth2callback",
    "cookie_secret": "for this test only",
    "client_id": "parley",
    "client_secret": "for this test only",
    "server_metadata_url": "http://localhost:9/.well-known/openid-configuration",
}
ANN = {"is_logged_in": True, "email": "ann@example.org"}


@pytest.fixture(autouse=True)
def _authlib_is_there(monkeypatch):
    monkeypatch.setattr(access, "_is_installed", lambda name: True)


def test_without_secrets_anyone_reads_and_nobody_is_asked(app):
    app.run()
    assert app.title[0].value == "Overview"
    assert not keys(app) & {"sign_in", "sign_out"}


def test_secrets_of_another_kind_change_nothing(app):
    app.secrets = {"other": "thing"}
    assert app.run().title[0].value == "Overview"


@pytest.mark.parametrize("page", ["statements", "methods"])
def test_nothing_is_drawn_before_a_reader_has_signed_in(app, page):
    app.secrets = {"auth": AUTH}
    app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception
    assert [title.value for title in app.title] == ["Parley"]
    assert keys(app) == {"sign_in"}
    assert not app.sidebar.children


def test_who_signed_in_reads_and_may_sign_out(app):
    app.secrets, app.user = {"auth": AUTH}, ANN
    app.run()
    assert app.title[0].value == "Overview"
    assert "ann@example.org" in app.sidebar.text[-1].value
    app.button(key="sign_out").click().run()
    assert keys(app) == {"sign_in"}


def test_who_is_not_on_the_list_is_told_so_and_may_sign_out(app):
    app.secrets, app.user = {"auth": AUTH, "access": {"allowed": ["@example.com"]}}, ANN
    app.run()
    assert "ann@example.org, who is not among them" in app.text[0].value
    assert keys(app) == {"sign_out"}


def test_who_is_on_the_list_reads(app):
    app.secrets, app.user = {"auth": AUTH, "access": {"allowed": ["@example.org"]}}, ANN
    assert app.run().title[0].value == "Overview"


@pytest.mark.parametrize(
    ("user", "is_let_in"),
    [
        ({"email": "ann@example.org"}, True),
        ({"email": "Ann@Example.ORG"}, True),
        ({"email": "bob@partner.example.com"}, True),
        ({"email": "eve@partner.example.com"}, False),
        ({"email": "ann@sub.example.org"}, False),
        ({"email": "ann@notexample.org"}, False),
        ({"email": "ann@example.org@evil.example.com"}, False),
        ({"email": "ann@example.org", "email_verified": False}, False),
        ({"email": "ann@example.org", "email_verified": "false"}, False),
        ({"email": "ann@example.org", "email_verified": True}, True),
        ({"email": ""}, False),
        ({"name": "Ann"}, False),
    ],
)
def test_the_list_takes_addresses_and_whole_domains(user, is_let_in):
    allowed = ["@example.org", "bob@partner.example.com"]
    assert access.may_read(user, allowed=allowed) is is_let_in


def test_an_empty_list_lets_nobody_in():
    assert not access.may_read(ANN, allowed=[])


@pytest.mark.parametrize(
    ("secrets", "named"),
    [
        ({"auth": {**AUTH, "client_id": ""}}, "lacks client_id;"),
        ({"access": {"allowed": ["@example.org"]}}, "lacks redirect_uri"),
        ({"auth": AUTH, "access": {"allowed": "@example.org"}}, "a list such as"),
        ({"auth": AUTH, "access": {"allowed": ["example.org"]}}, "a list such as"),
        ({"auth": AUTH, "access": {"allow": ["@example.org"]}}, "a list such as"),
    ],
)
def test_half_a_setting_lets_nobody_in_and_says_what_to_mend(app, secrets, named):
    app.secrets, app.user = secrets, ANN
    app.run()
    assert named in app.error[0].value
    assert "secrets.toml" in app.error[0].value
    assert not keys(app)


def test_without_authlib_the_command_that_installs_it_is_named(app, monkeypatch):
    monkeypatch.setattr(access, "_is_installed", lambda name: False)
    app.secrets = {"auth": AUTH}
    assert "requirements-auth.lock" in app.run().error[0].value


def test_a_secrets_file_that_cannot_be_read_lets_nobody_in(app, tmp_path, monkeypatch):
    broken = tmp_path / "secrets.toml"
    broken.write_text("[auth\n", "utf-8")
    monkeypatch.setattr(access, "_files", lambda: [str(broken)])
    app.run()
    assert "mend the TOML of secrets.toml" in app.error[0].value


def keys(app):
    return {button.key for button in app.button if button.key in ("sign_in", "sign_out")}
