"""Wording: the phrases of a text, what sets two groups apart, and formulas that come back.

Distinctiveness is the z-score of weighted log-odds with an informative Dirichlet prior: Monroe,
Colaresi and Quinn (2008), Fightin' Words, equations 16, 19, 20 and 22.
"""

import datetime as dt
import itertools
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

LONGEST = 3
LONGEST_TYPED = 300  # characters of a phrase that are looked for
# Phrases that tell two sides apart in one half of the documents point the same way in the other
# half most often with a prior of 500 words: 84 % of the top 25; 78 % with 10, 77 % with 5,000.
PRIOR_SIZE = 500.0
_REFRAIN_LENGTHS = range(3, 9)
_REFRAIN_MEETINGS = 3
_WORD = r"[\w$€£%]+(?:['’.\-–]\w+)*"
_BREAK = r"[.,;:!?…/|]+(?:\s|$)|\s[–—-]\s|—|[\"“”«»()\[\]]"
_WORD_OR_BREAK = re.compile(f"{_WORD}|{_BREAK}")
_FIRST_OF_WORD = re.compile(r"[\w$€£%]")
_NO_WORD = ""
_ROWS_AT_ONCE = 1_000_000  # words in a row looked at together: bounds memory
_N_KEPT = 50_000  # words that are kept as they were last read: most of any text
_LETTER, _NO_LETTER = r"[\pL\pN_]", r"[^\pL\pN_]"  # what Python means by \w
_APART = r"[^\pL\pN_\-–'’.]"  # neither a letter nor what joins two of them
_POSSESSIVE = re.compile(r"['’]s$")
_STOP_WORDS = ENGLISH_STOP_WORDS | {"mr", "mrs", "said", "says", "will", "would", "shall"}


class Refrain(NamedTuple):
    """A formula that one speaker comes back to; n_uses counts statements; first, last are days."""

    phrase: str
    n_uses: int
    n_meetings: int
    first: dt.date
    last: dt.date


def phrase_counts(text: str) -> Counter[str]:
    """Phrases of one to three words and how often each occurs.

    A phrase crosses no punctuation and neither begins nor ends with a stop word.
    """
    runs = map(_phrases, _runs(_words(text)))
    return Counter(itertools.chain.from_iterable(runs))


def pattern_of(phrase: str) -> str:
    """A regular expression for the phrase as whole words in small letters; `*` is any letters.

    A word is what phrase_counts takes for one: part of a hyphened word is none, `’s` is no part.
    Of a very long phrase the beginning is looked for. Whatever a reader types, the search takes
    time in proportion to the text: no part of the expression is tried twice.
    """
    words = map(_word_pattern, phrase.lower()[:LONGEST_TYPED].split())
    joined = r"(?:['’]s)?\s+".join(words)
    return rf"(?<!\w)(?<!\w[-–'’.]){joined}(?:['’]s)?(?!\w)(?![-–'’.]\w)"


def re2_of(phrase: str) -> str:
    """The same for RE2, the expressions of DuckDB, which look neither back nor ahead.

    What stands before and after the phrase is part of the match, so it tells whether a text holds
    the phrase and not where.
    """
    words = (
        rf"{_LETTER}*".join(map(re.escape, re.split(r"\*+", word)))
        for word in phrase.lower()[:LONGEST_TYPED].split()
    )
    joined = r"(?:['’]s)?[\s\pZ]+".join(words)
    before = rf"(?:^|{_APART}|(?:^|{_NO_LETTER})[-–'’.])"
    after = rf"(?:$|{_APART}|[-–'’.](?:$|{_NO_LETTER}))"
    return rf"{before}{joined}(?:['’]s)?{after}"


def longest_piece(phrase: str) -> str:
    """The longest run of letters that every text with the phrase holds; may be empty."""
    return max(re.split(r"[\s*]+", phrase.lower()[:LONGEST_TYPED]), key=len, default="")


def _word_pattern(word: str) -> str:
    """The word; what stands between two stars is found at its first place, for good.

    That loses nothing, as only the end of the word is held to a place, and keeps `a*a*a*a*` from
    being tried in every combination.
    """
    first, *rest = map(re.escape, re.split(r"\*+", word))
    if not rest:
        return first
    *between, last = rest
    return first + "".join(rf"(?>\w*?{part})" for part in between) + rf"\w*{last}"


