"""The link is the view: what the controls were set to is drawn again where the link is opened."""

import json
import re
from urllib.parse import parse_qs, urlparse

import pytest
from acting import choose, flip, pick, slide, turn, write
from playwright.sync_api import expect
from watching import drawn, one_run, opened

PICTURE = """() => {
    const all = selector => [...document.querySelectorAll(selector)];
    const plain = rows => JSON.stringify(rows, (key, value) =>
        ArrayBuffer.isView(value) ? Array.from(value) : value);
    return JSON.stringify({
        headings: all("[data-testid=stMain] :is(h1, h2, h3, h4)").map(part => part.innerText),
        charts: all(".js-plotly-plot").map(chart => plain(chart.data.map(trace =>
            [trace.name, trace.x, trace.y, trace.customdata]))),
        alternatives: all("[role=figure]").map(part => part.ariaLabel),
        values: all("input, [role=radio], [role=slider]").map(part =>
            [part.ariaLabel, part.value, part.checked, part.ariaChecked, part.ariaValueNow]),
        text: document.querySelector("[data-testid=stMain]").innerText,
    });
}"""
LONGEST = 2_000  # letters
N_LOOKS = 8


VIEWS = {
    "filters": (
        "",
        {
            "theme": choose("Trade and economy", "Peace treaty"),
            "side": choose("Japan"),
            "speaker": choose("Taro Kono", "Fumio Kishida"),
            "role": choose("Reported"),
            "years": slide,
        },
    ),
    "themes": (
        "themes?theme=Kuril+Islands",
        {
            "themes_by": pick("Meeting"),
            "themes_measure": pick("Share of words"),
            "themes_lines": pick("By side"),
            "themes_tone": pick("VADER"),
            "themes_events": flip,
        },
    ),
    "meetings": (
        "compare",
        {
            "compare_left": choose("31 May 2005, Tokyo"),
            "compare_right": choose("21 November 2005, Tokyo"),
            "compare_who": pick("Japan"),
            "compare_on": choose("Kuril Islands"),
        },
    ),
    "speakers": (
        "compare",
        {
            "compare_by": pick("Speakers"),
            "compare_left_speaker": choose("Taro Aso"),
            "compare_right_speaker": choose("Taro Kono"),
        },
    ),
    "years": (
        "compare",
        {"compare_by": pick("Years"), "compare_left_years": slide, "compare_right_years": slide},
    ),
    "positions": (
        "positions",
        {
            "positions_who": choose("Japan", "South Korea"),
            "positions_theme": choose("Korean Peninsula"),
            "positions_latest": flip,
            "positions_all": flip,
        },
    ),
    "phrases": ("phrases", {"phrase": write("peace treaty"), "phrases_by": pick("Side")}),
    "statements": (
        "statements",
        {"q": write("treaty"), "statements_order": pick("Strongest first"), "page": turn},
    ),
    "in context": ("statements?q=fisheries", {"statements_view": pick("In context")}),
}


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_drawn_again_where_its_link_is_opened(page, address, browser, name):
    view, controls = VIEWS[name]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, f"{address}/{view}")
    for key, act in controls.items():
        with one_run(page):
            act(page.locator(f".st-key-{key}"))
        page.wait_for_url(re.compile(rf"[?&]{key}="))
        drawn(page)
    picture_of(page)
    opened_elsewhere(browser, page.url, left=page)
    opened_elsewhere(browser, copied_from(page), left=page, parts=("charts", "headings"))


def test_the_longest_link_of_a_reader_is_short(page, address):
    page.goto(
        f"{address}/compare?theme=Kuril+Islands&theme=Peace+treaty&theme=Missile+defence"
        "&theme=Trade+and+economy&theme=Korean+Peninsula&side=Japan&side=Russia&side=South+Korea"
        "&speaker=Taro+Aso&speaker=Sergey+Lavrov&years=2005&years=2020&role=Reported&role=Joint"
        "&compare_by=Years&compare_left_years=2005&compare_left_years=2010"
        "&compare_right_years=2011&compare_right_years=2020&compare_who=Japan"
    )
    picture_of(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    link = copied_from(page)
    assert parse_qs(urlparse(link).query)["compare_left_years"] == ["2005", "2010"]
    assert len(link) < LONGEST


GONE = {
    "themes?them=Trade&side=Japan": "Not understood in the link: them=Trade (theme?).",
    "themes?theme=Nonsense&side=Japan": "Themes: Nonsense is not in this build",
    "themes?themes_by=Nonsense&side=Japan": "By: there is no Nonsense here; shown is Year.",
    "themes?years=1800&years=1900&side=Japan": "Years: 1800, 1900 is no span within",
    "themes?years=2010&side=Japan": "Years: 2010 is no span within",
    "themes?themes_events=perhaps&side=Japan": "Mark events: perhaps is neither true nor false",
    "themes?build=x&side=Japan": "The build x is not kept any more",
    "compare?compare_left=Nonsense&side=Japan": "Left: Nonsense is not in this build",
    "compare?compare_on=Nonsense&side=Japan": "On: Nonsense comes up on neither side",
    "positions?positions_who=Nobody&side=Japan": "Nobody is not in this build",
    "positions?positions_latest=x&side=Japan": "Latest year first: x is neither true nor false",
    "positions?positions_who=Japan&positions_who=Russia&positions_who=China&side=Japan": (
        "No more than two are shown, so not China"
    ),
    "positions?positions_theme=Nonsense&side=Japan": "They said nothing on Nonsense here",
    "statements?statement=x&side=Japan": "The statement x is not in this build",
    "statements?page=999&side=Japan": "There is no page 999",
}


@pytest.mark.parametrize("view", GONE)
def test_what_no_longer_exists_is_named_and_the_rest_holds(page, address, view):
    page.goto(f"{address}/{view}")
    expect(page.get_by_role("alert").filter(has_text=GONE[view])).to_be_visible()
    assert "side=Japan" in page.url
    expect(page.locator(".st-key-side").get_by_title("Japan", exact=True)).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_years_beyond_the_data_are_cut_and_then_the_readers(page, address):
    opened(page, f"{address}/themes?years=1990&years=2010")
    told = page.get_by_text("Years: 1990–2010 reaches beyond 2004–2023; shown is 2004–2010.")
    expect(told).to_be_visible()
    with one_run(page):
        slide(page.locator(".st-key-years"))
    page.wait_for_url(re.compile("years=2005&years=2010"))
    expect(told).to_have_count(0)


def picture_of(page):
    """All that is drawn, once every chart stands and nothing changes any more."""
    before = None
    while before != (now := page.evaluate(PICTURE)):
        before = now
        drawn(page)
        page.wait_for_timeout(300)
    return now


def opened_elsewhere(browser, link, *, left, parts=()):
    """The link in a session of its own draws the same as the page left; of all parts, or some.

    Both are looked at until they agree: a slider tells the server a moment after the address.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(link)
        for _ in range(N_LOOKS):
            now, then = json.loads(picture_of(page)), json.loads(picture_of(left))
            if all(now[part] == then[part] for part in parts or then):
                break
        for part in parts or then:
            assert now[part] == then[part]
    finally:
        context.close()


def copied_from(page):
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    return page.evaluate("navigator.clipboard.readText()")
