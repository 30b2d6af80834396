"""What a presenter does: a picture, a report, a screen of its own, a story; in a browser."""

import re
import struct

import pytest
from playwright.sync_api import expect
from watching import at_rest, drawn, opened

TRADE = "themes?theme=Trade+and+economy"


@pytest.mark.parametrize("file_format", ["PNG", "SVG"])
def test_a_picture_is_saved_at_print_size_with_title_and_source(page, address, file_format):
    opened(page, f"{address}/{TRADE}")
    page.get_by_text("Rows, picture and citation").click()
    at_rest(page)
    page.get_by_role("button", name="Picture").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".main-svg").first).to_be_visible()
    drawn(page)
    dialog.get_by_text(file_format, exact=True).click()
    name = "Download plot as a PNG" if file_format == "PNG" else "Download plot"
    camera = dialog.get_by_role("button", name=name, exact=True)
    with page.expect_download() as saved:
        camera.click()
    assert saved.value.suggested_filename == f"themes_trade.{file_format.lower()}"
    content = saved.value.path().read_bytes()
    if file_format == "PNG":
        width, height = struct.unpack(">II", content[16:24])
        assert width >= 2400  # 20 cm at 300 dots an inch
        assert height >= 1200
    else:
        text = content.decode("utf-8")
        assert "Trade and economy" in text
        assert "statements of" in text
        assert "build" in text


def test_a_report_opens_from_disk_without_a_network_and_prints_within_its_pages(
    page, address, browser, tmp_path
):
    opened(page, f"{address}/{TRADE}&years=2016&years=2019")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Report").click()
    path = tmp_path / "report.html"
    saved.value.save_as(path)
    context = browser.new_context(offline=True, viewport={"width": 1000, "height": 900})
    report, asked = context.new_page(), []
    report.on("request", lambda request: asked.append(request.url))
    report.goto(path.as_uri())
    expect(report.locator(".js-plotly-plot .scatterlayer .point").first).to_be_visible()
    expect(report.get_by_text("Trade and economy; 2016–2019")).to_be_visible()
    counted = re.search(r"The (\d+) statements", report.content())
    assert report.locator("article").count() == int(counted[1]) > 0
    assert asked == [path.as_uri()]
    report.emulate_media(media="print")
    report.set_viewport_size({"width": 680, "height": 900})  # an A4 page between its margins
    assert report.evaluate("document.documentElement.scrollWidth") <= 690
    context.close()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_presenting_fills_the_screen_and_the_arrow_keys_go_on(page, address, width, height):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{address}/{TRADE}&present=true")
    expect(page.get_by_role("heading", level=1)).to_have_text("Trade and economy")
    chart = page.locator(".js-plotly-plot")
    expect(chart).to_have_count(1)
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    drawn(page)
    box = chart.bounding_box()
    assert box["height"] > 0.6 * height
    assert box["width"] > 0.9 * width
    assert box["y"] + box["height"] <= height
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(r"present=true"))
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Trade and economy")
    drawn(page)
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_have_text("Trade and economy")
    drawn(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Copy link")).to_be_visible()
    assert "present" not in page.url


def test_one_chart_fits_into_the_frame_of_another_page(page, address):
    link = f"{address}/{TRADE}&embed=true&chart=themes_trade"
    page.set_content(f'<iframe src="{link}" width="640" height="380"></iframe>')
    frame = page.frame_locator("iframe")
    expect(frame.locator(".js-plotly-plot")).to_be_visible()
    expect(frame.get_by_text("Trade and economy.", exact=True)).to_be_visible()
    expect(frame.get_by_test_id("stSidebar")).to_be_hidden()
    inside = next(f for f in page.frames if f.url.startswith(address))
    main = inside.get_by_test_id("stMain")
    assert main.evaluate("e => e.scrollHeight <= e.clientHeight + 1")


def test_a_story_is_collected_saved_opened_again_and_presented(page, address, tmp_path):
    opened(page, f"{address}/{TRADE}")
    add_to_story(page)
    page.get_by_role("link", name="Compare").first.click()
    page.wait_for_url(re.compile("/compare"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare")
    drawn(page)
    add_to_story(page)
    page.get_by_role("link", name="Open the story (2)").click()
    page.wait_for_url(re.compile("/story"))
    expect(page.get_by_label("View 1")).to_be_visible()
    drawn(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download").click()
    path = tmp_path / "story.toml"
    saved.value.save_as(path)
    text = path.read_text("utf-8")
    path.write_text(re.sub('caption = ".*?"', 'caption = "Told anew"', text, count=1), "utf-8")

    opened(page, f"{address}/story")  # another session
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_label("View 1")).to_have_value("Told anew")
    drawn(page)
    page.get_by_role("button", name="Present the story").click()
    expect(page.get_by_text("Told anew")).to_be_visible()
    expect(page.get_by_text("1 of 2")).to_be_visible()
    drawn(page)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("2 of 2")).to_be_visible()
    drawn(page)
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile("/story$"))


def test_a_file_that_is_no_story_is_refused_with_its_mistake(page, address, tmp_path):
    path = tmp_path / "wrong.toml"
    path.write_text('[[view]]\nlink = "javascript:alert(1)"\n', "utf-8")
    opened(page, f"{address}/story")
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_text("View 1: javascript:alert(1) is no page")).to_be_visible()


def add_to_story(page):
    page.get_by_role("button", name="Story").click()
    expect(page.get_by_role("button", name="Add", exact=True)).to_be_visible()
    at_rest(page)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text(re.compile("Added as view"))).to_be_visible()
    drawn(page)