def log_odds(
    left: pd.Series, right: pd.Series, background: pd.Series, *, prior_size: float = PRIOR_SIZE
) -> pd.DataFrame:
    """How much each phrase sets left (z > 0) or right (z < 0) apart.

    Series of counts by phrase; background: the counts in everything, left and right included.
    Columns: n_left, n_right, log_odds, z; index: the phrases of the background. prior_size is the
    weight of the background, in words.
    """
    y1, y2 = (
        counts.reindex(background.index, fill_value=0).astype(float) for counts in (left, right)
    )
    prior = background / background.sum() * prior_size
    return _scores(y1, y2, prior, n1=y1.sum(), n2=y2.sum(), n0=prior.sum(), is_only=len(prior) < 2)


def log_odds_of_used(
    own: pd.Series, everywhere: pd.Series, *, n_own: pd.Series, n_phrases: int
) -> pd.DataFrame:
    """log_odds of groups beside all others, each for the phrases that it uses alone.

    A row is a phrase that a group uses; own, everywhere: how often in the group and in everything;
    n_own: all uses of phrases in the group. n_phrases: how many there are in everything.
    """
    n_uses = own.sum()
    return _scores(
        own.astype(float),
        (everywhere - own).astype(float),
        everywhere / n_uses * PRIOR_SIZE,
        n1=n_own,
        n2=n_uses - n_own,
        n0=PRIOR_SIZE,
        is_only=n_phrases < 2,
    )


def _scores(
    y1: pd.Series,
    y2: pd.Series,
    prior: pd.Series,
    *,
    n1: float | pd.Series,
    n2: float | pd.Series,
    n0: float,
    is_only: bool,
) -> pd.DataFrame:
    """Counts of phrases in two groups and by the prior; n1, n2, n0: the sums over all phrases."""
    if is_only:  # one phrase alone has no odds
        delta = 0.0 * y1
    else:
        delta = np.log((y1 + prior) / (n1 + n0 - y1 - prior)) - np.log(
            (y2 + prior) / (n2 + n0 - y2 - prior)
        )
    variance = 1 / (y1 + prior) + 1 / (y2 + prior)
    return pd.DataFrame(
        {
            "n_left": y1.astype(int),
            "n_right": y2.astype(int),
            "log_odds": delta,
            "z": delta / np.sqrt(variance),
        }
    )


def find_refrains(
    statements: Iterable[tuple[str, dt.date, str]], *, names: Iterable[str] = ()
) -> list[Refrain]:
    """Formulas of three words and more that one speaker uses in three meetings or more.

    statements: (meeting_id, day, text) of the speaker's, those of a meeting one after the other.
    Left out is a formula within a longer one that is used at least half as often, and one with
    fewer than two words that are no stop words and no names.
    """
    named = {word for name in names for word in _words(name)}
    uses: defaultdict[str, _Uses] = defaultdict(_Uses)
    for phrase, number, meeting, day in _usual_phrases(statements):
        uses[phrase].add(number, meeting, day)
    refrains = {
        phrase: Refrain(phrase, found.n_uses, found.n_meetings, found.first, found.last)
        for phrase, found in uses.items()
        if found.n_meetings >= _REFRAIN_MEETINGS
        and len({*filter(_is_content, phrase.split())} - named) > 1
    }
    return sorted(_maximal(refrains), key=lambda r: (-r.n_meetings, -r.n_uses, r.phrase))


class _Uses:
    """How often a phrase was used until now, counted from one statement to the next."""

    __slots__ = ("_meeting", "_number", "first", "last", "n_meetings", "n_uses")
    first: dt.date
    last: dt.date

    def __init__(self) -> None:
        self.n_uses = self.n_meetings = 0
        self._number = self._meeting = -1

    def add(self, number: int, meeting: int, day: dt.date) -> None:
        """In which statement, at which meeting, both by number, and on which day."""
        if number == self._number:
            return
        self.first = min(self.first, day) if self.n_uses else day
        self.last = max(self.last, day) if self.n_uses else day
        self.n_uses += 1
        self.n_meetings += meeting != self._meeting
        self._number, self._meeting = number, meeting


