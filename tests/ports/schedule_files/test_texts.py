"""Every finding that this part can name has words in both languages, with the same parameters."""

import json
import re
from pathlib import Path

import app
from app.texts import LANGUAGES

ROOT = Path(app.__file__).parent
SOURCES = [
    *ROOT.joinpath("ports", "schedule_files").glob("*.py"),
    *ROOT.joinpath("core", "schedule").glob("*.py"),
    *ROOT.joinpath("core", "calendars").glob("*.py"),
    ROOT / "cli" / "schedule.py",
]
NAMED = re.compile(
    r'(?:faults\.(?:add|stop)\(|_finding\(|_bound\([^"]*?)\s*"(\w+)"|"schedule_files\.([a-z_]+)"'
)


def texts(language: str) -> dict[str, str]:
    path = ROOT.parent / "resources" / "i18n" / f"schedule_files.{language}.json"
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found


def named_ids() -> set[str]:
    ids: set[str] = set()
    for source in SOURCES:
        for match in NAMED.finditer(source.read_text(encoding="utf-8")):
            ids.add("schedule_files." + (match[1] or match[2]))
    return ids


def test_every_named_finding_has_words() -> None:
    ids = named_ids()
    assert len(ids) > 50
    for language in LANGUAGES:
        assert ids - texts(language).keys() == set()


def test_both_languages_take_the_same_parameters() -> None:
    chinese, english = (texts(language) for language in LANGUAGES)
    assert chinese.keys() == english.keys()
    for text_id, words in chinese.items():
        names = set(re.findall(r"{(\w+)}", words))
        assert names == set(re.findall(r"{(\w+)}", english[text_id])), text_id


def test_no_words_are_left_over() -> None:
    written = "".join(source.read_text(encoding="utf-8") for source in SOURCES)
    columns = {key for key in texts("en") if key.startswith("schedule_files.column_")}
    unused = {
        key
        for key in texts("en").keys() - columns
        if f'"{key.removeprefix("schedule_files.")}"' not in written and f'"{key}"' not in written
    }
    assert unused == set()
