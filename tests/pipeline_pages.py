"""Pages with every sentence marked: `speaker | text` a line, `-` for what is to be left out.

`+` before the speaker goes on in the same paragraph, `=` on the same line; what stands in ⟦ ⟧ is on
the page but not in the sentence (labels, stage directions). The first line states what is expected.
"""

import re
from pathlib import Path
from typing import NamedTuple

PAGES = sorted((Path(__file__).parent / "pipeline" / "importing" / "pages").glob("*.txt"))
ROLES = {"Question": "question", "Narration": "narration", "Joint": "joint"}


class Sentence(NamedTuple):
    speaker: str  # empty: to be left out
    text: str


class MarkedPage(NamedTuple):
    name: str
    kinds: tuple[str, ...]
    date: str
    place: str
    text: str
    sentences: tuple[Sentence, ...]


def read_marked(path):
    head, *lines = path.read_text("utf-8").splitlines()
    stated = dict(re.findall(r"(\w+)=(.*?)(?= \w+=|$)", head))
    paragraphs, sentences = [], []
    for line in lines:
        mark, text = line.split(" | ", 1)
        speaker = mark.lstrip("+= ").strip()
        raw = re.sub("[⟦⟧]", "", text)
        if mark[0] in "+=":
            paragraphs[-1] += " " + raw
        else:
            paragraphs.append(raw)
        sentence = re.sub("⟦.*?⟧", "", text).strip()
        sentences.append(Sentence("" if speaker == "-" else speaker, sentence))
    kinds = tuple(stated["kind"].split("|"))
    return MarkedPage(
        path.stem, kinds, stated["date"], stated["place"], "\n\n".join(paragraphs), tuple(sentences)
    )


class Agreement(NamedTuple):
    n: int
    n_kept_right: int
    n_spoken: int
    n_role_right: int
    n_speaker_right: int
    errors: tuple[str, ...]


def agreement(sentences, paragraphs, *, kind, kinds):
    """How a draft's paragraphs agree with the marks; a sentence is found by its words in order."""
    told = [(speaker, _key(text)) for speaker, text in paragraphs]
    counts, errors, position = [0] * 5, [], 0
    for sentence in sentences:
        key = _key(sentence.text)
        at = _place(key, told, position, is_wanted=bool(sentence.speaker))
        is_kept, wanted = at is not None, bool(sentence.speaker)
        if wanted and is_kept:
            position = at
        counts[0] += 1
        counts[1] += is_kept == wanted
        if is_kept != wanted:
            errors.append(f"{'kept' if is_kept else 'lost'}: {sentence.text[:80]}")
        if not (is_kept and wanted):
            continue
        speaker = told[at][0]
        counts[2] += 1
        counts[3] += _role(speaker, kind) == _role(sentence.speaker, kinds[0])
        is_right = _same(speaker, sentence.speaker)
        counts[4] += is_right
        if not is_right:
            errors.append(f"{speaker} for {sentence.speaker}: {sentence.text[:80]}")
    return Agreement(*counts, tuple(errors))


def _place(key, told, position, *, is_wanted):
    """Where the sentence stands in the draft; a short one left out must be a whole paragraph."""
    order = [*range(position, len(told)), *range(position)]
    if not key:
        return None
    if not is_wanted and len(key.split()) < 4:
        return next((i for i in order if told[i][1] == key), None)
    return next((i for i in order if f" {key} " in f" {told[i][1]} "), None)


def _role(speaker, kind):
    return ROLES.get(speaker, "speech" if kind in ("transcript", "speech") else "reported")


def _same(found, wanted):
    return (
        found == wanted
        or (wanted == "Moderator" and found.endswith("Dorn"))
        or (wanted == "Ministry" and found == "Borean Foreign Ministry")
    )


def _key(text):
    return " ".join(re.findall(r"\w+", text.casefold()))
