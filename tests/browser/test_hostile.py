"""Hostile text in everything that may hold text: shown as text on every page, and nothing runs."""

import re
from urllib.parse import quote

import pytest
from hostile import TEXTS
from hostile_corpus import corrections_for, write_hostile_corpus
from playwright.sync_api import expect
from watching import drawn

from pipeline import store
from pipeline.build import refresh

PAGES = (
    "", "themes?themes_events=true", "themes?themes_by=Meeting&themes_lines=By+side", "compare",
    "compare?compare_by=Speakers", "compare?compare_by=Sides", "positions", "phrases?phrase=trade",
    "statements", "statements?statements_view=In+context&q=trade", "statements?page=2", "methods",
    "try_a_text",
)  # fmt: skip
ICON = "https://fonts.gstatic.com/"  # Streamlit fetches the picture in the browser's tab from there
RUNS = """() => [...document.querySelectorAll('*')].flatMap(node => [...node.attributes]
    .filter(a => /^on/i.test(a.name) || /^\\s*javascript:/i.test(a.value))
    .map(a => node.outerHTML.slice(0, 300)))"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, serving):
    data = write_hostile_corpus(tmp_path_factory.mktemp("hostile") / "data")
    build_id = refresh(data).build_id
    ids = store.read_table(data / "published", build_id, "statements")["statement_id"]
    (data / "corrections.csv").write_text(corrections_for(ids), "utf-8")
    refresh(data)
    with serving(data) as address:
        yield address, ids.tolist()


@pytest.fixture
def watched(page):
    """A page that remembers where it sent requests and which dialogues opened."""
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(f"a dialogue opened: {dialog.message}"))
    return page


@pytest.mark.parametrize("path", PAGES)
def test_nothing_that_a_document_says_runs_on_any_page(watched, hostile, path):
    address, _ = hostile
    opened(watched, address, path)
    assert_harmless(watched, address)


def test_a_statement_is_shown_letter_by_letter(watched, hostile):
    address, ids = hostile
    for key, text in zip(ids[3::4], TEXTS[:10], strict=False):
        opened(watched, address, f"statements?statement={key}")
        said = watched.locator("[data-testid=stHtml] p").filter(has_text="Trade").first
        assert " ".join(text.split()) in " ".join(said.text_content().split())
        assert_harmless(watched, address)


@pytest.mark.parametrize("text", [TEXTS[1], TEXTS[3], TEXTS[4]])
def test_nothing_that_an_address_says_runs(watched, hostile, text):
    address, _ = hostile
    said = quote(text)
    for path in (
        f"statements?statement={said}",
        f"statements?on={said}&who={said}&meeting={said}&year={said}&kind={said}&holds={said}",
        f"statements?between={said}&change={said}&ids={said}&q={said}",
        f"phrases?phrase={said}",
        f"?theme={said}&speaker={said}",
    ):
        opened(watched, address, path)
        assert_harmless(watched, address)


def test_a_text_of_ones_own_is_shown_as_text(watched, hostile):
    address, _ = hostile
    opened(watched, address, "try_a_text")
    watched.locator("textarea").fill("\n\n".join(f"Holt: Trade, {t}" for t in TEXTS[:6]))
    watched.locator("textarea").press("Tab")
    watched.get_by_test_id("stBaseButton-primaryFormSubmit").or_(
        watched.get_by_test_id("stBaseButton-secondaryFormSubmit")
    ).first.click()
    expect(watched.get_by_text("<script>document.title='stolen'</script>").first).to_be_visible()
    assert_harmless(watched, address)


def opened(page, address, path):
    page.goto(f"{address}/{path}")
    drawn(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")  # all that it asks for has been asked for
    expect(page.get_by_test_id("stException")).to_have_count(0)


def assert_harmless(page, address):
    assert "stolen" not in page.title()
    assert page.evaluate(RUNS) == []
    foreign = [url for url in page.asked if not re.match(rf"({address}|data:|blob:|{ICON})", url)]
    assert foreign == []
