"""The bundled data: every document is read, every rule is used, every figure holds its floor."""

from pathlib import Path

import pytest

from pipeline.build import folders_under
from pipeline.evaluation import evaluate_folder
from pipeline.floors import floor_problems
from pipeline.making import read_input

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def found():
    return read_input(folders_under(DATA))


def test_every_document_and_speaker_is_known(found):
    assert (len(found.documents), len(found.statements)) == (91, 1558)
    spoken = {statement.speaker for statement in found.statements}
    assert spoken <= {speaker.name for speaker in found.speakers.by_alias.values()}


def test_every_name_of_the_chief_speaker_is_one_man(found):
    for label in ("Sergey V. Lavrov", "Lavrov", "Foreign Minister Lavrov", "Sergei Lavrov"):
        assert found.speakers.find(label).name == "Sergei Lavrov"


def test_every_statement_names_its_sources(found):
    assert not [s.statement_id for s in found.statements if not s.source_numbers]
    assert not [d.path for d in found.documents for s in d.sources if not s.url]


def test_measured_quality_holds_its_floors(found):
    result = evaluate_folder(DATA / "gold", labeller=found.labeller)
    assert not floor_problems(result, gold=DATA / "gold")


def test_there_are_the_fourteen_themes_and_a_dozen_events(found):
    assert len(found.labeller.themes) == 14
    assert len(found.events) >= 12
    assert all(event.source for event in found.events)
