"""The tone that a speaker takes toward the matter: rules and lexicon in data/rules/tone.toml.

Source of the mechanism (look-back for negators and intensifiers, contrast): Hutto and Gilbert
(2014), VADER; words, weights and cut-offs are our own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pipeline.problems import InputError, Problem
from pipeline.rules import line_of, read_toml
from pipeline.terms import TermMatcher

_SETTINGS = (
    "window", "negation_factor", "denial_factor", "contrast_factor", "scale", "positive_from",
    "negative_below",
)  # fmt: skip
_LISTS = ("negators", "stops", "contrasts", "neutral")


class ToneRules(NamedTuple):
    """Terms with weights, below 0 for rejection, and what turns or strengthens them."""

    terms: Mapping[str, float]
    intensifiers: Mapping[str, float]
    negators: frozenset[str]
    stops: frozenset[str]
    contrasts: frozenset[str]
    neutral: tuple[str, ...]
    window: int
    negation_factor: float
    denial_factor: float
    contrast_factor: float
    scale: float
    positive_from: float
    negative_below: float


class ToneHit(NamedTuple):
    """Matched words; weight after negation and intensifiers; offsets in characters."""

    term: str
    weight: float
    is_negated: bool
    start: int
    end: int


def read_tone_rules(path: Path) -> ToneRules:
    """The rules of the file. Raises InputError with every mistake."""
    content = read_toml(path)
    text = path.read_text("utf-8-sig")
    mistakes = list(_mistakes(content))
    if mistakes:
        raise InputError([Problem(str(path), line_of(text, key), what) for key, what in mistakes])
    terms = {term: float(group["weight"]) for group in content["group"] for term in group["terms"]}
    return ToneRules(
        terms=terms,
        intensifiers=dict(content["intensifiers"]),
        negators=frozenset(content["negators"]),
        stops=frozenset(content["stops"]),
        contrasts=frozenset(content["contrasts"]),
        neutral=tuple(content["neutral"]),
        **{key: content[key] for key in _SETTINGS},
    )


def tone_of(hits: Iterable[ToneHit], *, scale: float) -> float:
    """The sum of the hits' weights squeezed into −1…1; one plain term gives 1 / (1 + scale)."""
    total = sum(hit.weight for hit in hits)
    return round(total / (abs(total) + scale), 4)


def tone_label(tone: float, *, rules: ToneRules) -> str:
    """negative, neutral or positive."""
    if tone >= rules.positive_from:
        return "positive"
    return "negative" if tone < rules.negative_below else "neutral"


def plain_tones(rules: ToneRules) -> dict[str, float]:
    """The tone that stands for a label: what one plain term of it gives."""
    plain = round(1 / (1 + rules.scale), 4)
    return {"negative": -plain, "neutral": 0.0, "positive": plain}


def hits_about(
    doc: Doc, hits: Sequence[ToneHit], spans: Sequence[tuple[int, int]]
) -> tuple[ToneHit, ...]:
    """The hits in the clauses where the spans (character offsets) stand.

    A clause without any tone of its own takes that of its sentence.
    """
    for parts in (_clauses(doc), [(sent.start_char, sent.end_char) for sent in doc.sents]):
        around = [part for part in parts if any(_overlaps(part, span) for span in spans)]
        found = tuple(hit for hit in hits if any(_overlaps(part, hit[3:]) for part in around))
        if found:
            return found
    return ()


class ToneScorer:
    """Finds the words of tone in a text; the longest wording wins."""

    def __init__(self, nlp: Language, rules: ToneRules) -> None:
        self._rules = rules
        self._matcher = TermMatcher(nlp)
        for term in (*rules.terms, *rules.neutral):
            self._matcher.add(term, term)

    def hits(self, doc: Doc) -> tuple[ToneHit, ...]:
        """The words of tone in order of place, none within another."""
        spans = filter_spans(self._matcher(doc))
        spans = [span for span in spans if span.label_ in self._rules.terms]
        turning = self._turning_point(doc)
        return tuple(self._hit(doc, span, turning=turning) for span in spans)

    def tone(self, hits: Iterable[ToneHit]) -> float:
        return tone_of(hits, scale=self._rules.scale)

    def label(self, tone: float) -> str:
        return tone_label(tone, rules=self._rules)

    def _hit(self, doc: Doc, span: Span, *, turning: int) -> ToneHit:
        weight = self._rules.terms[span.label_]
        n_negators = 0
        for token in self._before(doc, span):
            n_negators += token.norm_ in self._rules.negators
            weight *= self._rules.intensifiers.get(token.lower_, 1.0)
        is_negated = n_negators % 2 == 1
        if is_negated:
            weight *= self._turned_by(weight)
        if span.start < turning:
            weight *= self._rules.contrast_factor
        return ToneHit(span.label_, round(weight, 4), is_negated, span.start_char, span.end_char)

    def _turned_by(self, weight: float) -> float:
        return self._rules.negation_factor if weight > 0 else self._rules.denial_factor

    def _before(self, doc: Doc, span: Span) -> Iterator[Any]:
        """The tokens of the window before the span, nearest first, up to a stop."""
        for token in reversed(
            doc[max(span.sent.start, span.start - self._rules.window) : span.start]
        ):
            if token.lower_ in self._rules.stops:
                return
            yield token

    def _turning_point(self, doc: Doc) -> int:
        """Where the last "but" stands; what comes before it counts less."""
        places = [token.i for token in doc if token.lower_ in self._rules.contrasts and token.i > 2]
        return places[-1] if places else 0


def _clauses(doc: Doc) -> list[tuple[int, int]]:
    """Character ranges between commas, semicolons, colons, dashes, conjunctions, sentence ends."""
    clauses, start = [], 0
    for token in doc:
        if (token.is_sent_start and token.i) or token.lower_ in _CLAUSE_BOUNDS:
            clauses.append((start, token.idx))
            start = token.idx
    return [*clauses, (start, len(doc.text))]


_CLAUSE_BOUNDS = {",", ";", ":", "–", "—", "but", "while", "whereas", "although", "though", "yet"}


def _overlaps(one: Sequence[int], other: Sequence[int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _mistakes(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in _SETTINGS:
        if not isinstance(content.get(key), (int, float)):
            yield key, f"{key} must be a number; write `{key} = …`"
    for key in _LISTS:
        if not isinstance(content.get(key), list):
            yield key, f"{key} must be a list of words"
    if not isinstance(content.get("intensifiers"), dict):
        yield "intensifiers", "no [intensifiers]; write `very = 1.3` and so on below it"
    if not content.get("group"):
        yield "group", "no words of tone; write [[group]] with weight and terms"
    seen: dict[str, float] = {}
    for group in content.get("group", []):
        weight = group.get("weight")
        if not isinstance(weight, (int, float)) or not isinstance(group.get("terms"), list):
            yield "[[group]]", "a group needs weight (a number) and terms (a list of words)"
            continue
        for term in group["terms"]:
            if term in seen:
                yield f'"{term}"', f"term {term!r} stands twice; keep one"
            seen[term] = weight
