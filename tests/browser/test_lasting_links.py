"""A control keeps its part of the address whatever comes and goes above it on the page."""

import re
import shutil
from urllib.parse import parse_qs, urlparse

import pytest
from acting import choose, flip, pick, write
from playwright.sync_api import expect
from watching import drawn, one_run, opened

from pipeline.build import refresh

FILTERS = ("theme", "side", "speaker", "years", "role", "build")
SETTLED = 300  # milliseconds; the address follows the page a moment later
SHOWN = """part => JSON.stringify([
    [...part.querySelectorAll("[aria-checked=true], [aria-current=page]")].map(p => p.innerText),
    [...part.querySelectorAll("input")].map(p => [p.value, p.checked]),
])"""


def filtered(key, *labels):
    return lambda page: choose(*labels)(page.locator(f".st-key-{key}"))


def cleared(page):
    page.get_by_role("button", name="Clear filters").first.click()


def pinned(page):
    """To the build before; the page says so above its controls."""
    page.locator(".st-key-build").get_by_role("combobox").click()
    page.get_by_role("option").last.click()


def unpinned(page):
    page.locator(".st-key-build").get_by_role("button", name="Clear value").click()


def searched(key, text):
    return lambda page: write(text)(page.locator(f".st-key-{key}"))


def presented(page):
    page.get_by_role("button", name="Present").click()
    page.wait_for_url(re.compile("present=true"))


def left(page):
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Copy link")).to_be_visible()


def followed(link):
    """As from a page of the app."""
    return lambda page: page.evaluate(
        "link => {history.pushState({}, '', link); dispatchEvent(new PopStateEvent('popstate'))}",
        link,
    )


def went_back(page):
    page.go_back()


PAIR = "compare_left=31+May+2005,+Tokyo&compare_right=21+November+2005,+Tokyo"
# a link that sets controls; what comes and goes above them; what is done to controls after it
CHANGES = {
    "themes": (
        "themes?themes_lines=By+side&themes_tone=VADER&theme=Trade+and+economy",
        (cleared, filtered("theme", "Peace treaty"), pinned, unpinned),
        {
            "themes_by": (pick("Meeting"), "Meeting"),
            "themes_measure": (pick("Share of words"), "Share of words"),
            "themes_events": (flip, "true"),
        },
    ),
    "a chart alone and back": (
        "themes?themes_lines=By+side&theme=Trade+and+economy",
        (presented, left),
        {"themes_by": (pick("Meeting"), "Meeting"), "themes_tone": (pick("VADER"), "VADER")},
    ),
    "meetings": (
        f"compare?{PAIR}&compare_who=Japan&compare_on=Kuril+Islands",
        (filtered("theme", "Peace treaty"), filtered("side", "Russia"), cleared, pinned, unpinned),
        {
            "compare_on": (choose("Trade and economy"), "Trade and economy"),
            "compare_who": (pick("Russia"), "Russia"),
            "compare_left": (choose("14 January 2005, Moscow"), "14 January 2005, Moscow"),
        },
    ),
    "speakers": (
        "compare?compare_by=Speakers&compare_left_speaker=Taro+Aso&compare_on=Kuril+Islands",
        (pinned, filtered("theme", "Peace treaty"), cleared),
        {"compare_right_speaker": (choose("Taro Kono"), "Taro Kono")},
    ),
    "positions": (
        "positions?positions_latest=false&positions_theme=Korean+Peninsula",
        (filtered("theme", "Trade and economy"), cleared, pinned, unpinned),
        {"positions_all": (flip, "true"), "positions_who": (choose("Japan"), "Japan")},
    ),
    "phrases": (
        "phrases?phrases_by=Side",
        (searched("phrase", "peace treaty"), searched("phrase", "zzzz"), pinned),
        {"phrases_by": (pick("Speaker"), "Speaker"), "phrase": (write("fish"), "fish")},
    ),
    "statements": (
        "statements?statements_order=Oldest+first&page=2&on=Trade+and+economy",
        (filtered("side", "Japan"), pinned, cleared),
        {
            "page": (lambda c: c.get_by_role("button", name="Page 3", exact=True).click(), "3"),
            "statements_order": (pick("Strongest first"), "Strongest first"),
            "q": (write("trade"), "trade"),
        },
    ),
    "statements, one of them gone": (
        "statements?statements_order=Oldest+first",
        (followed("statements?statement=x&statements_order=Oldest+first"), went_back, pinned),
        {"statements_order": (pick("Strongest first"), "Strongest first")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_controls_stay_tied_to_the_address(page, address_of_two_builds, name):
    view, changes, later = CHANGES[name]
    opened(page, f"{address_of_two_builds}/{view}")
    held = {key: values for key, values in said(page).items() if is_control(page, key)}
    shown = {key: shown_by(page, key) for key in held}
    assert held
    for change in changes:
        with one_run(page):
            change(page)
        drawn(page)
        page.wait_for_timeout(SETTLED)
        assert {key: said(page).get(key) for key in held} == held
        assert {key: shown_by(page, key) for key in held} == shown
    for key, (act, value) in later.items():
        with one_run(page):
            act(page.locator(f".st-key-{key}"))
        page.wait_for_url(lambda url, key=key, value=value: said_in(url).get(key) == [value])
        drawn(page)


def test_a_page_that_there_is_no_more_leaves_the_address(page, address_of_two_builds):
    opened(page, f"{address_of_two_builds}/statements?page=30")
    filtered("side", "Japan")(page)
    expect(page.get_by_role("alert").filter(has_text="There is no page 30")).to_be_visible()
    page.wait_for_url(lambda url: "page=" not in url)


@pytest.fixture(scope="module")
def address_of_two_builds(published, serving, tmp_path_factory):
    """Where the app is served with the bundled documents and an earlier build of them."""
    data = tmp_path_factory.mktemp("two") / "builds"
    shutil.copytree(published, data)
    document = min((data / "documents").glob("*.md"))
    document.write_text(document.read_text("utf-8") + "\nSergey Lavrov: Trade grows.\n", "utf-8")
    refresh(data)
    with serving(data) as address:
        yield address


def said(page):
    return said_in(page.url)


def said_in(url):
    return parse_qs(urlparse(url).query)


def is_control(page, key):
    return key not in FILTERS and page.locator(f".st-key-{key}").count() > 0


def shown_by(page, key):
    return page.locator(f".st-key-{key}").evaluate(SHOWN)
