import pytest
from corpus import ROOT

from pipeline.importing.drafting import Stated, draft_of
from pipeline.importing.reading import read_page
from pipeline.importing.vocabulary import read_vocabulary
from pipeline.speakers import Speakers


@pytest.fixture(scope="session")
def vocabulary():
    return read_vocabulary(ROOT / "data" / "rules" / "importing.toml")


@pytest.fixture
def drafted(vocabulary):
    """The draft of a page given as text or bytes; no speaker is known beforehand."""

    def draft(content, *, name="page.txt", url="", speakers=None, **stated):
        raw = content if isinstance(content, bytes) else content.encode()
        page = read_page(raw, name=name, vocabulary=vocabulary, url=url)
        known = speakers or Speakers("Ardenia", {})
        return draft_of(page, stated=Stated(**stated), vocabulary=vocabulary, speakers=known)

    return draft
