"""The tone that a speaker takes toward the matter: rules and lexicon in data/rules/tone.toml.

Source of the mechanism (look-back for negators and intensifiers, contrast): Hutto and Gilbert
(2014), VADER; of verbs that turn the tone of what they act on: Polanyi and Zaenen (2004),
Contextual valence shifters. Words, weights, scopes and cut-offs are our own.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.language import Words
from pipeline.problems import InputError, Problem
from pipeline.rule_shapes import Place
from pipeline.rules import read_lines, read_toml
from pipeline.terms import Found, TermIndex, longest

_SETTINGS = (
    "window", "negation_factor", "denial_factor", "contrast_factor", "scale", "positive_from",
    "negative_below",
)  # fmt: skip


class Scope(NamedTuple):
    """Words that change what the tone around them counts: "if", "discuss", "fight against".

    reach: how many tokens, at most to the next stop; 0 is to the end of the sentence. side:
    after or before the cue. positive, negative: what becomes of weights in reach. through: stops
    that it does not heed, as where what was discussed is a list.
    """

    name: str
    cues: tuple[str, ...]
    side: str
    reach: int
    positive: float
    negative: float
    through: tuple[str, ...] = ()


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
    scopes: tuple[Scope, ...] = ()


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
    lines = read_lines(path)
    problems = [
        Problem(str(path), lines.line(place, holding=text), what)
        for place, text, what in _mistakes(content)
    ]
    if problems:
        raise InputError(problems)
    terms = {term: float(group["weight"]) for group in content["group"] for term in group["terms"]}
    return ToneRules(
        terms=terms,
        intensifiers=dict(content["intensifiers"]),
        negators=frozenset(content["negators"]),
        stops=frozenset(content["stops"]),
        contrasts=frozenset(content["contrasts"]),
        neutral=tuple(content["neutral"]),
        scopes=tuple(
            Scope(**{key: _tuple(value) for key, value in scope.items()})
            for scope in content.get("scope", [])
        ),
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


class ToneScorer:
    """Finds the words of tone in a text; the longest wording wins."""

    def __init__(self, index: TermIndex, rules: ToneRules) -> None:
        self._rules = rules
        self._matcher, self._cues = index.matcher(), index.matcher()
        for term in (*rules.terms, *rules.neutral):
            self._matcher.add(term, term)
        self._scopes = {scope.name: scope for scope in rules.scopes}
        self._modifiers = rules.negators.union(rules.intensifiers)
        self._stops = {scope.name: rules.stops.difference(scope.through) for scope in rules.scopes}
        for scope in rules.scopes:
            for cue in scope.cues:
                self._cues.add(scope.name, cue)

    def hits(self, words: Words) -> tuple[ToneHit, ...]:
        """The words of tone in order of place, none within another; a name takes no tone."""
        wording = longest(self._matcher(words))
        found = [
            one
            for one in wording
            if one.key in self._rules.terms
            and not all(map(words.is_name, range(one.start, one.end)))
        ]
        if not found:
            return ()
        used = {i for one in wording if one.end - one.start > 1 for i in range(one.start, one.end)}
        turning = self._turning_point(words)
        reaches = [self._reach(words, cue) for cue in self._cues(words)]
        return tuple(
            [self._hit(words, one, turning=turning, reaches=reaches, used=used) for one in found]
        )

    def tone(self, hits: Iterable[ToneHit]) -> float:
        return tone_of(hits, scale=self._rules.scale)

    def label(self, tone: float) -> str:
        return tone_label(tone, rules=self._rules)

    def _hit(
        self,
        words: Words,
        found: Found,
        *,
        turning: int,
        reaches: Iterable["_Reach"],
        used: Set[int],
    ) -> ToneHit:
        weight = self._rules.terms[found.key]
        before = self._before(words, found, used=used)
        for form in before:
            weight *= self._rules.intensifiers.get(form, 1.0)
        acting = {reach.scope.name: reach.scope for reach in reaches if reach.holds(found)}
        for scope in acting.values():
            weight *= scope.positive if weight > 0 else scope.negative
        is_negated = len([form for form in before if form in self._rules.negators]) % 2 == 1
        if is_negated:
            weight *= self._turned_by(weight)
        if found.start < turning:
            weight *= self._rules.contrast_factor
        place = words.place(found.start, found.end)
        return ToneHit(found.key, round(weight, 4), is_negated, *place)

    def _turned_by(self, weight: float) -> float:
        return self._rules.negation_factor if weight > 0 else self._rules.denial_factor

    def _before(self, words: Words, found: Found, *, used: Set[int]) -> tuple[str, ...]:
        """The forms of the window before the place, nearest first, up to a stop; none if idle.

        Words of other phrases turn nothing: no "not" in "not only", no "no" in "spare no effort".
        """
        start = max(0, found.start - self._rules.window)
        if self._modifiers.isdisjoint(words.forms[start : found.start]):
            return ()
        start = max(start, words.sentence(found.start)[0])
        before = []
        for i in range(found.start - 1, start - 1, -1):
            if i in used or self._is_negated(words, i):
                continue
            if words.forms[i] in self._rules.stops:
                break
            before.append(words.forms[i])
        return tuple(before)

    def _is_negated(self, words: Words, place: int) -> bool:
        """Whether a contrast follows a negator: the "yet" of "not yet" sets nothing against it."""
        if words.forms[place] not in self._rules.contrasts:
            return False
        return not self._rules.negators.isdisjoint(words.forms[place - 1 : place])

    def _reach(self, words: Words, cue: Found) -> "_Reach":
        """The words on which the cue acts."""
        scope = self._scopes[cue.key]
        first, last = words.sentence(cue.start)
        if scope.side == "before":
            forms = words.forms[first : cue.start][::-1]
        else:
            forms = words.forms[cue.end : last]
        stops = self._stops[scope.name]
        n = len(_up_to(stops, forms[: scope.reach])) if scope.reach else len(forms)
        if scope.side == "before":
            return _Reach(scope, cue.start - n, cue.start)
        return _Reach(scope, cue.end, cue.end + n)

    def _turning_point(self, words: Words) -> int:
        """Where the last "but" stands; what comes before it counts less."""
        if self._rules.contrasts.isdisjoint(words.forms):
            return 0
        places = [
            i
            for i, form in enumerate(words.forms)
            if form in self._rules.contrasts and not self._is_negated(words, i)
        ]
        return places[-1] if places and places[-1] > 2 else 0


class _Reach(NamedTuple):
    """Words from start up to end on which a scope acts."""

    scope: Scope
    start: int
    end: int

    def holds(self, found: Found) -> bool:
        return self.start <= found.start < self.end


def _up_to(stops: frozenset[str], forms: Sequence[str]) -> tuple[str, ...]:
    return tuple(itertools.takewhile(lambda form: form not in stops, forms))


def _tuple(value: Any) -> Any:
    """Lists of TOML as tuples, all else as it is."""
    return tuple(value) if isinstance(value, list) else value


def _mistakes(content: Mapping[str, Any]) -> Iterator[tuple[Place, str, str]]:
    """Place, the text to look for from there, and what is wrong."""
    above, below = content["positive_from"], content["negative_below"]
    if above < below:
        what = f"positive_from {above} is below negative_below {below}; no tone can be both"
        yield Place("", 0, "positive_from"), "", f"{what}, mend one of them"
    if not content.get("group"):
        what = "no words of tone; write [[group]] with weight and terms"
        yield Place("", 0, "group"), "", what
    yield from _scope_mistakes(content.get("scope", []))
    seen: set[str] = set()
    for number, group in enumerate(content.get("group", [])):
        if not {"weight", "terms"} <= group.keys():
            what = "a group needs weight (a number) and terms (a list of words)"
            yield Place("group", number, ""), "", f"{what}; add what is missing"
            continue
        for term in group["terms"]:
            if term in seen:
                place = Place("group", number, "terms")
                yield place, f'"{term}"', f"term {term!r} stands twice; keep one"
            seen.add(term)


def _scope_mistakes(scopes: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Place, str, str]]:
    for number, scope in enumerate(scopes):
        name = scope.get("name", "")
        for key in Scope._fields:
            if key not in scope and key != "through":
                yield Place("scope", number, "name"), "", f"scope {name!r} has no {key}; add it"
        if scope.get("side", "after") not in ("after", "before"):
            what = f"side of scope {name!r} must be after or before; mend it"
            yield Place("scope", number, "side"), "", what
