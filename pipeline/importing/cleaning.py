"""What of a page was said, and what is the page's own: every block left out gets a reason."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.importing.page import Block
from pipeline.importing.vocabulary import Vocabulary, any_of, folded, whole

_N_TITLE_WORDS = (4, 60)
_N_LEAD_WORDS = 6  # a text begins with a sentence of as many words; menus end in full stops too
_MIN_REPEATED = 8  # words from which a paragraph that stood before is a copy, not "Thank you"
_MIN_RESUMING = 12  # words of a full sentence that ends a list of headlines
_MIN_UNENDED = 25  # words from which a paragraph without a full stop is text all the same
_MAX_ASKING = 10  # words of a heading that asks: "What is the row about?"
_MIN_SPOKEN = 8  # the same within a transcript, where headings are rare
_ENDS = re.compile(r"[.!?:…;,—–][\"'”’»)\]]*$")
_MAX_FURNITURE = 600  # characters; what is longer was written to be read
_DATE_LINE = re.compile(
    r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b"
    r"|\d{1,4}[ ./-]\d{0,2}|date\b)",
    re.I,
)
_DAY_LINE = re.compile(
    r"(?:\W*\b(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*|\d{1,4}(?:st|nd|rd|th)?"
    r"|[ap]\.?m|at|of|GMT|UTC|[A-Z]{2,4}T)\b)+\W*",
    re.I,
)  # "Thursday, 9 February 2006, 10 a.m.": a sentence neither by its words nor by its full stop
_STOPS = re.compile(r"[.!?…][\"'”’»)\]]*$")
_BRACKETED = re.compile(r"\s*(?:\(([^()]*)\)|\[([^\[\]]*)\])")
_APART = re.compile(r"[.!?…:;)\]\"”’]\s*$")
_BEFORE_NOTE = 4  # characters before a bracket that tell whether it stands apart
_FOOTNOTE = re.compile(r"(?<=\S)\s*\[\d{1,4}\]|\[\d{1,4}\]\s*")


class Judged(NamedTuple):
    """A block and why it is left out; kept where `reason` is empty."""

    block: Block
    reason: str = ""

    @property
    def text(self) -> str:
        return self.block.text


def n_words(text: str) -> int:
    return len(text.split())


def is_sentence(text: str) -> bool:
    """Whether a block is text rather than a heading, a menu or a list of links."""
    is_long = n_words(text) >= _N_LEAD_WORDS
    return is_long and bool(_STOPS.search(text)) and not _DAY_LINE.fullmatch(text[:_MAX_FURNITURE])


def page_parts(blocks: Sequence[Block], *, vocabulary: Vocabulary) -> list[Judged]:
    """Leaves out what any page carries: parts named by markup, furniture, captions, endings."""
    judged = [Judged(block, _own_reason(block, vocabulary)) for block in blocks]
    judged = _without_asides(judged, vocabulary)
    return _without_ending(judged, vocabulary)


def title_of(
    judged: Sequence[Judged], *, labelled: Sequence[bool], vocabulary: Vocabulary
) -> int | None:
    """Place of the heading: the first, by markup or position, that tells of talks or offices.

    Where none does, the first that is long enough.
    """
    start = text_start(judged, labelled=labelled)
    lines = [i for i in range(start) if not judged[i].reason and _is_title(judged[i].text)]
    headings = [i for i in lines if judged[i].block.part == "heading"] or lines
    telling = [i for i in headings if _tells_of_talks(judged[i].text, vocabulary)]
    longer = [i for i in headings if n_words(judged[i].text) > _N_TITLE_WORDS[0]]
    return next(iter([*telling, *longer, *headings]), None)


def text_start(judged: Sequence[Judged], *, labelled: Sequence[bool]) -> int:
    """Place of the first block that is text."""
    for i, item in enumerate(judged):
        is_text = labelled[i] or is_sentence(item.text) or n_words(item.text) > _N_TITLE_WORDS[1]
        if not item.reason and item.block.part != "heading" and is_text:
            return i
    return len(judged)


def without_repeats(judged: Iterable[Judged]) -> Iterator[Judged]:
    """Leaves out paragraphs that stood before, whatever their spaces and marks."""
    seen: set[str] = set()
    for item in judged:
        key = " ".join(re.findall(r"\w+", item.text.casefold()))
        is_copy = not item.reason and key in seen and n_words(key) >= _MIN_REPEATED
        if not item.reason:
            seen.add(key)
        yield item._replace(reason="stood earlier in the page") if is_copy else item


def without_fragments(
    judged: Sequence[Judged], *, is_spoken: bool, labelled: Sequence[bool], vocabulary: Vocabulary
) -> Iterator[Judged]:
    """Leaves out lines that are no sentences; a transcript keeps greetings and answers."""
    least = _MIN_SPOKEN if is_spoken else _MIN_UNENDED
    for item, is_labelled in zip(judged, labelled, strict=True):
        is_text = _ENDS.search(item.text) or n_words(item.text) >= least or is_labelled
        if is_spoken:
            is_said = is_greeting(item.text, vocabulary) or is_courtesy(item.text, vocabulary)
            is_text = is_text or is_said
        else:
            is_text = is_text and not _asks_the_reader(item.text)
        if item.reason or (is_text and item.block.part != "heading"):
            yield item
        else:
            yield item._replace(reason="heading or fragment")


def is_greeting(text: str, vocabulary: Vocabulary) -> bool:
    """Whether words said to an audience begin here."""
    greetings = any_of(vocabulary.transcripts["greetings"])
    return bool(re.match(rf"\W*{greetings}\b", text, re.IGNORECASE))


def is_courtesy(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a short line is said for all that: "Thank you", "Yes"."""
    courtesies = any_of(vocabulary.transcripts["courtesies"])
    return bool(re.match(rf"\W*{courtesies}\b", text, re.IGNORECASE))


