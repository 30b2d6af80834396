"""Who maintains each sentence of a report: quoted, told indirectly, agreed by both, or nobody.

Sentences are read in order. Quotations without a verb of their own stay with who spoke before.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.importing.mentions import Mention, Mentions
from pipeline.importing.people import People, Person
from pipeline.importing.sentences import Span, quotations, units
from pipeline.importing.subjects import MASK, Subjects
from pipeline.importing.vocabulary import Vocabulary
from pipeline.speakers import JOINT, NARRATION

_MOSTLY = 0.5  # part of a sentence within quotation marks from which it counts as a quotation
_MAX_SENTENCE = 2_000  # characters outside quotation marks; what has more is no sentence
_MARKS = '"“«„'


class Attributed(NamedTuple):
    """A piece of a paragraph; `speaker`: a name, Joint or Narration; `person`: if it is one."""

    span: Span
    speaker: str
    person: Person | None = None


class Attribution:
    """Reads the paragraphs of one report in order; remembers who spoke last."""

    def __init__(self, people: People, *, vocabulary: Vocabulary) -> None:
        self._abbreviations = vocabulary.reporting["abbreviations"]
        self._mentions = Mentions(people, vocabulary=vocabulary)
        self._subjects = Subjects(people, mentions=self._mentions, vocabulary=vocabulary)
        self._last_quoted: Attributed | None = None

    def learn(self, texts: Sequence[str]) -> None:
        """Registers everyone who is the subject of a reporting verb in the text to come."""
        for text in texts:
            masked = _masked(text, quotations(text))
            for start, end in units(masked, quoted=(), abbreviations=self._abbreviations):
                if end - start <= _MAX_SENTENCE:
                    self._subjects.learn(masked[start:end])

    def of_paragraph(self, text: str, *, goes_on: bool = False) -> list[Attributed]:
        """The paragraph in pieces; `goes_on`: it continues a quotation left open before it."""
        quoted = quotations(text, is_open=goes_on and text[:1] not in _MARKS)
        masked = _masked(text, quoted)
        spans = units(text, quoted=quoted, abbreviations=self._abbreviations)
        found = [self._of_unit(span, masked) for span in spans]
        return list(self._with_bare_quotations(found, masked, goes_on=goes_on))

    def _with_bare_quotations(
        self, found: Sequence[Attributed], masked: str, *, goes_on: bool
    ) -> Iterator[Attributed]:
        """Gives quotations without a verb to who spoke before, else to who speaks next."""
        for i, piece in enumerate(found):
            is_first = i == 0 and goes_on
            if piece.speaker == NARRATION and (is_first or _is_quotation(masked, piece.span)):
                after = next((p for p in found[i + 1 :] if p.person), None)
                owner = self._last_quoted or after
                if owner:
                    piece = owner._replace(span=piece.span)
            if piece.speaker != NARRATION:
                self._last_quoted = piece
            yield piece

    def _of_unit(self, span: Span, masked: str) -> Attributed:
        text = masked[span.start : span.end]
        if len(text) - text.count(MASK) > _MAX_SENTENCE:
            return Attributed(span, NARRATION)
        mentions = self._mentions.in_sentence(text)
        subject = self._subjects.of_sentence(text, mentions)
        if subject is None:
            self._note_actor(text, mentions)
            return Attributed(span, JOINT if self._subjects.is_impersonal(text) else NARRATION)
        if subject.person is None:
            return Attributed(span, JOINT)
        self._mentions.note_subject(subject.person)
        return Attributed(span, subject.person.name, subject.person)

    def _note_actor(self, text: str, mentions: Sequence[Mention]) -> None:
        """A sentence that begins with someone is about that person: "he" comes next."""
        first = next(iter(mentions), None)
        if first is None or first.person is None or first.person.is_body:
            return
        if not text[: first.start].strip(' "“,'):
            self._mentions.note_subject(first.person)


def _masked(text: str, quoted: Sequence[Span]) -> str:
    """The text with its quotations blotted out, so that no verb is found within them."""
    signs = list(text)
    for start, end in quoted:
        signs[start:end] = MASK * (end - start)
    return "".join(signs)


def _is_quotation(masked: str, span: Span) -> bool:
    piece = masked[span.start : span.end]
    return piece.count(MASK) > _MOSTLY * len(piece)
