"""Agreement of themes and tone with statements labelled by hand, against floors."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

from pipeline.alignment import CHANGES, SAME_POINT, change_of, vectors_of
from pipeline.labelling import Labeller, Labels
from pipeline.problems import InputError, Problem
from pipeline.tables import frame_of

TONES = {"-1": "negative", "0": "neutral", "1": "positive"}
MEASURES = ("theme_micro_f1", "theme_macro_f1", "tone_accuracy", "tone_macro_f1")
PAIR_MEASURES = ("pair_precision", "pair_recall", "pair_f1", "change_accuracy")


def read_gold(path: Path) -> pd.DataFrame:
    """Labelled statements: text, themes and themes_optional (frozensets), tone label, document.

    Tone is empty where it is not to be scored; document, where there is none. Raises InputError
    with every mistake.
    """
    rows = _read_csv(path)
    missing = [name for name in ("text", "themes", "tone") if name not in rows.columns]
    if missing:
        what = f"no column {', '.join(missing)}; the header must name text,themes,tone"
        raise InputError([Problem(str(path), 1, what)])
    tones = rows["tone"].str.strip().str.lstrip("+").str.replace("−", "-").replace("?", "")
    problems = [
        Problem(str(path), number, what)
        for number, text, tone in zip(_lines(rows), rows["text"], tones, strict=True)
        for what in _mistakes(text, tone)
    ]
    if problems:
        raise InputError(problems)
    optional = rows["themes_optional"] if "themes_optional" in rows else [""] * len(rows)
    return pd.DataFrame(
        {
            "text": rows["text"],
            "themes": [_ids(cell) for cell in rows["themes"]],
            "themes_optional": [_ids(cell) for cell in optional],
            "tone": tones.map({"": "", **TONES}),
            "document": _documents(rows),
        }
    )


def evaluate(gold: pd.DataFrame, *, labeller: Labeller) -> dict[str, Any]:
    """Precision, recall, F1, n per theme; micro and macro F1; tone accuracy, macro F1, confusion.

    Macro means run over the themes and tones that occur in the gold statements. Raises
    InputError for themes that the rules do not know.
    """
    known = [theme.theme_id for theme in labeller.themes]
    unknown = sorted(set().union(*gold["themes"], *gold["themes_optional"]) - set(known))
    if unknown:
        what = f"unknown themes {', '.join(unknown)}; the rules know {', '.join(known)}"
        raise InputError([Problem("gold statements", 1, what)])
    labels = list(labeller.label(gold["text"], documents=contexts(gold["document"])))
    return {
        "n": len(gold),
        **_theme_agreement(gold, labels, theme_ids=known),
        **_tone_agreement(gold["tone"], [found.tone_label for found in labels]),
    }


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
    vectors = vectors_of(texts)
    before, after = (vectors[pairs[name].map(place).tolist()] for name in ("earlier", "later"))
    is_found = np.asarray(before.multiply(after).sum(axis=1)).ravel() >= SAME_POINT
    is_pair = (pairs["change"] != "different").to_numpy()
    right = pairs[is_found & is_pair]
    given = [change_of(*both) for both in zip(right["earlier"], right["later"], strict=True)]
    scores = _scores(len(right), int((is_found & ~is_pair).sum()), int((~is_found & is_pair).sum()))
    return {
        "n_pairs": len(pairs),
        **{f"pair_{name}": scores[name] for name in ("precision", "recall", "f1")},
        "change_accuracy": float(np.mean(right["change"].to_numpy() == given)) if given else 0.0,
    }


def evaluate_folder(gold: Path, *, labeller: Labeller) -> dict[str, Any]:
    """All figures that the gold folder allows: statements.csv, and pairs.csv where there is one."""
    result = evaluate(read_gold(gold / "statements.csv"), labeller=labeller)
    pairs = gold / "pairs.csv"
    return result | (evaluate_pairs(read_pairs(pairs)) if pairs.exists() else {})


def quality_frame(result: Mapping[str, Any]) -> pd.DataFrame:
    """The measured figures as the published table `quality`."""
    rows = [(name, "all", result[name], result["n"]) for name in MEASURES]
    rows += [
        (name, "all", result[name], result["n_pairs"]) for name in PAIR_MEASURES if name in result
    ]
    rows += [
        (f"{group}_{measure}", label, row[measure], row["n"])
        for group, labels in (("theme", result["themes"]), ("tone", result["tones"]))
        for label, row in labels.items()
        for measure in ("precision", "recall", "f1")
    ]
    return frame_of(rows, name="quality")


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
        Problem(str(path), 1, f"{name} is {result[name]:.3f}, under its floor {floor:.2f}")
        for name, floor in pinned["floors"].items()
        if result[name] < floor
    ]


def digest(path: Path) -> str:
    """SHA-256 of a gold file; empty where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _theme_agreement(
    gold: pd.DataFrame, labels: Iterable[Labels], *, theme_ids: list[str]
) -> dict[str, Any]:
    """An optional theme counts neither when found nor when missed."""
    counts = {theme_id: [0, 0, 0] for theme_id in theme_ids}  # right, only found, only in gold
    for wanted, optional, found_labels in zip(
        gold["themes"], gold["themes_optional"], labels, strict=True
    ):
        found = {theme.theme_id for theme in found_labels.themes}
        for theme_id in (wanted | found) - (optional - wanted):
            kind = 0 if theme_id in wanted & found else 1 if theme_id in found else 2
            counts[theme_id][kind] += 1
    rows = {theme_id: _scores(*row) for theme_id, row in counts.items()}
    occurring = [row["f1"] for row in rows.values() if row["n"]]
    totals = _scores(*(sum(column) for column in zip(*counts.values(), strict=True)))
    return {
        "theme_micro_f1": totals["f1"],
        "theme_macro_f1": sum(occurring) / len(occurring) if occurring else 0.0,
        "themes": rows,
    }


