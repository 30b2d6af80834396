"""Agreement of themes and tone with statements labelled by hand, against floors."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pipeline import baselines
from pipeline.agreement import (
    theme_agreement,
    theme_counts,
    tone_agreement,
    tone_counts,
    tone_figures,
)
from pipeline.alignment import CHANGES, SAME_POINT, Comparer, change_of
from pipeline.labelling import Labeller
from pipeline.problems import InputError, Problem
from pipeline.tables import frame_of

TONES = {"-1": "negative", "0": "neutral", "1": "positive"}
_TONE_CELLS = {"": "", "?": "", **TONES, **{name: name for name in TONES.values()}}
MEASURES = ("theme_micro_f1", "theme_macro_f1", "tone_accuracy", "tone_macro_f1")
PAIR_MEASURES = ("pair_precision", "pair_recall", "pair_f1", "change_accuracy")


def read_gold(path: Path, *, theme_ids: Collection[str]) -> pd.DataFrame:
    """Labelled statements: text, themes and themes_optional (frozensets), tone label, document.

    Tone is empty where it is not to be scored; document, where there is none. Raises InputError
    with every mistake, themes that are none of theme_ids among them.
    """
    rows = _read_csv(path)
    missing = [name for name in ("text", "themes", "tone") if name not in rows.columns]
    if missing:
        what = f"no column {', '.join(missing)}; the header must name text,themes,tone"
        raise InputError([Problem(str(path), 1, what)])
    optional = rows["themes_optional"] if "themes_optional" in rows else [""] * len(rows)
    found = pd.DataFrame(
        {
            "text": rows["text"],
            "themes": [_ids(cell) for cell in rows["themes"]],
            "themes_optional": [_ids(cell) for cell in optional],
            "tone": rows["tone"].str.strip().str.lstrip("+").str.replace("−", "-"),
            "document": document_names(rows),
        }
    )
    problems = [
        Problem(str(path), number, what)
        for number, row in zip(_lines(rows), found.itertuples(), strict=True)
        for what in _mistakes(row, theme_ids=theme_ids)
    ]
    if problems:
        raise InputError(problems)
    return found.assign(tone=found["tone"].map(_TONE_CELLS))


def evaluate(
    gold: pd.DataFrame, *, labeller: Labeller, others: Iterable[str] = tuple(baselines.READERS)
) -> dict[str, Any]:
    """Precision, recall, F1, n per theme; micro and macro F1; tone accuracy, macro F1, confusion.

    Macro means run over the themes and tones that occur in the gold statements. `intervals` and
    f1_low, f1_high are 95 % by bootstrap over documents, or over statements where the file names
    no documents. `baselines` has the tone figures of `others` and of the commonest tone. The themes
    must be the labeller's.
    """
    known = labeller.theme_ids
    documents = contexts(gold["document"])
    labels = list(labeller.label(gold["text"], documents=documents))
    found = [{theme.theme_id for theme in one.themes} for one in labels]
    themes = theme_agreement(
        theme_counts(gold, found, theme_ids=known), theme_ids=known, documents=documents
    )
    tones = tone_agreement(
        tone_counts(gold["tone"], [one.tone_label for one in labels]), documents=documents
    )
    return {
        "n": len(gold),
        **themes,
        **tones,
        "intervals": themes["intervals"] | tones["intervals"],
        "baselines": _baselines(gold, others=others),
    }


def _baselines(gold: pd.DataFrame, *, others: Iterable[str]) -> dict[str, dict[str, float]]:
    """Tone figures of the commonest tone and of each other reader named."""
    found = {"most_frequent": baselines.most_frequent(gold["tone"].tolist())}
    found |= {name: baselines.READERS[name](gold["text"]) for name in others}
    return {name: tone_figures(gold["tone"], labels) for name, labels in found.items()}


def contexts(documents: pd.Series) -> list[str]:
    """The documents, but a name of its own for each statement that belongs to none."""
    return [name or f"statement {i}" for i, name in enumerate(documents)]


def read_pairs(path: Path) -> pd.DataFrame:
    """Pairs judged by hand: earlier, later, change (repeated, reworded or different).

    Raises InputError with every mistake.
    """
    rows = _read_csv(path)
    missing = [name for name in ("earlier", "later", "change") if name not in rows.columns]
    if missing:
        what = f"no column {', '.join(missing)}; the header must name earlier,later,change"
        raise InputError([Problem(str(path), 1, what)])
    problems = [
        Problem(str(path), line, f"change {change!r}; write repeated, reworded or different")
        for line, change in zip(_lines(rows), rows["change"], strict=True)
        if change not in (*CHANGES, "different")
    ]
    if problems:
        raise InputError(problems)
    return rows


def evaluate_pairs(pairs: pd.DataFrame) -> dict[str, Any]:
    """How well pairs that make the same point are told from others, and how they are classed.

    change_accuracy: part of the pairs found rightly whose class, repeated or reworded, is right.
    """
    texts = sorted({*pairs["earlier"], *pairs["later"]})
    place = {text: i for i, text in enumerate(texts)}
    before, after = (pairs[name].map(place).to_numpy() for name in ("earlier", "later"))
    is_found = Comparer(texts).similarities(texts, before, after) >= SAME_POINT
    is_pair = (pairs["change"] != "different").to_numpy()
    right = pairs[is_found & is_pair]
    given = [change_of(*both) for both in zip(right["earlier"], right["later"], strict=True)]
    scores = _scores(len(right), int((is_found & ~is_pair).sum()), int((~is_found & is_pair).sum()))
    return {
        "n_pairs": len(pairs),
        **{f"pair_{name}": scores[name] for name in ("precision", "recall", "f1")},
        "change_accuracy": float(np.mean(right["change"].to_numpy() == given)) if given else 0.0,
    }


def evaluate_folder(
    gold: Path, *, labeller: Labeller, others: Iterable[str] = ("vader",)
) -> dict[str, Any]:
    """All figures that the gold folder allows.

    statements.csv; of it apart the documents of held_aside.csv, on whose errors no rule was made;
    genres.csv, sentences of other genres; more.csv and unread.csv, documents labelled later (in
    the second no error was read); pairs.csv; and readers.csv, how far careful readers agree. All
    but the first may be absent.
    """
    statements = read_gold(gold / "statements.csv", theme_ids=labeller.theme_ids)
    result = evaluate(statements, labeller=labeller, others=others)
    if (path := gold / "held_aside.csv").exists():
        is_held = statements["document"].isin(_read_csv(path)["document"])
        for name, part in (("held_aside", is_held), ("worked_on", ~is_held)):
            result[name] = _totals(statements[part], labeller=labeller)
    for name in ("genres", "more", "unread"):
        if (path := gold / f"{name}.csv").exists():
            found = read_gold(path, theme_ids=labeller.theme_ids)
            result[name] = _totals(found, labeller=labeller)
    if (path := gold / "readers.csv").exists():
        result["readers"] = _read_csv(path).to_dict("records")
    if (path := gold / "pairs.csv").exists():
        result |= evaluate_pairs(read_pairs(path))
    return result


def _totals(gold: pd.DataFrame, *, labeller: Labeller) -> dict[str, Any]:
    """The four measures alone, with their intervals."""
    found = evaluate(gold, labeller=labeller, others=())
    return {key: found[key] for key in ("n", *MEASURES, "intervals")}


def quality_frame(result: Mapping[str, Any]) -> pd.DataFrame:
    """The measured figures as the published table `quality`."""
    rows = [(name, "all", result[name], *_bounds(result, name), result["n"]) for name in MEASURES]
    rows += [
        (name, "all", *[result[name]] * 3, result["n_pairs"])
        for name in PAIR_MEASURES
        if name in result
    ]
    rows += [
        (f"{name}_{measure}", "all", *[value] * 3, result["n"])
        for name, figures in result["baselines"].items()
        for measure, value in figures.items()
    ]
    rows += [
        (
            f"{part}_{name}",
            "all",
            result[part][name],
            *_bounds(result[part], name),
            result[part]["n"],
        )
        for part in ("held_aside", "unread")
        if part in result
        for name in MEASURES
    ]
    rows += [
        (f"{group}_{measure}", label, row[measure], *_label_bounds(row, measure), row["n"])
        for group, labels in (("theme", result["themes"]), ("tone", result["tones"]))
        for label, row in labels.items()
        for measure in ("precision", "recall", "f1")
    ]
    rows += [
        (f"tone_{wanted}_as", given, *[float(n)] * 3, sum(row.values()))
        for wanted, row in result["tone_confusion"].items()
        for given, n in row.items()
    ]
    rows += [
        (
            "readers_tone_agreement",
            row["sample"],
            *[float(row["tone_agreement"])] * 3,
            int(row["n"]),
        )
        for row in result.get("readers", ())
    ]
    return frame_of(rows, name="quality")


def misjudged(gold: pd.DataFrame, *, labeller: Labeller) -> pd.DataFrame:
    """The statements on which rules and hand differ, as the published table, in the gold's order.

    A row a statement and aspect: themes (ids with | between them) or tone.
    """
    labels = labeller.label(gold["text"], documents=contexts(gold["document"]))
    rows = []
    for row, found in zip(gold.itertuples(), labels, strict=True):
        themes = {theme.theme_id for theme in found.themes}
        if (themes ^ row.themes) - row.themes_optional:
            both = ("|".join(sorted(ids)) for ids in (row.themes, themes))
            rows.append((row.text, "themes", *both))
        if row.tone and row.tone != found.tone_label:
            rows.append((row.text, "tone", row.tone, found.tone_label))
    return frame_of(dict.fromkeys(rows), name="misjudged")


def _bounds(result: Mapping[str, Any], name: str) -> list[float]:
    return result["intervals"].get(name, [result[name]] * 2)


def _label_bounds(row: Mapping[str, Any], measure: str) -> list[float]:
    """Of F1 its interval; of the other figures, which have none, the figure itself."""
    return [row["f1_low"], row["f1_high"]] if measure == "f1" else [row[measure]] * 2


def floor_problems(result: Mapping[str, Any], *, gold: Path) -> list[Problem]:
    """Figures under their floor, or floors that were measured on other gold files.

    gold: the folder with floors.json, which names the digest of every file it was measured on.
    """
    path = gold / "floors.json"
    pinned = json.loads(path.read_text("utf-8"))
    changed = [name for name, pin in pinned["sha256"].items() if pin != digest(gold / name)]
    if changed:
        what = f"{', '.join(changed)} changed; run `parley evaluate`, set digests and floors anew"
        return [Problem(str(path), 1, what)]
    return [
        Problem(str(path), 1, f"{name} is {value:.3f}, under its floor {floor:.2f}")
        for name, floor in pinned["floors"].items()
        if (value := _figure(result, name)) < floor
    ]


def _figure(result: Mapping[str, Any], name: str) -> float:
    """A figure by its name, in parts of the result by dots: held_aside.theme_micro_f1."""
    for part in name.split("."):
        result = result[part]
    return float(result)  # type: ignore[arg-type]


def digest(path: Path) -> str:
    """SHA-256 of a gold file; empty where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _scores(n_right: int, n_only_found: int, n_only_gold: int) -> dict[str, Any]:
    n_found, n_gold = n_right + n_only_found, n_right + n_only_gold
    return {
        "precision": n_right / n_found if n_found else 0.0,
        "recall": n_right / n_gold if n_gold else 0.0,
        "f1": 2 * n_right / (n_found + n_gold) if n_found + n_gold else 0.0,
        "n": n_gold,
    }