def _usual_phrases(
    statements: Iterable[tuple[str, dt.date, str]],
) -> Iterator[tuple[str, int, int, dt.date]]:
    """Phrases of a refrain's length of which all three words in a row are usual, and where.

    Where is: in which statement and at which meeting, by their numbers, and on which day.
    """
    words: list[str] = []
    # of each word its statement, of each statement its meeting
    numbers, meetings = array("i"), array("i")
    days: list[dt.date] = []
    known: defaultdict[str, int] = defaultdict(itertools.count().__next__)
    for number, (meeting_id, day, text) in enumerate(statements):
        words += [*_words(text), _NO_WORD]
        numbers.extend(itertools.repeat(number, len(words) - len(numbers)))
        meetings.append(known[meeting_id])
        days.append(day)
    is_usual = _opens_usual(words, np.asarray(meetings)[np.asarray(numbers)]).tobytes()
    for start in itertools.compress(range(len(is_usual)), is_usual):
        if _is_content(words[start]):
            number = numbers[start]
            for phrase in _longer_and_longer(words, start, is_usual):
                yield phrase, number, meetings[number], days[number]


def _opens_usual(words: Sequence[str], meetings: np.ndarray) -> np.ndarray:
    """Whether a word opens three in a row that occur in meetings enough, as all of a refrain do.

    meetings: of each word, by number. The last two words open none.
    """
    known: defaultdict[str, int] = defaultdict(itertools.count().__next__)
    no_word = known[_NO_WORD]
    numbers = np.fromiter(map(known.__getitem__, words), np.int32, len(words))
    rows = [numbers[:-2], numbers[1:-1], numbers[2:]]
    threes = np.zeros(len(rows[0]), np.int64)
    for row in rows:
        threes *= len(known)
        threes += row
    is_usual = np.logical_and.reduce([row != no_word for row in rows])
    # by groups that no three in a row is in two of: what tells them apart takes most of the memory
    n_groups = 1 + len(threes) // _ROWS_AT_ONCE
    groups = (threes % n_groups).astype(np.int32)
    for group in range(n_groups):
        own = np.flatnonzero(is_usual & (groups == group))
        kinds, _ = pd.factorize(threes[own])
        n_all = meetings.max(initial=0) + 1
        of_meetings = pd.unique(kinds * n_all + meetings[own])
        n_meetings = np.bincount(of_meetings // n_all)
        is_usual[own] = n_meetings[kinds] >= _REFRAIN_MEETINGS
    return is_usual


def _longer_and_longer(words: Sequence[str], start: int, is_usual: bytes) -> Iterator[str]:
    """From the shortest refrain that may begin here, as long as all its words are usual."""
    for length in _REFRAIN_LENGTHS:
        end = start + length
        if not is_usual[end - _REFRAIN_LENGTHS[0]]:
            break
        if _is_content(words[end - 1]):
            yield " ".join(words[start:end])


def _maximal(refrains: Mapping[str, Refrain]) -> Iterator[Refrain]:
    """Those that no longer one holds that is used at least half as often."""
    held: set[str] = set()
    for longer in refrains.values():
        words = longer.phrase.split()
        for length in range(_REFRAIN_LENGTHS[0], len(words)):
            for start in range(len(words) - length + 1):
                within = refrains.get(" ".join(words[start : start + length]))
                if within and 2 * longer.n_uses >= within.n_uses:
                    held.add(within.phrase)
    return (refrain for refrain in refrains.values() if refrain.phrase not in held)


def _words(text: str) -> Iterator[str]:
    """The words in small letters, without the possessive ’s; no word where punctuation stands."""
    return map(_word, _WORD_OR_BREAK.findall(text))


@lru_cache(_N_KEPT)
def _word(found: str) -> str:
    return _POSSESSIVE.sub("", found.lower()) if _FIRST_OF_WORD.match(found) else _NO_WORD


def _runs(words: Iterable[str]) -> Iterator[list[str]]:
    """The words that no punctuation parts."""
    return (list(run) for is_run, run in itertools.groupby(words, key=bool) if is_run)


def _phrases(words: Sequence[str]) -> Iterator[str]:
    is_content = list(map(_is_content, words))
    for start in itertools.compress(range(len(words)), is_content):
        for end, is_end in enumerate(is_content[start : start + LONGEST], start + 1):
            if is_end:
                yield " ".join(words[start:end])


@lru_cache(_N_KEPT)
def _is_content(word: str) -> bool:
    return word not in _STOP_WORDS and len(word) > 1 and not word.isdigit()
