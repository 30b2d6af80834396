"""The command line: parses, prints, nothing else. Exit codes: 0 done, 1 found problems, 2 usage."""

import datetime as dt
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from pipeline.build import Report
    from pipeline.engines import Engine

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    help="Parley: what ministers say about a theme, from one meeting to the next.",
)

DATA = Path(os.environ.get("PARLEY_DATA") or Path(__file__).parent.parent / "data")


def _located(where: str) -> Path:
    from pipeline.elsewhere import located

    try:
        return located(where)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


DocumentsOption = Annotated[
    Path | None,
    typer.Option(
        help="Folder of documents, or its address.",
        show_default="data/documents",
        parser=_located,
        metavar="PATH",
    ),
]
RulesOption = Annotated[
    Path | None,
    typer.Option(help="Folder of rules.", show_default="data/rules", file_okay=False),
]
PublishedOption = Annotated[
    Path | None,
    typer.Option(
        help="Folder of builds, or its address.",
        show_default="data/published",
        parser=_located,
        metavar="PATH",
    ),
]


@app.command()
def refresh(
    documents: DocumentsOption = None,
    rules: RulesOption = None,
    published: PublishedOption = None,
    force: Annotated[bool, typer.Option("--force", help="Analyse everything again.")] = False,
    engine: Annotated[str, typer.Option(help="local, or dask: an extra, see docs/scaling.md.")] = (
        "local"
    ),
    scheduler: Annotated[str, typer.Option(help="Address of the Dask scheduler.")] = "",
) -> None:
    """Documents → a new published build; works only on what changed.

    Example: parley refresh
    """
    from pipeline import build

    cluster = _cluster(engine, scheduler)
    with _problems_shown(), _progress("Analysing documents") as on_progress:
        report = build.refresh(
            DATA,
            documents=documents,
            rules=rules,
            published=published,
            force=force,
            cluster=cluster,
            on_progress=on_progress,
        )
    for line in _report_lines(report):
        typer.echo(line)


@app.command()
def check(
    documents: DocumentsOption = None,
    rules: RulesOption = None,
    published: PublishedOption = None,
) -> None:
    """All problems in documents and rules, as path:line: what, and how to mend it.

    Documents that say the same thing twice are problems too, and damaged files of the build.

    Example: parley check --documents drafts
    """
    from pipeline import build, checking

    with _problems_shown():
        folders = build.folders_under(DATA, documents=documents, rules=rules, published=published)
        found = checking.check(folders)
    n_documents = _counted(len(found.documents), "document")
    typer.echo(f"{n_documents}, {_counted(len(found.statements), 'statement')}: no problems")


@app.command()
def rollback(
    build_id: Annotated[
        str, typer.Argument(help="A build that is kept.", show_default="the one before")
    ] = "",
    published: PublishedOption = None,
) -> None:
    """Shows the build before, or a named one, again; until the next refresh.

    Example: parley rollback
    """
    from pipeline import build
    from pipeline.rollback import roll_back

    folder = build.folders_under(DATA, published=published).published
    with _problems_shown():
        done = roll_back(folder, build_id)
    typer.echo(f"Shown now: build {done.manifest['build_id']}")
    typer.echo(f"Shown before: {done.before or 'none that could be read'}")
    typer.echo("The next `parley refresh` publishes what documents and rules then say")


