import pytest

from pipeline.importing.attribution import Attribution
from pipeline.importing.people import People
from pipeline.speakers import Speakers

SCENE = (
    "Ardenian Foreign Minister Ana Holt met her Borean counterpart Bo Lind in Karst. "
    "Holt said it went well. Lind said so too."
)


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Holt said that trade had grown.", "Ana Holt"),
        ("“Trade has grown,” said Holt.", "Ana Holt"),
        ("“Trade has grown,” Foreign Minister Holt told reporters.", "Ana Holt"),
        ("Trade had grown, according to Lind.", "Bo Lind"),
        ("According to the Borean minister, trade had grown.", "Bo Lind"),
        ("In Lind's view, trade had grown.", "Bo Lind"),
        ("Lind, speaking after talks with Ana Holt, said that trade had grown.", "Bo Lind"),
        ("Lind, for his part, welcomed the growth of trade.", "Bo Lind"),
        ("Lind on Monday also called for more trade.", "Bo Lind"),
        ("Lind shrugged and said only: “No comment today, thank you very much.”", "Bo Lind"),
        ("Borea has rejected Ardenia's claim that trade had grown.", "Borea"),
        ("Ardenia's assertion that trade had grown came as a surprise.", "Ardenia"),
        ("Both sides agreed to let trade grow.", "Joint"),
        ("Holt and Lind agreed to let trade grow.", "Joint"),
        ("It was agreed that trade should grow.", "Joint"),
        ("The agency quoted Lind as saying that trade had grown.", "Bo Lind"),
        ("Lind was quoted as saying that trade had grown.", "Bo Lind"),
        ("Lind, who met Ana Holt, was merry, telling her that trade had grown.", "Bo Lind"),
        ("‘Trade has grown. We are glad,’ Holt said.", "Ana Holt"),
        ("'It's grown. We are glad,' Holt said.", "Ana Holt"),
        ("Borea’s foreign minister denied that trade had grown.", "Bo Lind"),
        ("Lind of Borea called the figures wrong.", "Bo Lind"),
        ("They met in the Northern Basin and agreed to let trade grow.", "Joint"),
        ("Trade grew last year.", "Narration"),
        ("The plan was announced by Holt in May.", "Narration"),
        ("Holt will say more tomorrow.", "Narration"),
        ("Holt is expected to say more.", "Narration"),
        ("Officials said that trade had grown.", "Narration"),
        ("The row began after Holt said that trade had grown.", "Narration"),
        ("Holt: “We want trade to grow and we shall see that it does.”", "Ana Holt"),
    ],
)
def test_who_maintains_a_sentence(vocabulary, sentence, speaker):
    assert attributed([sentence], vocabulary)[-1] == speaker


@pytest.mark.parametrize(
    ("paragraphs", "speakers"),
    [
        (["Holt said so.", "She added that more would come."], ["Ana Holt", "Ana Holt"]),
        (["“We want trade. We want it now,” Holt said."], ["Ana Holt"]),
        (["“We want,” Lind said, “to trade.” “And to sail.”"], ["Bo Lind", "Bo Lind"]),
        (["Lind said: “We want trade.", "“We want it now.”"], ["Bo Lind", "Bo Lind"]),
        (["“We are ready,” Lind said.", "The minister noted a delay."], ["Bo Lind", "Bo Lind"]),
    ],
)
def test_pronouns_and_quotations_go_on(vocabulary, paragraphs, speakers):
    assert attributed(paragraphs, vocabulary) == speakers


def attributed(paragraphs, vocabulary):
    text = "\n".join([SCENE, *paragraphs])
    people = People(text, vocabulary=vocabulary, speakers=Speakers("", {}))
    attribution = Attribution(people, vocabulary=vocabulary)
    attribution.learn([SCENE])
    attribution.of_paragraph(SCENE)
    return [piece.speaker for text in paragraphs for piece in attribution.of_paragraph(text)]


def test_to_be_somebodys_counterpart_is_no_office(vocabulary):
    people = People(SCENE, vocabulary=vocabulary, speakers=Speakers("", {}))
    assert people.find("Ana Holt").speaker.office == "Foreign Minister"
    assert people.find("Bo Lind").speaker.office == ""
