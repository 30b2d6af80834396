"""Views in an order of the reader's own, presented one after another."""

import streamlit as st

from dashboard import drilldown, sharing, stage, story

_EXAMPLE = story.Story(
    "An example", (story.Saved("themes?theme=Trade+and+economy", "What became of trade."),)
)
PAGES = ("", "themes", "compare", "positions", "phrases", "statements")

this = sharing.story()
st.caption(
    "A story is a list of views with a caption each. The button *Story* on any page adds its "
    "view. It is lost when the page is loaded anew: download it to keep it, to edit it or to pass "
    "it on."
)


def open_file() -> None:
    """Takes the file's story in place of this one; a mistake is told and nothing is lost."""
    found = st.session_state["story_file"]
    if found is None:
        return
    try:
        text = found.getvalue().decode("utf-8-sig")
        sharing.keep(story.read(text, pages=PAGES))
    except UnicodeDecodeError:
        st.session_state["story_problem"] = "The file is no text in UTF-8; save it as such."
    except story.StoryError as error:
        st.session_state["story_problem"] = str(error)


def retitle() -> None:
    sharing.keep(this._replace(title=st.session_state["story_title"]))


def recaption(place: int, key: str) -> None:
    sharing.keep(this.captioned(place, st.session_state[key]))


if problem := st.session_state.pop("story_problem", ""):
    st.error(problem, icon=":material/error:")
if this.views:
    st.text_input("Title", this.title, on_change=retitle, key="story_title")
    with st.container(horizontal=True):
        st.button(
            "Present the story", type="primary", icon=":material/slideshow:",
            on_click=drilldown.go_to, args=(stage.presented(this.views[0].link, 1),),
        )  # fmt: skip
        st.download_button(
            "Download", story.as_text(this), "story.toml", "application/toml",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip
for place, saved in enumerate(this.views):
    with st.container(border=True):
        key = f"story_caption_{place}_{saved.link}_{saved.caption}"  # goes along when moved
        st.text_area(
            f"View {place + 1}", saved.caption, key=key, height=68,
            on_change=recaption, args=(place, key),
        )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Open", key=f"story_open_{place}", on_click=drilldown.go_to,
                      args=(saved.link,), icon=":material/open_in_new:")  # fmt: skip
            for name, key, by in (("Up", "up", -1), ("Down", "down", 1)):
                st.button(
                    name, key=f"story_{key}_{place}", on_click=sharing.keep,
                    args=(this.moved(place, by=by),), disabled=this.moved(place, by=by) == this,
                )  # fmt: skip
            st.button(
                "Remove", key=f"story_remove_{place}", on_click=sharing.keep,
                args=(this.without(place),), type="tertiary",
            )  # fmt: skip
            st.caption(saved.link)
if not this.views:
    st.info("No view yet. Add one from another page, or open a story from a file.")
    st.caption("Such a file looks like this:")
    st.code(story.as_text(_EXAMPLE), language=None, wrap_lines=True)
st.file_uploader("Open a story from a file", type=["toml", "txt"], key="story_file",
                 on_change=open_file)  # fmt: skip