def n_own_words(text: str, vocabulary: Vocabulary) -> int:
    """Words by which someone speaks for himself or herself: I, we, our; but not the US."""
    words = any_of(vocabulary.transcripts["first_person"])
    own = rf"(?<![\w’'-])(?-i:(?!US\b)){words}(?![\w-])"
    return len(re.findall(own, text, re.IGNORECASE))


def without_notes(text: str, *, vocabulary: Vocabulary) -> tuple[str, list[str]]:
    """The text without editors' notes, stage directions, footnote marks; and what they were."""
    notes = []
    stage = whole(vocabulary.transcripts["stage_patterns"])

    def _kept(match: re.Match[str]) -> str:
        words = folded(match[1] if match[1] is not None else match[2])
        is_credit = whole(vocabulary.page["furniture_patterns"]).fullmatch(f"({words})")
        before = match.string[max(0, match.start() - _BEFORE_NOTE) : match.start()]
        is_apart = match.start() == 0 or bool(_APART.search(before))
        is_last = match.end() == len(match.string)
        is_note = is_apart and (stage.fullmatch(words) or (is_credit and is_last))
        if is_note:
            notes.append(match[0].strip())
        return "" if is_note else match[0]

    kept = _BRACKETED.sub(_kept, text)
    return " ".join(_FOOTNOTE.sub("", kept).split()), notes


def _own_reason(block: Block, vocabulary: Vocabulary) -> str:
    page = vocabulary.page
    if len(block.text) > _MAX_FURNITURE:
        return ""
    text = folded(block.text).lstrip("•·▪●►▶■- ") or block.text
    if block.part and block.part != "heading":
        return _REASONS.get(block.part, block.part)
    if whole(page["caption_patterns"]).fullmatch(text):
        return "caption"
    if whole(page["furniture_patterns"]).fullmatch(text):
        return "furniture of the page"
    return "separator" if whole(page["separators"]).fullmatch(text) else ""


def _describes(pattern: re.Pattern[str], text: str) -> bool:
    return len(text) <= _MAX_FURNITURE and bool(pattern.fullmatch(folded(text)))


_REASONS = {
    "navigation": "navigation",
    "footer": "footer",
    "related": "related texts",
    "caption": "caption",
    "comment": "readers' comments",
    "sharing": "share buttons",
    "tag": "tags",
    "consent": "cookie banner",
    "form": "form",
    "button": "button",
}


def _without_asides(judged: Sequence[Judged], vocabulary: Vocabulary) -> list[Judged]:
    """Headlines under "Related" and the like go, up to the next full sentence."""
    pattern, kept, is_aside, has_text = whole(vocabulary.page["aside_patterns"]), [], False, False
    for item in judged:
        has_text = has_text or (not item.reason and is_sentence(item.text))
        is_head = has_text and _describes(pattern, item.text)
        is_text = _STOPS.search(item.text) and n_words(item.text) >= _MIN_RESUMING
        is_aside = is_head or (is_aside and not is_text)
        kept.append(item._replace(reason="related texts") if is_aside and not item.reason else item)
    return kept


def _without_ending(judged: Sequence[Judged], vocabulary: Vocabulary) -> list[Judged]:
    """Nothing after "Comments" and the like belongs to the text, once there has been any."""
    pattern, kept, has_text, reason = whole(vocabulary.page["ending_patterns"]), [], False, ""
    for item in judged:
        has_text = has_text or (not item.reason and is_sentence(item.text))
        if has_text and not reason and _describes(pattern, item.text):
            reason = f"after the end of the text ({item.text[:40]})"
        kept.append(item._replace(reason=item.reason or reason))
    return kept


def _asks_the_reader(text: str) -> bool:
    """Whether a paragraph of a report is a heading in the form of a question."""
    return text.endswith("?") and n_words(text) <= _MAX_ASKING and text.count("?") == 1


def _tells_of_talks(text: str, vocabulary: Vocabulary) -> bool:
    words = any_of(
        vocabulary.people["titles"]
        + vocabulary.transcripts["spoken_titles"]
        + vocabulary.dates["event_words"]
    )
    is_house = re.match(
        r"(?:the )?(?:embassy|ministry|consulate|office|permanent mission)\b", text, re.I
    )
    return not is_house and bool(re.search(rf"\b{words}s?\b", text, re.IGNORECASE))


def _is_title(text: str) -> bool:
    is_long_enough = _N_TITLE_WORDS[0] <= n_words(text) <= _N_TITLE_WORDS[1]
    is_date = bool(_DATE_LINE.match(text))
    return is_long_enough and not is_date and not text.endswith((".", ",", ";", ":"))
