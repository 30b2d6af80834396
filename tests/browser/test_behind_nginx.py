"""Behind nginx, under a path: links, clicks, back and files work; no other host is asked."""

import re
from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect
from watching import opened

PAGES = ("", "themes", "compare", "positions", "phrases", "statements", "try_a_text", "methods")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_and_asks_no_other_host(page, address_behind_nginx, path):
    hosts = set()
    page.on("request", lambda request: hosts.add(urlparse(request.url).netloc))
    opened(page, f"{address_behind_nginx}/{path}")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert hosts - {""} == {urlparse(address_behind_nginx).netloc}


def test_a_mark_opens_statements_under_the_path_and_back_returns(page, address_behind_nginx):
    left = f"{address_behind_nginx}/themes?theme=Missile+defence"
    opened(page, left)
    page.locator(".js-plotly-plot .scatterlayer path.point").last.click(force=True)
    page.wait_for_url(re.compile(re.escape(f"{address_behind_nginx}/statements?")))
    expect(page.get_by_text("Only statements")).to_be_visible()
    page.go_back()
    page.wait_for_url(left)


def test_a_permanent_link_stays_under_the_path(page, address_behind_nginx):
    opened(page, f"{address_behind_nginx}/statements?theme=Kuril+Islands&side=Japan")
    page.get_by_role("link", name="permanent link").first.click()
    page.wait_for_url(re.compile(re.escape(f"{address_behind_nginx}/statements?statement=")))
    expect(page.get_by_role("link", name="permanent link").first).to_be_visible()


def test_scripts_come_compressed(page, address_behind_nginx):
    with page.expect_response(re.compile(r"/static/js/.*\.js")) as found:
        page.goto(address_behind_nginx)
    assert found.value.headers["content-encoding"] == "gzip"
