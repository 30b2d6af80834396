import pytest
from corpus import write_corpus


@pytest.fixture
def data(tmp_path):
    """A data folder with two invented documents and the project's own rules for themes and tone."""
    return write_corpus(tmp_path / "data")
