"""Two invented meetings, set against each other in a browser."""

import re
from urllib.parse import parse_qs, urlparse

from corpus import DROPPED, KEPT, NEW, REWORDED
from playwright.sync_api import expect
from watching import opened


def test_what_was_kept_reworded_new_and_dropped_is_shown(page, address_of_two_meetings):
    opened(page, f"{address_of_two_meetings}/compare")
    for heading, n in (
        ("Repeated", len(KEPT) + 1),
        ("Reworded", len(REWORDED)),
        ("Dropped since 2 May 2014, Port", len(DROPPED)),
        ("New in 3 June 2015, Hill", len(NEW)),
    ):
        expect(page.get_by_text(f"{heading}: {n}", exact=True)).to_be_visible()
    pair = page.locator("[data-testid=stHtml]").filter(has_text="pipeline")
    expect(pair.locator("del")).to_have_text(["will", "doubled", "three"])
    expect(pair.locator("ins")).to_have_text(["should", "tripled", "ten"])


def test_a_finding_leads_to_its_statements_and_its_link_lasts(page, address_of_two_meetings):
    opened(page, f"{address_of_two_meetings}/compare")
    page.locator(".st-key-compare_all_dropped").get_by_role("button", name="Read").click()
    page.wait_for_url(re.compile("change=dropped"))
    for text in DROPPED:
        expect(page.get_by_text(text)).to_be_visible()
    expect(page.get_by_role("heading", name="2 of 15 statements")).to_be_visible()
    query = parse_qs(urlparse(page.url).query)
    assert query["between"] == ["Meetings|2 May 2014, Port|3 June 2015, Hill"]
    page.goto(page.url)
    expect(page.get_by_role("heading", name="2 of 15 statements")).to_be_visible()


def test_a_comparison_is_in_the_address(page, address_of_two_meetings):
    opened(page, f"{address_of_two_meetings}/compare")
    page.get_by_role("button", name="Swap").click()
    page.wait_for_url(re.compile("compare_left="))
    expect(page.get_by_text("New in 2 May 2014, Port: 2")).to_be_visible()
    page.goto(page.url)
    expect(page.get_by_text("New in 2 May 2014, Port: 2")).to_be_visible()


def test_a_mark_of_the_matrix_opens_its_statements(page, address_of_two_meetings):
    opened(page, f"{address_of_two_meetings}/positions")
    marks = page.locator(".st-key-positions_matrix .scatterlayer path.point")
    expect(marks.first).to_be_visible()
    marks.first.click(force=True)
    page.wait_for_url(re.compile("/statements"))
    query = parse_qs(urlparse(page.url).query)
    assert set(query) == {"on", "who", "meeting"}
    expect(page.get_by_text("Only statements")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("of 15 statements"))).to_be_visible()
