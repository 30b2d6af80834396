"""A data folder in which every text that may hold anything holds the worst."""

import json
import re
from pathlib import Path

from corpus import write_corpus
from hostile import TEXTS

_NAMES = ("שלום כהן", "O'Neil-=1+2 & Söhne (a;b)")
_PLACES = ("Port &amp; O'Bay; (x)", "مدينة")


def write_hostile_corpus(folder: Path) -> Path:
    """Documents, sources, speakers, themes, events, gold statements and corrections."""
    write_corpus(folder)
    (folder / "documents" / "2012-06-05-hill.md").unlink()
    for number, text in enumerate(TEXTS):
        _write_document(folder / "documents", number, text)
    _add_rules(folder / "rules")
    gold = folder / "gold"
    gold.mkdir()
    rows = "".join(f'"{_cell(t)} Trade is good.",trade|energy,-1\n' for t in TEXTS)
    (gold / "statements.csv").write_text(f"text,themes,tone\n{rows}", "utf-8")
    return folder


def corrections_for(statement_ids) -> str:
    """A file of corrections whose every free cell is hostile."""
    rows = zip(statement_ids, TEXTS, strict=False)
    return "statement_id,field,value,by,on,why\n" + "".join(
        f'{key},tone,positive,"{_cell(text)}",2020-01-01,"{_cell(text)}"\n' for key, text in rows
    )


def _write_document(folder, number, text):
    head = {
        "date": f"20{10 + number % 5}-03-{number + 2:02}",
        "title": text,
        "place": _PLACES[number % 2],
        "kind": ("report", "transcript")[number % 2],
        "participants": [{"name": name, "side": name, "office": text} for name in _NAMES],
        "sources": [{"title": text, "publisher": text, "date": text, "url": _address(text)}],
    }
    said = f"Trade, missile defence and energy are welcome, {' '.join(text.split())} [1]"
    speakers = ("Ana Holt", "Bo Lind", *_NAMES)
    body = "\n\n".join(f"{speaker}: {said}" for speaker in speakers)
    # JSON is YAML, and writes every sign as it is
    lines = "\n".join(f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in head.items())
    lines = lines.replace(f'date: "{head["date"]}"', f"date: {head['date']}", 1)
    (folder / f"hostile-{number:02}.md").write_text(f"---\n{lines}\n---\n\n{body}\n", "utf-8")


def _address(text):
    return "https://gazette.example/" + "".join(text.split()) + "?a=\"><script>'"


def _add_rules(rules):
    themes = (rules / "themes.toml").read_text("utf-8")
    worst = json.dumps(" ".join(TEXTS[:6]), ensure_ascii=False)
    themes = re.sub(
        r'definition = """.*?"""', lambda _: f"definition = {worst}", themes, flags=re.S
    )
    (rules / "themes.toml").write_text(themes, "utf-8")
    events = "".join(
        f"[[event]]\ndate = 201{i % 5}-05-0{i % 9 + 1}\nlabel = {said}\n"
        f'source = {said}\nurl = "https://gazette.example/"\n\n'
        for i, said in enumerate(json.dumps(text, ensure_ascii=False) for text in TEXTS)
    )
    (rules / "events.toml").write_text(events, "utf-8")


def _cell(text):
    return " ".join(text.split()).replace('"', '""')
