"""A view as one file that opens anywhere: charts, the statements behind them, method; pure HTML."""

import html
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import plotly.graph_objects as go
import plotly.io

from dashboard import citing
from dashboard.corpus import Corpus, Rows
from dashboard.palette import TONES, side_mark
from dashboard.sources import sources_of

N_STATEMENTS = 2000  # 3 MB of text, beyond which browsers print slowly; the report says so
_WIDTH = 680  # px; fits an A4 page between its margins
_CONFIG = {"displaylogo": False, "responsive": False, "displayModeBar": False}
_METHOD = (
    "Statements are the paragraphs of the documents, one speaker and one matter each. Themes and "
    "tone are measured by rules that a reader can see; shares come with 95% intervals (Wilson, "
    "1927), means of tone with intervals over documents. How good the labels are, and the rules "
    "themselves, is on the page Methods. A digest retells: wording and strength are then the "
    "digest's, not the speaker's."
)
_STYLE = """
:root{color-scheme:light}
body{font:16px/1.5 Georgia,'Times New Roman',serif;color:#22262a;background:#fff;
 max-width:720px;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}
h1,h2,.meta,table,figcaption{font-family:Arial,Helvetica,sans-serif}
h1{font-size:1.7rem;line-height:1.25;margin:0 0 .4rem}
h2{font-size:1.2rem;margin:2rem 0 .4rem;break-after:avoid}
.meta{font-size:.82rem;color:#55595e;margin:.2rem 0}
figure{margin:1rem 0;break-inside:avoid;overflow-x:auto}
figcaption{font-size:.9rem}
article{border-top:1px solid #d9d9d4;padding:.6rem 0;break-inside:avoid-page}
article p{margin:.2rem 0}
a{color:#1f5a85}
@page{size:A4;margin:1.5cm}
@media print{body{margin:0;max-width:none;padding:0;font-size:11pt}}
"""


class Chart(NamedTuple):
    """A chart of the view, with its name and its finding."""

    title: str
    sentence: str
    figure: go.Figure


def document(
    charts: Sequence[Chart],
    statements: Rows,
    *,
    title: str,
    filters: str,
    address: str,
    manifest: Mapping[str, Any],
    tables: Corpus,
    on: date,
) -> str:
    """The report as HTML that needs nothing else, not even a network.

    statements: those behind the view; filters: in words; address: the view's link; on: the day.
    """
    head = (
        f"<h1>{html.escape(title)}</h1>"
        f'<p class="meta">{html.escape(filters or "All statements; no filter is on.")}</p>'
        f'<p class="meta">{html.escape(citing.citation(title, manifest, address=address, on=on))}'
        "</p>"
    )
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{_STYLE}</style></head><body>{head}"
        f"{''.join(_chart(chart, is_first=not place) for place, chart in enumerate(charts))}"
        f"{_statements(statements, tables)}"
        f"<h2>How it is measured</h2><p>{html.escape(_METHOD)}</p></body></html>"
    )


def _chart(chart: Chart, *, is_first: bool) -> str:
    figure = go.Figure(chart.figure)
    figure.update_layout(
        template="plotly_white", width=_WIDTH, font={"family": "Arial", "color": "#22262a"}
    )
    drawn = plotly.io.to_html(figure, config=_CONFIG, include_plotlyjs=is_first, full_html=False)
    return (
        f"<h2>{html.escape(chart.title)}</h2><figure>"
        f"<figcaption>{html.escape(chart.sentence)}</figcaption>{drawn}</figure>"
    )


def _statements(statements: Rows, tables: Corpus) -> str:
    n = len(statements)
    shown = statements.first(N_STATEMENTS, order="date, document_id, position")
    named = tables.rows_of("statement_themes", shown["statement_id"])
    labels = named["theme_id"].map(tables.labels)
    themes = labels.groupby(named["statement_id"]).agg(", ".join).to_dict()
    sources = sources_of(shown, tables)
    cut = "" if len(shown) == n else f"; the first {len(shown):,} follow"
    return f"<h2>The {n:,} statements behind it{cut}</h2>" + "".join(
        _statement(row, tables.places[row.meeting_id], themes.get(row.statement_id, "no theme"),
                   sources.get(row.statement_id, "none given"))
        for row in shown.itertuples()
    )  # fmt: skip


def _statement(row: Any, place: str, themes: str, sources: str) -> str:
    mark = side_mark(row.side)
    return (
        f'<article><p class="meta"><span style="color:{mark.colour}">{mark.glyph}</span> '
        f"<strong>{html.escape(row.speaker)}</strong>, {html.escape(row.side)} · "
        f'{html.escape(place)}</p><p dir="auto">{html.escape(row.text)}</p>'
        f'<p class="meta">{html.escape(themes)} · tone '
        f'<span style="border-bottom:3px solid {TONES[row.tone_label]}">{row.tone_label}</span> '
        f"({row.tone:+.2f}) · {html.escape(row.statement_id)}<br>Sources: {sources}</p></article>"
    )
