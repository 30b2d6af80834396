"""A small invented corpus: countries, ministers and meetings that never were."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent
SPEAKERS = """home = "Ardenia"

[[speaker]]
name = "Ana Holt"
side = "Ardenia"
office = "Foreign Minister of Ardenia"
aliases = ["Holt", "Foreign Minister Holt"]

[[speaker]]
name = "Bo Lind"
side = "Borland"
office = "Foreign Minister of Borland"
aliases = ["Lind"]

[[speaker]]
name = "Joint"
side = "Joint"

[[speaker]]
name = "Question"
side = "Press"
"""


def write_corpus(folder: Path) -> Path:
    (folder / "rules").mkdir(parents=True)
    for name in ("themes.toml", "tone.toml"):
        shutil.copy(ROOT / "data" / "rules" / name, folder / "rules" / name)
    (folder / "rules" / "speakers.toml").write_text(SPEAKERS, "utf-8")
    (folder / "documents").mkdir()
    write_document(folder, "2010-03-01-port", statements=FIRST)
    write_document(folder, "2012-06-05-hill", date="2012-06-05", place="Hill", statements=SECOND)
    return folder


def write_document(folder, name, *, date="2010-03-01", place="Port", kind="report", statements=()):
    text = f"---\ndate: {date}\ntitle: Talks in {place}\nplace: {place}\nkind: {kind}\n"
    text += 'sources:\n  - title: "A <b>gazette</b>"\n    url: https://gazette.example/1\n---\n\n'
    path = folder / "documents" / f"{name}.md"
    path.write_text(text + "\n\n".join(statements) + "\n", "utf-8")
    return path


def write_comparison(folder: Path) -> Path:
    """Two meetings of which every statement's fate is known; see KEPT, REWORDED, NEW, DROPPED."""
    write_corpus(folder)
    for path in (folder / "documents").iterdir():
        path.unlink()
    before = (*KEPT, *(old for old, _ in REWORDED), *DROPPED)
    after = (*KEPT, *(new for _, new in REWORDED), *NEW)
    for name, date, place, texts in (
        ("2014-05-02-port", "2014-05-02", "Port", before),
        ("2015-06-03-hill", "2015-06-03", "Hill", after),
    ):
        statements = [f"Ana Holt: {text}" for text in texts] + [f"Bo Lind: {WELCOME}"]
        write_document(folder, name, date=date, place=place, statements=statements)
    return folder


KEPT = (
    "Missile defence near the border threatens the balance and must be taken down.",
    "Trade between Ardenia and Borland grew by a third, which is welcome.",
    "The fishing quotas of the northern bank are a matter for the commission on trade.",
)
REWORDED = (
    (
        "Energy supplies through the mountain pipeline will be doubled within three years.",
        "Energy supplies through the mountain pipeline should be tripled within ten years.",
    ),
    (
        "Ardenia invites students of Borland to its universities under the culture programme.",
        "Ardenia will invite two hundred students of Borland under its new culture programme.",
    ),
)
NEW = ("Terrorism and drug smuggling along the river call for joint patrols.",)
DROPPED = (
    "A peace treaty remains to be signed, and lawyers shall prepare its draft.",
    "Tourism needs visas that are issued within a week.",
)
WELCOME = "Borland thanks its host for a warm reception."

FIRST = (
    "Ana Holt: Trade between the two countries is growing, which is welcome. [1]",
    "Bo Lind: The deployment of missile defence near the border is unacceptable. [1]",
    "Joint: The ministers agreed to meet again next year. [1]",
)
SECOND = (
    "Ana Holt: Missile defence does not serve security, and Ardenia is concerned. [1]",
    "Lind: Investment by companies from Borland will be welcome in Ardenia.",
    "Bo Lind: <script>alert(1)</script> is how a page could be attacked through *text*.",
)
