"""Every mark leads to its statements, and the browser's back button to the view that was left."""

import re

import pytest
from playwright.sync_api import expect
from watching import at_rest, opened

MARKS = [
    ("themes?theme=Missile+defence&themes_by=Meeting", "themes_missile-defence"),
    ("?theme=Missile+defence&side=Ardenia", "overview_squares"),
    ("?side=Ardenia", "overview_timeline"),
    ("compare?compare_by=Years", "compare_themes"),
    ("positions?positions_theme=Missile+defence", "positions_matrix"),
    ("phrases?phrase=pipeline&phrases_by=Side", "phrases_lines"),
    ("phrases?phrase=pipeline", "phrases_strip"),
]


@pytest.mark.parametrize(("view", "chart"), MARKS)
def test_a_mark_opens_statements_and_back_leads_to_the_view_left(
    page, address_of_two_meetings, view, chart
):
    left = f"{address_of_two_meetings}/{view}"
    opened(page, left)
    click_last_point(page, chart)
    page.wait_for_url(re.compile("/statements"))
    expect(page.get_by_text("Only statements")).to_be_visible()
    found = page.get_by_role("heading", name=re.compile("of 15 statements"))
    expect(found).not_to_have_text(re.compile("^0 of"))
    page.go_back()
    page.wait_for_url(left)
    expect(page.locator(f".st-key-{chart}")).to_be_visible()


@pytest.mark.parametrize("chart", ["positions_tone", "positions_wording"])
def test_a_year_apart_opens_the_statements_of_both_sides(page, address, chart):
    opened(page, f"{address}/positions?positions_theme=Kuril+Islands")
    click_last_point(page, chart)
    page.wait_for_url(re.compile(r"/statements\?(?=.*who=Russia%7CJapan)(?=.*year=20\d\d)"))
    found = page.get_by_role("heading", name=re.compile("of [0-9,]+ statements"))
    expect(found).not_to_have_text(re.compile("^0 of"))


def test_a_claim_leads_to_its_statements_under_the_same_filters(page, address_of_two_meetings):
    opened(page, f"{address_of_two_meetings}/compare?speaker=Ana+Holt")
    page.get_by_role("link", name="Peace treaty (1)").click()
    page.wait_for_url(re.compile("/statements"))
    expect(page.get_by_role("heading", name="1 of 15 statements")).to_be_visible()
    assert "speaker=Ana+Holt" in page.url
    page.go_back()
    expect(page.get_by_role("heading", name="What changed")).to_be_visible()


def click_last_point(page, chart):
    """Where the mark is drawn; a thin line has no box that Playwright would call visible."""
    point = page.locator(f".st-key-{chart} .scatterlayer path.point").last
    expect(point).to_be_attached()
    point.scroll_into_view_if_needed()
    at_rest(page)
    box = point.evaluate("point => point.getBoundingClientRect().toJSON()")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_mark_is_opened_with_the_keyboard_alone(page, address_of_two_meetings):
    left = f"{address_of_two_meetings}/themes?theme=Missile+defence"
    opened(page, left)
    expander = page.get_by_text("Rows, picture and citation")
    expander.wait_for()
    page.locator("summary", has=expander).focus()
    page.keyboard.press("Enter")
    at_rest(page)
    marks = page.get_by_role("combobox", name="Open a mark of the chart")
    expect(marks).to_be_visible()
    page.keyboard.press("Tab")
    expect(marks).to_be_focused()
    page.keyboard.type("2015")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/statements\?(?=.*on=Missile)(?=.*year=2015)"))
    found = page.get_by_role("heading", name=re.compile("of 15 statements"))
    expect(found).not_to_have_text(re.compile("^0 of"))
    page.go_back()
    page.wait_for_url(left)
    expect(page.get_by_role("heading", name="Missile defence")).to_be_visible()
