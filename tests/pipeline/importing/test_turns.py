import itertools

import pytest
from hostile import no_hang

TITLE = "Remarks by Foreign Minister Ana Holt of Ardenia, Karst, 3 March 2010\n\n"


@pytest.mark.parametrize(
    "label",
    ["Q:", "Q.", "Question:", "QUESTION:", "Q (Jon Weller, Karst Times):", "Journalist:",
     "Question (retranslated):", "Reuters:", "NHK correspondent:", "Karst Radio:"],
)  # fmt: skip
@pytest.mark.parametrize("answer", ["A:", "Ana Holt:", "MINISTER HOLT:", "Foreign Minister Holt:"])
def test_questions_and_answers_in_the_forms_that_occur(drafted, label, answer):
    turns = f"{label} Will you go to Borea this year?\n\n{answer} We will go in May, I hope.\n\n"
    draft = drafted(TITLE + turns + turns.replace("May", "June").replace("go", "travel"))
    assert draft.kind == "transcript"
    assert [speaker for speaker, _ in draft.paragraphs] == ["Question", "Ana Holt"] * 2
    assert draft.paragraphs[0][1] == "Will you go to Borea this year?"


def test_bold_names_and_bold_questions_are_labels(drafted):
    draft = drafted(
        "<html><body><h1>Interview with Foreign Minister Ana Holt</h1>"
        "<p><b>Will you go to Borea?</b></p><p>We will go in May, I hope.</p>"
        "<p><strong>Ana Holt</strong> And we will return in June.</p></body></html>",
        name="page.html",
    )
    assert [s for s, _ in draft.paragraphs] == ["Question", "Ana Holt", "Ana Holt"]


def test_the_opening_speaker_is_the_one_of_the_title(drafted):
    draft = drafted(TITLE + "Ladies and gentlemen,\n\nWe met.\n\nQuestion: And?\n\nA: We ate.")
    assert [s for s, _ in draft.paragraphs] == ["Ana Holt", "Ana Holt", "Question", "Ana Holt"]


def test_who_gives_the_floor_is_the_moderator_and_who_asks_the_press(drafted):
    turns = (
        "MR. DORN: The first question goes to the Karst Times.\n\nQUESTION: Will you go?\n\n"
        "MINISTER HOLT: We will go in May.\n\nMR. DORN: Thank you all.\n\n"
        "IVO MAREK: Why in May? Your critics wonder.\n\nMINISTER HOLT: They may."
    )
    draft = drafted(TITLE + turns)
    speakers = [speaker for speaker, _ in draft.paragraphs]
    assert speakers == [
        "Moderator", "Question", "Ana Holt", "Moderator", "Question", "Ana Holt",
    ]  # fmt: skip


def test_names_that_stand_once_are_labels_where_the_text_is_a_dialogue(drafted):
    draft = drafted(
        "Talks in Karst, 3 March 2020\n\nAna Holt: We welcome the progress made.\n\n"
        "Question: Will you sign?\n\nBo Lind: It is a matter of years, not of days."
    )
    assert draft.kind == "transcript"
    assert [s for s, _ in draft.paragraphs] == ["Ana Holt", "Question", "Bo Lind"]


def test_words_before_a_colon_are_no_names_where_they_are_none(drafted):
    draft = drafted(
        "Talks in Karst, 3 March 2020\n\nRoad to peace: the way is long, she wrote.\n\n"
        "Trade and economy: exports grew by a third.\n\nThe ministers will meet again in May."
    )
    assert draft.kind == "report"


def test_members_of_a_parliament_speak_for_themselves(drafted):
    turns = (
        ("The Speaker", "Order. I call the Minister for Foreign Affairs."),
        ("The Minister for Foreign Affairs (Ms Ana Holt)", "I shall make a statement on fish."),
        ("Mr Ola Fenn (Sund North) (Progress)", "Will she meet the crew this week?"),
        ("Ms Holt", "I shall meet them tomorrow at nine."),
    )
    html = "".join(f"<p><strong>{label}</strong> {text}</p>" for label, text in turns)
    draft = drafted(f"<html><body><h1>Relations with Borea</h1>{html}</body></html>", name="a.html")
    assert [s for s, _ in draft.paragraphs] == ["Moderator", "Ana Holt", "Ola Fenn", "Ana Holt"]
    assert draft.paragraphs[1][1] == "I shall make a statement on fish."


def test_a_first_question_may_have_no_label(drafted):
    draft = drafted(
        TITLE + "What comes first?\n\nAnswer: Trade.\n\nQuestion: And?\n\nAnswer: Fish."
    )
    assert [s for s, _ in draft.paragraphs] == ["Question", "Ana Holt", "Question", "Ana Holt"]


def test_notes_of_editors_go_and_are_listed(drafted):
    draft = drafted(
        TITLE + "Ana Holt: (As interpreted.) We met. (Laughter.) We ate [the fish].\n\nQ: And?"
    )
    assert draft.paragraphs[0][1] == "We met. We ate [the fish]."
    assert ("(Laughter.)", "editor's note") in draft.left_out


def test_a_paragraph_that_stood_before_is_kept_once(drafted):
    words = "We believe that trade between our two countries will go on growing."
    draft = drafted(f"{TITLE}Ana Holt: Hello.\n\n{words}\n\nQ: And?\n\nAna Holt: Yes.\n\n{words}")
    assert [text for _, text in draft.paragraphs].count(words) == 1
    assert (words, "stood earlier in the page") in draft.left_out


def test_who_cannot_be_named_is_called_unknown(drafted):
    draft = drafted("Dear colleagues,\n\nWe are glad that our trade has grown and I thank you all.")
    assert {s for s, _ in draft.paragraphs} == {"Unknown speaker"}
    assert drafted("Dear colleagues,\n\nWe met and I am glad of it.", speaker="Bo Lind")[7] == (
        ("Bo Lind", "Dear colleagues,"),
        ("Bo Lind", "We met and I am glad of it."),
    )


def test_a_long_record_of_thousands_of_names_takes_seconds(drafted):
    """4,000 turns, 270 kB: half a minute and more where the whole text is read for each name."""
    syllables = itertools.product(["bal", "dor", "fen", "gil"], repeat=6)
    names = ["Ana " + "".join(each).title() for each in syllables]
    turns = [f"{name}: We met in Karst, and it was good." for name in names]
    with no_hang(20):
        draft = drafted(TITLE + "\n\n".join(turns))
    assert len(set(draft.participants)) == len(names)
