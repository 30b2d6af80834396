import pytest
from corpus import ROOT

TEXT = """Interview with Foreign Minister Ana Holt

Question: What about trade and missile defence?

Ana Holt: We welcome the growth of trade between the two countries.

Ana Holt: The deployment of missile defence near the border is unacceptable."""


@pytest.fixture
def page(app, data):
    import shutil

    shutil.copy(ROOT / "data" / "rules" / "importing.toml", data / "rules")
    app.run()
    app.switch_page("app_pages/try_a_text.py").run()
    assert not app.exception
    return app


def test_the_limits_are_stated_and_nothing_is_analysed_before_it_is_asked_for(page):
    assert "60,000 characters" in page.markdown[0].value
    assert "kept nowhere" in page.markdown[0].value
    assert not page.metric


def test_a_pasted_text_shows_speakers_themes_tone_and_what_is_near(page, data):
    before = sorted(path for path in data.rglob("*") if path.is_file())
    analysed(page, TEXT)
    assert "Read as a transcript: 3 statements" in [s.value for s in page.subheader]
    assert "Ana Holt (2), Question (1)" in page.text[0].value
    profile = page.dataframe[0].value
    assert {"Trade and economy", "Missile defence"} <= set(profile["theme"])
    assert page.metric[0].value == "+0.00" or page.metric[0].value[0] in "+-−"
    nearest = [caption.value for caption in page.caption]
    assert any(caption.startswith("Similarity") for caption in nearest)
    assert sorted(path for path in data.rglob("*") if path.is_file()) == before


def test_an_uploaded_page_is_read_without_its_navigation_instead_of_the_text(page):
    html = (
        "<html><body><nav>Home News Contact</nav><h1>Remarks by Foreign Minister Ana Holt</h1>"
        "<p>Ladies and gentlemen,</p><p>We welcome the growth of trade.</p></body></html>"
    )
    page.file_uploader(key="try_file").upload("page.html", html.encode(), "text/html")
    analysed(page, TEXT)
    assert "Read as a speech: 2 statements" in [s.value for s in page.subheader]
    assert page.text[0].value == "By Ana Holt (2)"
    assert any("Home News Contact" in text.value for text in page.text)


def test_an_uploaded_file_that_is_damaged_is_refused_in_words(page):
    page.file_uploader(key="try_file").upload("page.pdf", b"%PDF-1.4 cut off", "application/pdf")
    analysed(page, "")
    assert "cannot be read" in page.error[0].value


def test_an_empty_form_asks_for_a_text(page):
    analysed(page, "")
    assert "Paste a text" in page.info[0].value


def test_what_holds_no_words_is_refused_in_words(page):
    analysed(page, "*** --- ***")
    assert "holds no words" in page.error[0].value


def test_markup_in_a_text_is_shown_not_run(page):
    analysed(page, TEXT.replace("We welcome", "We <script>alert(1)</script> welcome"))
    assert not [block for block in page.get("html") if "<script>" in block.proto.body]


def analysed(page, text):
    page.text_area(key="try_text").set_value(text)
    next(b for b in page.button if b.label == "Analyse").click().run()
    assert not page.exception
