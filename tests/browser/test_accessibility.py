"""Every page for everyone: axe-core finds nothing serious, in light and dark, wide and narrow."""

from importlib.resources import files

import pandas as pd
import pytest
from watching import drawn, opened

from pipeline import store

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
PAGES = {
    "overview": "",
    "themes": "themes",
    "events and sides": "themes?theme=Kuril+Islands&themes_lines=By+side&themes_events=true",
    "compare": "compare",
    "positions": "positions",
    "phrases": "phrases?phrase=peace+treaty&phrases_by=Side",
    "statements": "statements",
    "in context": "statements?q=fisheries&statements_view=In+context",
    "one statement": "statements?statement={statement_id}",
    "try a text": "try_a_text",
    "story": "story",
    "methods": "methods",
    "presented": "themes?theme=Trade+and+economy&present=true",
    "embedded": "themes?theme=Trade+and+economy&chart=themes_trade&embed=true",
    "notices": "positions?theme=Nonsense&positions_who=Nobody",
}
LOOKS = [("light", 1280), ("dark", 1280), ("dark", 390)]
GROUNDS = {"light": "rgb(253, 253, 251)", "dark": "rgb(22, 25, 28)"}
_GROUND = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
_IS_TOO_WIDE = """[document.documentElement, document.querySelector('[data-testid=stMain]')]
    .some(part => part.scrollWidth > part.clientWidth)"""
_RUN = """async () => {
    const found = await axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
        resultTypes: ["violations"],
    });
    return found.violations
        .filter(rule => ["serious", "critical"].includes(rule.impact))
        .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)}`));
}"""
# Text of charts, which axe leaves aside; a lone sign beside a name is a shape and needs 3:1.
_TEXT_OF_CHARTS = """() => {
    const light = colour => {
        const parts = colour.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    };
    const ground = light(getComputedStyle(document.querySelector(".stApp")).backgroundColor);
    const found = [];
    for (const element of document.querySelectorAll(".js-plotly-plot svg :is(text, tspan)")) {
        const own = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE);
        const said = own.map(node => node.data).join("").trim();
        if (!said) continue;
        const style = getComputedStyle(element);
        const [dark, bright] = [light(style.fill), ground].sort((a, b) => a - b);
        const contrast = (bright + 0.05) / (dark + 0.05);
        const wanted = /[\\p{L}\\p{N}]/u.test(said) ? 4.5 : 3;
        if (contrast < wanted || style.fillOpacity < 1) found.push(`${said}: ${style.fill}`);
    }
    return found;
}"""


@pytest.mark.parametrize("name", PAGES)
def test_no_page_keeps_anyone_out(page, address, statement_id, name):
    page.emulate_media(color_scheme="light")
    opened(page, f"{address}/{PAGES[name].format(statement_id=statement_id)}")
    page.evaluate(AXE)
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme)
        show_at_full_length(page, width=width, is_filling=name == "presented")
        page.wait_for_function(f"{_GROUND} === '{GROUNDS[scheme]}'")
        assert page.evaluate(_RUN) == []
        assert page.evaluate(_TEXT_OF_CHARTS) == []
        assert page.evaluate(_IS_TOO_WIDE) is False


def show_at_full_length(page, *, width, is_filling):
    """All of the page in view, as axe passes over text that is scrolled away."""
    page.set_viewport_size({"width": width, "height": 900})
    drawn(page)
    if not is_filling:
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": min(height + 20, 9_000)})
        drawn(page)


@pytest.fixture(scope="session")
def statement_id(published) -> str:
    folder = published / "published"
    build_id = store.current_manifest(folder)["build_id"]
    statements: pd.DataFrame = store.read_table(folder, build_id, "statements")
    return statements["statement_id"].iloc[100]
