"""What can be done with a view as a whole: its link, a screen of its own, a report, a story."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from dashboard import drilldown, exhibits, filters, loading, report, views
from dashboard.corpus import Corpus, Rows
from dashboard.exhibits import Exhibit
from dashboard.report import Chart
from dashboard.story import Saved, Story

_BEHIND = "statements_behind_this_run"
_NARROWED = "narrowed_to_in_this_run"
_STORY = "story"
_COPY_HTML = '<button type="button" part="copy"></button><span role="status"></span>'
_COPY_CSS = """
button{font:inherit;font-size:0.93rem;color:var(--st-text-color);cursor:pointer;
 background:transparent;border:1px solid var(--st-border-color);
 border-radius:var(--st-button-radius,0.35rem);padding:0.25rem 0.75rem;min-height:2.4rem}
button:hover,button:focus-visible{border-color:var(--st-primary-color);
 color:var(--st-primary-color);outline-offset:2px}
span{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
"""
_COPY_JS = """
export default function({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const status = parentElement.querySelector("span");
  button.textContent = data.label;
  button.onclick = async () => {
    const link = new URL(window.location.href);
    link.search = data.query;
    link.hash = "";
    let told = "Copied";
    try { await navigator.clipboard.writeText(link.href); }
    catch { window.prompt(data.label, link.href); told = data.label; }
    button.textContent = status.textContent = told;
    setTimeout(() => { button.textContent = data.label; status.textContent = ""; }, 2000);
  };
}
"""


def start() -> None:
    """Forgets what the run before held; the entrypoint calls it on every run."""
    st.session_state[_BEHIND] = None


def behind(statements: Rows, *, narrowed_to: str = "") -> None:
    """The statements that the page's figures rest on, for its report.

    narrowed_to: what else than the filters they were chosen by, in words.
    """
    st.session_state[_BEHIND] = statements
    st.session_state[_NARROWED] = narrowed_to


def story() -> Story:
    """The reader's story; it lives as long as the browser's tab is not reloaded."""
    return st.session_state.get(_STORY, Story())


def keep(changed: Story) -> None:
    st.session_state[_STORY] = changed


def draw(title: str, *, tables: Corpus) -> None:
    """The buttons beside a page's title; at the end of a run, when the view is known."""
    drawn = exhibits.collected()
    _copy_link()(
        key="copy_link", data={"label": "Copy link", "query": views.query()}, width="content"
    )
    if drawn:
        st.button(
            "Present", key="present", icon=":material/slideshow:", on_click=drilldown.go_to,
            args=(views.address(present="true"),), help="One chart fills the screen",
        )  # fmt: skip
    if st.session_state.get(_BEHIND) is not None:
        st.download_button(
            "Report", _report(title, drawn, tables), f"parley-{title.lower()}.html", "text/html",
            key="report", icon=":material/description:", on_click="ignore",
            help="One file with the charts and the statements behind them; opens offline, prints",
        )  # fmt: skip
    with st.popover("Story", icon=":material/playlist_add:"):
        if drawn:
            _draw_adding(drawn)
        st.page_link("app_pages/story.py", label=f"Open the story ({len(story().views)})")


def _draw_adding(drawn: list[Exhibit]) -> None:
    st.caption("A story is a list of views, presented one after another.")
    titles = {exhibit.key: exhibit.title for exhibit in drawn}
    chosen = st.selectbox(
        "Chart", list(titles), format_func=lambda key: titles[key], key="story_chart"
    )
    sentence = next(e.sentence for e in drawn if e.key == chosen)
    caption = st.text_area("Caption", sentence, key=f"story_caption_{chosen}_{sentence}")
    link = views.address(chart=str(chosen))
    st.button("Add", key="story_add", type="primary", on_click=_add, args=(Saved(link, caption),))


def _add(saved: Saved) -> None:
    keep(story().with_view(saved))
    st.toast(f"Added as view {len(story().views)}", icon=":material/playlist_add_check:")


def _report(title: str, drawn: list[Exhibit], tables: Corpus) -> partial[str]:
    manifest = loading.shown_manifest()
    return partial(
        report.document,
        [Chart(exhibit.title, exhibit.sentence, exhibit.figure) for exhibit in drawn],
        st.session_state[_BEHIND],
        title=f"Parley: {title}",
        filters="; ".join(
            filter(
                None,
                (
                    st.session_state.get(_NARROWED, ""),
                    filters.in_words(tables, filters.selected(tables)),
                ),
            )
        ),
        address=views.lasting_link(manifest["build_id"]),
        manifest=manifest,
        tables=tables,
        on=datetime.now(UTC).date(),
    )


@st.cache_resource
def _copy_link() -> Callable:
    return st.components.v2.component("copy_link", html=_COPY_HTML, css=_COPY_CSS, js=_COPY_JS)