def document_names(rows: pd.DataFrame) -> pd.Series:
    """The column document or document_id, where there is one; else empty names."""
    names = [name for name in ("document", "document_id") if name in rows.columns]
    return rows[names[0]] if names else pd.Series("", index=rows.index)


def _read_csv(path: Path) -> pd.DataFrame:
    message = "has a header only; write statements below it"
    try:
        rows = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        if len(rows):
            return rows
    except FileNotFoundError:
        message = "no such file; name another with --gold"
    except UnicodeDecodeError:
        message = "is not UTF-8 text; save it as UTF-8 CSV"
    except pd.errors.EmptyDataError:
        message = "is empty; write a header text,themes,tone and statements"
    except pd.errors.ParserError as error:
        message = f"is not a CSV table ({error}); mend quotes and commas"
    raise InputError([Problem(str(path), 1, message)])


def _lines(rows: pd.DataFrame) -> list[int]:
    """The line on which each row begins; a quoted cell may run over several lines."""
    heights = rows.apply(lambda row: 1 + sum(cell.count("\n") for cell in row), axis=1)
    return [2, *(2 + heights.cumsum())][: len(rows)]


def _mistakes(row: Any, *, theme_ids: Collection[str]) -> Iterable[str]:
    if not row.text.strip():
        yield "empty text; write the statement or remove the row"
    if row.tone not in _TONE_CELLS:
        yield f"tone {row.tone!r}; write -1, 0 or 1, or leave it empty"
    if unknown := sorted({*row.themes, *row.themes_optional} - set(theme_ids)):
        yield f"unknown themes {', '.join(unknown)}; the rules know {', '.join(theme_ids)}"


def _ids(cell: str) -> frozenset[str]:
    return frozenset(part.strip() for part in cell.split("|") if part.strip())
