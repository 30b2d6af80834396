# ruff: noqa: E501 (a page a line is easier to read)
import datetime as dt

import pytest

BODY = "Ana Holt said that the talks had been useful and that trade between them would grow.\n\n"


@pytest.mark.parametrize(
    ("page", "day"),
    [
        ("Talks of ministers, Karst, 3 March 2010\n\n{lead}", "2010-03-03"),
        ("Tuesday, 23-11-2021\n\nTalks of ministers, March 3rd, 2010\n\n{lead}", "2010-03-03"),
        ("Ministers hold talks\n\n5 March 2010\n\nThe two met in Karst on Wednesday for talks.", "2010-03-03"),
        ("Ministers hold talks\n\nPublished: 2010-03-03\n\nThe two met in Karst today for talks.", "2010-03-03"),
        ("Ministers hold talks\n\n4.03.2010\n\nThe two met in Karst on March 3 for long talks.", None),
        ("Ministers hold talks\n\n24.03.2010\n\nThe two met in Karst on March 3 for long talks.", "2010-03-03"),
        ("Ministers hold talks\n\n2 January 2010\n\nThey met in Karst on December 30 for talks.", "2009-12-30"),
        ("Ministers hold talks\n\nOn 3 March 2010 the two ministers met in Karst for long talks.", "2010-03-03"),
        ("Ministers hold talks\n\n03.03.2010\n\nThey met in Karst on March 3 for talks.\n\nRelated news\n\n27.02.2010", "2010-03-03"),
        ("Ministers hold talks\n\n4.03.2010\n\nThey met in Karst today for talks.\n\nRelated news\n\n27.02.2010", "2010-03-04"),
        ("Ministers hold talks\n\n4.03.2010\n\nThey met in Karst today for talks.\n\nRelated news\n\n27.02.2010\n\n02.27.2010", None),
        ("Ministers hold talks\n\n5 March 2010\n\n{lead}", None),
        ("Friday, 5 March 2010\n\nMinisters hold long talks\n\nThey met on Wednesday for talks.", None),
        ("Ministers hold talks\n\nThe two ministers met in Karst on Friday for long talks.", None),
        ("Ministers hold talks\n\n5 March 2010\n\nThey will meet in Karst on Wednesday for talks.", None),
    ],
)  # fmt: skip
def test_the_day_of_the_event_or_none(drafted, page, day):
    draft = drafted(page.format(lead=BODY) + "\n\n" + BODY)
    assert draft.dated.day == (day and dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (
            "She gave me an interview in Karst on March 3, 2010. What follows is all that she said:",
            "Karst",
        ),
        ("3 March 2010, 2:03 p.m. Main building, Ministry of Trade, Karst", "Karst"),
        ("Treaty Room\n\nKarst, DC\n\nMarch 3, 2010", "Karst"),
    ],
)
def test_day_and_place_of_a_transcript_stand_around_it(drafted, line, place):
    turns = "Question: Will you go?\n\nAna Holt: We will go in May.\n\n" * 2
    draft = drafted(f"An interview with Foreign Minister Ana Holt\n\n{line}\n\n{turns}")
    assert draft.dated.day == dt.date(2010, 3, 3), draft.dated
    assert draft.place == place


def test_the_day_of_a_visit_in_a_print_view_is_not_that_of_the_talks(drafted):
    page = (
        "Font size A A A\n\nTuesday, 7 July 2015\n\nForeign Minister Ana Holt: the sea is ours\n\n"
        "Foreign Minister Ana Holt said in Karst on Monday that the sea was wide.\n\n" + BODY
    )
    assert drafted(page).dated.day is None


def test_a_stated_day_settles_it(drafted):
    draft = drafted("Ministers hold talks\n\n" + BODY, date=dt.date(2010, 3, 3))
    assert draft.dated.day == dt.date(2010, 3, 3)


def test_a_caption_counts_only_if_it_shows_the_same_event(drafted):
    page = (
        "Ministers hold talks\n\nForeign ministers met on Friday for long talks in Karst.\n\n"
        "Ana Holt (L) speaks at a rally in Dolin, February 7, 2019. /Northern Photo\n\n"
        "Ana Holt (R) meets Bo Lind in Karst, {day}, 2019. /Northern Photo\n\n"
        "Ana Holt said that it went well. Bo Lind said that it did not."
    )
    assert drafted(page.format(day="May 31")).dated.day == dt.date(2019, 5, 31)
    assert drafted(page.format(day="May 30")).dated.day is None


def test_weekdays_of_a_month_that_the_page_names_are_candidates(drafted):
    page = "Ministers hold talks\n\nForeign ministers met on Friday for long talks in Karst.\n\n"
    draft = drafted(page + "DecJanuary 2005Feb\n\n")
    assert [day.day for day in draft.dated.candidates] == [7, 14, 21, 28]
    assert draft.dated.findings


def test_the_day_in_the_markup_is_the_page_s_own(drafted):
    html = (
        '<html><head><meta property="article:published_time" content="2010-03-05T10:00:00Z">'
        "</head><body><article><h1>Ministers hold talks</h1>"
        "<p>The two ministers met in Karst on Wednesday for long talks.</p>"
        f"<p>{BODY}</p></article></body></html>"
    )
    assert drafted(html, name="page.html").dated.day == dt.date(2010, 3, 3)
