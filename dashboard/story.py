"""A story: views in an order, a caption each, in a small file that people can edit; pure."""

import json
import re
import tomllib
from collections.abc import Collection
from typing import Any, NamedTuple
from urllib.parse import urlsplit

_HEAD = """\
# A story for Parley: views in the order in which they are presented. Open it on the page Story.
# A link is a page's address, as Copy link gives it; the part before the page may be left out.
"""
_LONGEST = 4000  # letters of a link; the app's own are under 2,000


class StoryError(ValueError):
    """A file that is no story; says what is wrong and how to mend it."""


class Saved(NamedTuple):
    """One view. link: within the app, as `themes?theme=Trade`."""

    link: str
    caption: str


class Story(NamedTuple):
    title: str = "A story"
    views: tuple[Saved, ...] = ()

    def with_view(self, saved: Saved) -> "Story":
        return self._replace(views=(*self.views, saved))

    def without(self, place: int) -> "Story":
        return self._replace(views=(*self.views[:place], *self.views[place + 1 :]))

    def moved(self, place: int, *, by: int) -> "Story":
        """The view at a place moved on by so many; unchanged where it would leave the list."""
        views = list(self.views)
        if not 0 <= place + by < len(views):
            return self
        views.insert(place + by, views.pop(place))
        return self._replace(views=tuple(views))

    def captioned(self, place: int, caption: str) -> "Story":
        views = list(self.views)
        views[place] = views[place]._replace(caption=caption)
        return self._replace(views=tuple(views))


def as_text(story: Story) -> str:
    """The story as a file, which read() reads back."""
    parts = [f"{_HEAD}\ntitle = {_quoted(story.title)}"]
    parts += [
        f"[[view]]\nlink = {_quoted(saved.link)}\ncaption = {_quoted(saved.caption)}"
        for saved in story.views
    ]
    return "\n\n".join(parts) + "\n"


def read(text: str, *, pages: Collection[str]) -> Story:
    """The story that a file holds. pages: the names of the app's pages.

    Raises StoryError, which names the line or the view.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise StoryError(f"Not readable as TOML: {error}. Put texts in double quotes.") from error
    views = found.get("view", [])
    if not isinstance(views, list) or not views:
        raise StoryError("There is no view in it; each begins with a line [[view]].")
    title = found.get("title", Story().title)
    return Story(
        str(title), tuple(_saved(view, place, pages) for place, view in enumerate(views, 1))
    )


def in_app(link: str, *, pages: Collection[str]) -> str:
    """A link as the app itself says it, without the server; empty when it leads elsewhere."""
    parts = urlsplit(link.strip())
    if parts.scheme not in ("", "http", "https") or len(link) > _LONGEST:
        return ""
    page = parts.path.rstrip("/").rpartition("/")[2]
    if page not in pages and not parts.netloc:
        return ""
    page = page if page in pages else ""  # the app's own root, whatever its path is
    return f"{page}?{parts.query}" if parts.query else page


def _saved(view: Any, place: int, pages: Collection[str]) -> Saved:
    if not isinstance(view, dict) or not isinstance(view.get("link"), str):
        raise StoryError(f'View {place} has no link; write link = "themes?theme=Trade".')
    link = in_app(view["link"], pages=pages)
    if not link and view["link"].strip():
        named = ", ".join(sorted(filter(None, pages)))
        raise StoryError(f"View {place}: {view['link'][:80]} is no page of this app; {named} are.")
    return Saved(link, str(view.get("caption", "")))


def _quoted(text: str) -> str:
    """A basic string of TOML, whose escapes JSON shares; DEL is the one that JSON lets pass."""
    return re.sub("\x7f", r"\\u007f", json.dumps(text, ensure_ascii=False))
