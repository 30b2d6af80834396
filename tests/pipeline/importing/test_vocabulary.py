import re

import pytest
from corpus import ROOT

from pipeline.importing.vocabulary import read_vocabulary
from pipeline.problems import InputError


@pytest.mark.parametrize("pattern", ["[[", "(", "[[a]"])
def test_a_pattern_that_python_cannot_rely_on_is_refused_with_its_place(tmp_path, pattern):
    text = (ROOT / "data" / "rules" / "importing.toml").read_text("utf-8")
    first = re.search(r"^\w+_patterns = \[", text, re.M)
    path = tmp_path / "importing.toml"
    path.write_text(f"{text[: first.end()]}\n  '{pattern}',{text[first.end() :]}", "utf-8")
    with pytest.raises(InputError, match="is broken") as caught:
        read_vocabulary(path)
    assert caught.value.problems[0].path == str(path)
