import re
import zipfile
from datetime import date

import pandas as pd
import pytest

from dashboard import citing, pictures, report
from dashboard.axes import drawn
from dashboard.corpus import Corpus
from dashboard.report import Chart
from pipeline.exporting import as_file

MANIFEST = {
    "build_id": "20300102T030405-abcdef12",
    "created_at": "2030-01-02T03:04:05+00:00",
    "n_statements": 1234,
    "documents": {"a": "1", "b": "2"},
}
ADDRESS = "https://parley.example.org/themes?theme=Trade"


@pytest.fixture
def figure():
    marks = {"x": [1, 2], "y": [3, 4], "mode": "markers", "marker": {"size": [5, 6]}}
    return drawn([marks], height=200)


def test_a_citation_names_title_build_day_size_and_address():
    assert citing.citation("Trade", MANIFEST, address=ADDRESS, on=date(2031, 5, 31)) == (
        "Parley, “Trade”, build 20300102T030405-abcdef12 of 2 January 2030 (1,234 statements of 2 "
        f"documents). {ADDRESS} (accessed 31 May 2031)."
    )


def test_a_report_holds_its_charts_statements_and_sources_and_needs_no_network(figure):
    text = written(figure)
    assert text.count('class="plotly-graph-div"') == 2
    assert text.count("The <b> & the rest") == 0
    assert "The &lt;b&gt; &amp; the rest" in text
    assert "Gazette, 3 March 2010" in text
    assert "Ana Holt" in text
    assert "Themes: Trade" in text
    assert ADDRESS in text
    body = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    assert not re.findall(r'(?:src|href)="(?!https://gazette\.example/1")', body)
    assert "javascript:alert" not in body


def test_plotly_is_in_the_report_once(figure):
    assert written(figure).count("plotly.js v") == 1


def test_a_report_of_many_statements_says_how_many_it_shows(figure, monkeypatch):
    monkeypatch.setattr(report, "N_STATEMENTS", 1)
    assert "The 2 statements behind it; the first 1 follow" in written(figure)


def test_a_picture_holds_its_title_finding_source_and_build(figure):
    printed = pictures.for_print(
        figure, title="A <title>", sentence="It rose. " * 30,
        source=citing.source_line(MANIFEST, address=ADDRESS),
    )  # fmt: skip
    assert printed.layout.title.text.startswith("<b>A &lt;title&gt;</b>")
    assert "It rose." in printed.layout.title.text
    assert "build 20300102T030405-abcdef12, 2 January 2030" in printed.layout.annotations[-1].text
    assert printed.layout.paper_bgcolor == "white"
    assert printed.layout.height > figure.layout.height + 100
    assert figure.layout.title.text is None  # the chart on the page stays as it is


def test_a_saved_picture_has_print_size_and_the_format_chosen():
    options = pictures.config("trade", file_format="svg")["toImageButtonOptions"]
    assert options == {"format": "svg", "filename": "trade", "scale": 3}


def test_on_a_screen_text_and_marks_are_larger_and_the_chart_itself_is_not(figure):
    large = pictures.enlarged(figure, by=1.6)
    assert large.layout.font.size == pytest.approx(20.8)
    assert list(large.data[0].marker.size) == pytest.approx([5 * 1.6**0.5, 6 * 1.6**0.5])
    assert list(figure.data[0].marker.size) == [5, 6]
    assert large.layout.height is None


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_no_cell_of_a_file_runs_as_a_formula(file_format, tmp_path):
    path = tmp_path / f"rows.{file_format}"
    path.write_bytes(
        as_file(pd.DataFrame({"text": ["=1+1", "@x", "fine"]}), file_format=file_format)
    )
    if file_format == "csv":
        assert path.read_text("utf-8").splitlines()[1:] == ["'=1+1", "'@x", "fine"]
    else:
        sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet


def written(figure):
    charts = [Chart("Trade", "It rose.", figure), Chart("Energy", "It fell.", figure)]
    held = tables()
    return report.document(
        charts, held.statements, title="Parley: Themes", filters="Themes: Trade", address=ADDRESS,
        manifest=MANIFEST, tables=held, on=date(2031, 5, 31),
    )  # fmt: skip


def statements():
    return pd.DataFrame(
        {
            "statement_id": ["d-1", "d-2"],
            "document_id": "d",
            "meeting_id": "m",
            "date": pd.to_datetime("2010-03-03"),
            "position": [0, 1],
            "speaker": "Ana Holt",
            "side": "Ardenia",
            "text": ["The <b> & the rest", "More"],
            "tone": [0.5, 0.0],
            "tone_label": ["positive", "neutral"],
        }
    )


def tables():
    return Corpus.of(
        {
            "statements": statements(),
            "meetings": pd.DataFrame({"meeting_id": ["m"], "label": ["3 March 2010, Port"]}),
            "themes": pd.DataFrame({"theme_id": ["trade"], "label": ["Trade"]}),
            "statement_themes": pd.DataFrame({"statement_id": ["d-1"], "theme_id": ["trade"]}),
            "statement_sources": pd.DataFrame({"statement_id": ["d-1", "d-2"], "number": [1, 2]}),
            "sources": pd.DataFrame(
                {
                    "document_id": "d",
                    "number": [1, 2],
                    "title": ["Gazette", "Leaflet"],
                    "publisher": "",
                    "date": ["2010-03-03", ""],
                    "url": ["https://gazette.example/1", "javascript:alert(1)"],
                }
            ),
        }
    )