def _scores(n_right: int, n_only_found: int, n_only_gold: int) -> dict[str, Any]:
    n_found, n_gold = n_right + n_only_found, n_right + n_only_gold
    return {
        "precision": n_right / n_found if n_found else 0.0,
        "recall": n_right / n_gold if n_gold else 0.0,
        "f1": 2 * n_right / (n_found + n_gold) if n_found + n_gold else 0.0,
        "n": n_gold,
    }


def _tone_agreement(gold: pd.Series, found: list[str]) -> dict[str, Any]:
    scored = [(g, f) for g, f in zip(gold, found, strict=True) if g]
    names = list(TONES.values())
    if not scored:
        return {"tone_accuracy": 0.0, "tone_macro_f1": 0.0, "tones": {}, "tone_confusion": {}}
    wanted, given = zip(*scored, strict=True)
    confusion = confusion_matrix(wanted, given, labels=names)
    rows = zip(
        *precision_recall_fscore_support(wanted, given, labels=names, zero_division=0), strict=True
    )
    tones = {
        name: {"precision": float(p), "recall": float(r), "f1": float(f), "n": int(n)}
        for name, (p, r, f, n) in zip(names, rows, strict=True)
    }
    occurring = [row["f1"] for row in tones.values() if row["n"]]
    return {
        "tone_accuracy": float(confusion.trace() / confusion.sum()),
        "tone_macro_f1": sum(occurring) / len(occurring),
        "tones": tones,
        "tone_confusion": {
            name: dict(zip(names, map(int, row), strict=True))
            for name, row in zip(names, confusion, strict=True)
        },
    }


def _documents(rows: pd.DataFrame) -> pd.Series:
    names = [name for name in ("document", "document_id") if name in rows.columns]
    return rows[names[0]] if names else pd.Series("", index=rows.index)


def _read_csv(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
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


def _mistakes(text: str, tone: str) -> Iterable[str]:
    if not text.strip():
        yield "empty text; write the statement or remove the row"
    if tone and tone not in TONES:
        yield f"tone {tone!r}; write -1, 0 or 1, or leave it empty"


def _ids(cell: str) -> frozenset[str]:
    return frozenset(part.strip() for part in cell.split("|") if part.strip())
