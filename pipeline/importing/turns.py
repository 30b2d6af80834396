"""Transcripts: who has the floor. Labels in the forms that occur become turns of speakers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.importing.habits import Turn, labels_that_ask, labels_that_host
from pipeline.importing.page import Block
from pipeline.importing.people import People
from pipeline.importing.vocabulary import Vocabulary, any_of
from pipeline.speakers import QUESTION

ANSWER, HOST = "Answer", "Moderator"
_COLON = re.compile(r"(?P<label>[^:?!\n“\"]{1,90}?)\s?:(?:\s+(?P<rest>\S.*))?$", re.DOTALL)
_SIGN = re.compile(
    r"(?:(?P<label>Q|A)\d{0,3}(?:[.)]|\s*[–—-]|$)|(?P<bare>Q)(?=\s(?:[A-Z]|\([^)]*\)\s+[A-Z])))\s*(?P<rest>[^a-z].*)?$",
    re.DOTALL,
)
_STOPPED = re.compile(
    r"(?P<label>(?:The|Mr\.|Mrs\.|Ms\.)\s[A-Z]\w+(?:\s[A-Z]\w+)?)\.\s+(?P<rest>[A-Z].*)$", re.DOTALL
)
_REMARK = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_CAPITALS = re.compile(r"[^a-z]*[A-Z]{2}[^a-z]*")
_PRESS = re.compile(
    r"\b(?:correspondent|reporter|journalist|newspaper|television|TV|agency|news|radio|press)\b",
    re.I,
)


class Labelled(NamedTuple):
    """A block without its label, and whose turn begins with it; "" where the turn goes on.

    `is_whole`: the turn ends with the block, as a question in bold does.
    """

    text: str
    speaker: str = ""
    label: str = ""
    is_whole: bool = False


class Labels:
    """The labels of one page, by what they stand for."""

    def __init__(self, blocks: Sequence[Block], *, people: People, vocabulary: Vocabulary) -> None:
        self._people, self._vocabulary = people, vocabulary
        self._question_labels = {
            name.casefold() for name in vocabulary.transcripts["question_labels"]
        }
        self._raw = [self._split(block) for block in blocks]
        self._counts = Counter(label for label, _, _ in self._raw if label)
        self._is_dialogue = self._reads_as_dialogue()
        turns = self._turns()
        self._asking = labels_that_ask(turns, people=people)
        self._hosting = labels_that_host(turns, people=people, vocabulary=vocabulary)
        self.of_blocks = [
            self._labelled(block, raw) for block, raw in zip(blocks, self._raw, strict=True)
        ]
        self._mark_first_question()

    @property
    def is_transcript(self) -> bool:
        """Whether the page has turns: questions and answers, or several speakers' labels."""
        speakers = [item.speaker for item in self.of_blocks if item.speaker]
        return len(speakers) >= 2

    @property
    def speakers(self) -> set[str]:
        """Everyone who has a label."""
        return {item.speaker for item in self.of_blocks if item.speaker}

    @property
    def main_speaker(self) -> str:
        """The person whose labels are most; nothing where no person is labelled."""
        names = Counter(item.speaker for item in self.of_blocks if item.speaker)
        for meaning in (QUESTION, ANSWER, HOST):
            names.pop(meaning, None)
        return names.most_common(1)[0][0] if names else ""

    def _reads_as_dialogue(self) -> bool:
        """Whether most blocks begin with what may be a name, and there are two such names or more.

        A name that stands once before a colon is then a label; elsewhere it needs a title or to
        come again, for "Road to peace: …" looks alike.
        """
        names = [label for label, rest, _ in self._raw if rest and self._may_be_a_name(label)]
        filled = [rest for label, rest, _ in self._raw if label or rest]
        return len(set(names)) >= 2 and len(names) > len(filled) / 2

    def _may_be_a_name(self, label: str) -> bool:
        words = (self._people.names.bare(label) or label).split()
        return _plain(label) in self._question_labels or (
            len(words) in (2, 3)
            and all(self._people.names.is_name_word(w) and w[:1].isupper() for w in words)
        )

    def _split(self, block: Block) -> tuple[str, str, str]:
        """Label, the text after it, and a remark in brackets that stood in the label."""
        patterns = (_SIGN, _COLON) if block.lead else (_SIGN, _COLON, _STOPPED)
        for pattern in patterns:
            if match := pattern.match(block.text):
                sign = match["label"] or match.groupdict().get("bare") or ""
                label, note = self._without_remark(sign)
                return label, match["rest"] or "", note
        if block.lead and len(block.lead.split()) <= 8:
            label, note = self._without_remark(block.lead.rstrip(":.– "))
            return label, block.text[len(block.lead) :].lstrip(" :.–—-"), note
        return "", block.text, ""

    def _without_remark(self, label: str) -> tuple[str, str]:
        remark = _REMARK.search(label)
        return " ".join(_REMARK.sub(" ", label).split()), remark[0].strip() if remark else ""

    def _labelled(self, block: Block, raw: tuple[str, str, str]) -> Labelled:
        label, rest, note = raw
        if label and self._is_press(note):
            return Labelled(rest, QUESTION, f"{label} {note}")
        is_office = self._people.names.is_office(label)
        if note and is_office and (speaker := self._person(note.strip("()[]"))):
            return Labelled(rest, speaker, f"{label} {note}")
        if speaker := self._speaker(label):
            return Labelled(rest, speaker, f"{label} {note}".strip())
        if block.lead == block.text and block.text.endswith("?"):
            return Labelled(block.text, QUESTION, is_whole=True)
        return Labelled(block.text)

    def _speaker(self, label: str) -> str:
        """Question, Answer, Moderator or a person's name; nothing where it is no label at all."""
        if not label or len(label.split()) > 12:
            return ""
        words = _plain(label)
        if label in self._asking:
            return QUESTION
        transcripts = self._vocabulary.transcripts
        for names, meaning in (
            (transcripts["answer_labels"], ANSWER),
            (transcripts["host_labels"], HOST),
        ):
            if words in {name.casefold() for name in names}:
                return meaning
        if self._is_question(label, words):
            return QUESTION
        if label in self._hosting:
            return HOST
        return self._person(label)

    def _is_press(self, note: str) -> bool:
        """Whether a remark in brackets names an outlet: "Lena Fors (Karst Radio)"."""
        return bool(note) and self._people.names.is_outlet(note.strip("()[]"))

    def _is_question(self, label: str, words: str) -> bool:
        transcripts = self._vocabulary.transcripts
        if words in self._question_labels:
            return True
        if re.match(
            r"(?:questions?|q|remarks?|comments?)\b(?:\s*(?:no\.?\s*)?\d+|\s+(?:from|by|to)\b.*|,.*)?$",
            words,
        ):
            return True
        if not label[:1].isupper() or len(label.split()) > 8:
            return False
        is_outlet = re.search(rf"(?<!\w){any_of(transcripts['outlets'])}(?!\w)", label)
        return bool(is_outlet or _PRESS.search(label)) and not self._people.find(label)

    def _person(self, label: str) -> str:
        """The person whom a label names; known ones by their own name."""
        name, _, rest = label.partition(", ")
        if rest and self._people.names.office(rest):
            label = name
        name = label.title() if _CAPITALS.fullmatch(label) else label
        if person := self._people.find(label) or self._people.find(name):
            return "" if person.is_body and not self._is_side(label) else person.name
        if not self._looks_like_a_person(name, label):
            return ""
        bare = self._people.names.bare(name) or name
        office = self._people.names.office(name)
        return self._people.add(self._people.full_name(bare), office=office).name

    def _is_side(self, label: str) -> bool:
        return self._counts[label] > 1

    def _looks_like_a_person(self, name: str, label: str) -> bool:
        names = self._people.names
        bare = names.bare(name)
        words = bare.split()
        if not 1 <= len(words) <= 5 or not all(
            names.is_name_word(w) and w[:1].isupper() for w in words
        ):
            return bool(names.office(label)) and not words and self._counts[label] > 1
        has_title = bare != name
        return (
            has_title
            or self._counts[label] > 1
            or (self._is_dialogue and len(words) in (2, 3))
            or (len(words) in (2, 3) and bool(_CAPITALS.fullmatch(label)))
        )

    def _mark_first_question(self) -> None:
        """A paragraph that asks right before the first label, an answer, is a question."""
        filled = [i for i, item in enumerate(self.of_blocks) if item.text or item.speaker]
        first = next((n for n, i in enumerate(filled) if self.of_blocks[i].speaker), 0)
        if not first or self.of_blocks[filled[first]].speaker in (QUESTION, HOST):
            return
        before = filled[first - 1]
        if self.of_blocks[before].text.endswith("?"):
            self.of_blocks[before] = self.of_blocks[before]._replace(speaker=QUESTION)

    def _turns(self) -> list[Turn]:
        """All turns that begin with a label, with the paragraphs that go on with them."""
        turns: list[tuple[str, list[str]]] = []
        for label, rest, _ in self._raw:
            if label:
                turns.append((label, [rest]))
            elif turns and rest:
                turns[-1][1].append(rest)
        before = ["", *(label for label, _ in turns)]
        return [
            Turn(label, " ".join(texts), bool(last) and self._is_question(last, _plain(last)))
            for last, (label, texts) in zip(before, turns, strict=False)
        ]


def _plain(label: str) -> str:
    return label.casefold().removeprefix("the ")


def spoken(blocks: Sequence[Labelled], *, opening: str) -> Iterator[tuple[str, str]]:
    """(speaker, text) of each paragraph; `opening` has the floor until the first label."""
    current = opening
    for item in blocks:
        current = item.speaker or current
        if current == ANSWER:
            current = opening
        if item.text.strip():
            yield current, item.text
        current = opening if item.is_whole else current