@app.command("import")
def import_pages(
    sources: Annotated[
        list[str], typer.Argument(help="Files (.html .txt .md .pdf .docx), folders, addresses.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for the documents.", show_default="data/documents"),
    ] = None,
    date: Annotated[
        dt.datetime | None, typer.Option(help="Day of the event.", formats=["%Y-%m-%d"])
    ] = None,
    place: Annotated[str, typer.Option(help="City of the event, or telephone.")] = "",
    kind: Annotated[str, typer.Option(help="transcript, report, readout, speech or digest.")] = "",
    speaker: Annotated[str, typer.Option(help="Whose the words without a label are.")] = "",
    meeting: Annotated[str, typer.Option(help="Id of the meeting that the page belongs to.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show draft and evidence, write nothing.")
    ] = False,
    metadata: Annotated[
        Path | None,
        typer.Option(
            help="CSV with file, date, speaker, side, place, title, kind, meeting; none of these "
            "may then be an option.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Pages as found → draft documents, with the evidence; never overwrites, asks when in doubt.

    Example: parley import page.html --date 2010-03-01 --dry-run
    """
    from pipeline import build
    from pipeline.documents import KINDS
    from pipeline.importing.drafting import Stated
    from pipeline.importing.finding import found_in
    from pipeline.importing.importer import Importer
    from pipeline.importing.reading import SUFFIXES
    from pipeline.importing.showing import outcome_lines, summary_lines

    if kind and kind not in KINDS:
        raise typer.BadParameter(f"use one of {', '.join(KINDS)}", param_hint="--kind")
    _refuse_absent(sources)
    stated = Stated(date.date() if date else None, place, kind, speaker, meeting)
    if metadata and any(stated):
        what = "leave out --date, --place, --kind, --speaker and --meeting; the table says them"
        raise typer.BadParameter(what, param_hint="--metadata")
    folders = build.folders_under(DATA, documents=out, rules=rules)
    pages = found_in(sources, table=metadata)
    if not pages.sources and not metadata:
        what = f"nothing to import; read are {' '.join(SUFFIXES)}, and no hidden files"
        _fail(f"{source}:1: {what}" for source in sources)
    with _problems_shown(), _progress("Importing") as on_progress:
        importer = Importer(rules=folders.rules, out=folders.documents, is_dry_run=dry_run)
        if metadata:
            found = importer.import_table(pages.sources, table=metadata, on_progress=on_progress)
        else:
            found = importer.import_sources(pages.sources, stated=stated, on_progress=on_progress)
        outcomes = [outcome.shortened() if metadata else outcome for outcome in found]
    for outcome in outcomes if not metadata else ():
        for line in outcome_lines(outcome, is_dry_run=dry_run):
            typer.echo(line)
    summary = summary_lines(outcomes, n_passed_over=pages.n_passed_over, is_dry_run=dry_run)
    for line in summary:
        typer.echo(line)
    _fail(dict.fromkeys(str(problem) for outcome in outcomes for problem in outcome.problems))


@app.command()
def evaluate(
    gold: Annotated[
        Path | None,
        typer.Option(
            help="CSV: text,themes,tone; or a folder with statements.csv and floors.json.",
            show_default="data/gold",
        ),
    ] = None,
    rules: RulesOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
    curve: Annotated[
        bool, typer.Option("--curve", help="Learning curve: would more labels help?")
    ] = False,
) -> None:
    """Agreement with statements labelled by hand; exit 1 when a figure fell under its floor.

    Example: parley evaluate --gold my-statements.csv --json
    """
    from pipeline import baselines, build, evaluation, reporting
    from pipeline.curve import learning_curve
    from pipeline.gold import read_gold
    from pipeline.labelling import Labeller

    folders = build.folders_under(DATA, rules=rules)
    folder = gold if gold and gold.is_dir() else folders.gold
    path = gold if gold and not gold.is_dir() else None
    with _problems_shown():
        labeller = Labeller.from_rules(folders.rules)
        if curve:
            path = path or folder / "statements.csv"
            statements = read_gold(path, theme_ids=labeller.theme_ids)
            points = learning_curve(statements, labeller=labeller, path=path)
            lines = reporting.curve_lines(points)
            typer.echo(json.dumps(points, indent=1) if as_json else "\n".join(lines))
            return
        if path:
            statements = read_gold(path, theme_ids=labeller.theme_ids)
            result = evaluation.evaluate(statements, labeller=labeller)
        else:
            others = tuple(baselines.READERS)
            result = evaluation.evaluate_folder(folder, labeller=labeller, others=others)
    lines = reporting.evaluation_lines(result)
    typer.echo(json.dumps(result, indent=1) if as_json else "\n".join(lines))
    if not path:
        _check_floors(result, gold=folder)


@app.command()
def label(
    texts: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV with a header.")],
    out: Annotated[Path, typer.Option(help="CSV to write.")],
    column: Annotated[str, typer.Option(help="Column that holds the texts.")] = "text",
    rules: RulesOption = None,
) -> None:
    """Adds themes, tone and tone_label to any CSV.

    Example: parley label speeches.csv --column text --out labelled.csv
    """
    from pipeline import build
    from pipeline.labelling import Labeller
    from pipeline.texts import label_csv

    with _problems_shown():
        labeller = Labeller.from_rules(build.folders_under(DATA, rules=rules).rules)
        n_rows = label_csv(texts, out=out, column=column, labeller=labeller)
    typer.echo(f"{n_rows} texts labelled: {out}")


@app.command()
def export(
    out: Annotated[Path, typer.Argument(file_okay=False, help="Folder to write to.")],
    file_format: Annotated[str, typer.Option("--format", help="csv, json or xlsx.")] = "csv",
    published: PublishedOption = None,
) -> None:
    """Every table of the current build as CSV, JSON or XLSX.

    Example: parley export tables --format xlsx
    """
    from pipeline import build, exporting

    if file_format not in exporting.FORMATS:
        formats = ", ".join(exporting.FORMATS)
        raise typer.BadParameter(f"use one of {formats}", param_hint="--format")
    folder = build.folders_under(DATA, published=published).published
    with _problems_shown():
        n_tables = exporting.export_tables(folder, out=out, file_format=file_format)
    typer.echo(f"{_counted(n_tables, 'table')}: {out}")


def _check_floors(result: Mapping[str, Any], *, gold: Path) -> None:
    from pipeline.floors import FILE_NAME, floor_problems

    if not (gold / FILE_NAME).exists():
        typer.echo(f"No floors are checked: there is no {gold / FILE_NAME}", err=True)
    with _problems_shown():
        found = floor_problems(result, gold=gold)
    _fail(map(str, found))


def _refuse_absent(sources: list[str]) -> None:
    """An empty name is no folder, though a path made of it is the folder one stands in."""
    for source in sources:
        if "://" not in source and not (source and Path(source).exists()):
            raise typer.BadParameter(f"{source!r}: no such file or folder", param_hint="SOURCE")


def _cluster(engine: str, scheduler: str) -> "Engine | None":
    """The cluster that does the work on single documents, if one is asked for."""
    from importlib.util import find_spec

    from pipeline.engines import Dask

    if engine == "local" and not scheduler:
        return None
    if engine != "dask":
        raise typer.BadParameter("use local, or dask with a --scheduler", param_hint="--engine")
    if not scheduler:
        raise typer.BadParameter("name its address: tcp://host:8786", param_hint="--scheduler")
    if not find_spec("distributed"):
        raise typer.BadParameter(
            "needs the extra: pip install 'parley[dask]'", param_hint="--engine"
        )
    return Dask(scheduler)


@contextmanager
def _problems_shown() -> Iterator[None]:
    from pipeline.engines import EngineError
    from pipeline.problems import InputError
    from pipeline.store import StoreError

    try:
        yield
    except InputError as error:
        _fail([*map(str, error.problems), _counted(len(error.problems), "problem") + " found"])
    except (StoreError, EngineError) as error:
        _fail([str(error)])
    except OSError as error:
        remedy = "mend its rights, or name another place"
        _fail([f"{error.filename}:1: {error.strerror}; {remedy}" if error.filename else str(error)])


def _fail(lines: Any) -> None:
    """Prints the lines and ends with exit code 1, if there are any."""
    lines = list(lines)
    for line in lines:
        typer.echo(line, err=True)
    if lines:
        raise typer.Exit(1)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on a terminal; elsewhere nothing."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _report_lines(report: "Report") -> Iterator[str]:
    n, change = _counted(report.n_documents, "document"), report.difference
    if not report.is_new_build:
        yield f"Nothing changed: {n}, {_counted(change.n_statements, 'statement')}, 0 analysed"
        yield f"Build {report.build_id} stays"
        return
    yield f"{n}, {len(report.analysed)} analysed"
    if change.is_labelled_anew and change.n_statements_before:
        yield "Rules or the code of labels changed: everything is labelled anew"
    for what in ("new", "changed", "removed"):
        yield from _named(what, getattr(change, what))
    yield f"Statements: {change.n_statements_before} before, {change.n_statements} now"
    for what, before, now in change.others:
        yield f"{what}: {before} before, {now} now"
    if report.moved:
        yield "Moved: " + "; ".join(report.moved)
    yield f"Published build {report.build_id}"


def _named(what: str, names: tuple[str, ...], *, n_shown: int = 5) -> Iterator[str]:
    if names:
        more = f" and {len(names) - n_shown} more" if len(names) > n_shown else ""
        yield f"{what.capitalize()}: {len(names)} ({', '.join(names[:n_shown])}{more})"


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
