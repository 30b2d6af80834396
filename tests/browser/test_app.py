"""What an analyst does in a browser, on the bundled documents."""

import re
from urllib.parse import parse_qs, urlparse

import pandas as pd
import pytest
from playwright.sync_api import expect
from watching import drawn, opened

from pipeline import store

PAGES = ("", "themes", "compare", "positions", "phrases", "statements", "methods")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_without_an_error(page, address, path):
    opened(page, f"{address}/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_deep_link_with_filters_shows_exactly_its_statements(page, address, tables):
    page.goto(f"{address}/statements?theme=Kuril+Islands&side=Japan")
    about = tables["statement_themes"].query("theme_id == 'kuril-islands'")["statement_id"]
    statements = tables["statements"]
    wanted = statements[statements["statement_id"].isin(about) & (statements["side"] == "Japan")]
    expect(counted(page)).to_have_text(f"{len(wanted):,} of {len(statements):,} statements")


def test_from_a_point_to_its_statements_to_one_of_them_and_back(page, address, tables):
    opened(page, f"{address}/themes?theme=Missile+defence")
    point = (
        page.locator(".js-plotly-plot .scatterlayer .trace:has(path.point)")
        .first.locator("path.point")
        .last
    )
    point.click(force=True)
    page.wait_for_url(re.compile(r"/statements\?(?=.*on=)(?=.*year=)"))
    query = parse_qs(urlparse(page.url).query)
    assert query["on"] == ["Missile defence"]
    n = n_in_year(tables, theme_id="missile-defence", year=int(query["year"][0]))
    expect(counted(page)).to_have_text(f"{n} of {len(tables['statements']):,} statements")

    drawn(page)
    page.get_by_role("button", name="Show all", exact=True).click()
    expect(page.get_by_text("Only statements")).to_have_count(0)
    drawn(page)
    page.get_by_role("link", name="permanent link").first.click()
    page.wait_for_url(re.compile(r"statement="))
    statement_id = parse_qs(urlparse(page.url).query)["statement"][0]
    text = tables["statements"].set_index("statement_id").loc[statement_id, "text"]
    expect(page.get_by_text(text)).to_be_visible()

    page.go_back()
    expect(page.get_by_test_id("stSidebar").get_by_text("Missile defence")).to_be_visible()
    page.wait_for_url(re.compile("theme=Missile"))


def test_a_search_is_answered_as_it_is_typed(page, address, tables):
    opened(page, f"{address}/statements")
    page.get_by_role("searchbox", name="Search").press_sequentially("fisheries")
    n = tables["statements"]["text"].str.contains("fisheries", case=False).sum()
    expect(counted(page)).to_have_text(f"{n} of {len(tables['statements']):,} statements")


def test_a_filter_is_kept_from_page_to_page(page, address):
    opened(page, f"{address}/themes?side=Japan")
    page.get_by_role("link", name="Statements").click()
    page.wait_for_url(re.compile("/statements"))
    expect(page.get_by_text("Filters: Japan")).to_have_count(1)  # that of the page left is gone
    page.wait_for_url(re.compile("side=Japan"))


def counted(page):
    return page.get_by_role("heading", level=3).filter(has_text="statements").first


def n_in_year(tables, *, theme_id, year):
    themes, statements = tables["statement_themes"], tables["statements"]
    ids = themes[themes["theme_id"] == theme_id]["statement_id"]
    dates = pd.to_datetime(statements["date"])
    return int((statements["statement_id"].isin(ids) & (dates.dt.year == year)).sum())


@pytest.fixture(scope="session")
def tables(published):
    folder = published / "published"
    build_id = store.current_manifest(folder)["build_id"]
    names = ("statements", "statement_themes")
    return {name: store.read_table(folder, build_id, name) for name in names}
