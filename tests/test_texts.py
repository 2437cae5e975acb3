"""Words: complete in both languages, of one language each, and neither missing nor left over."""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from app.core.errors import Finding, Reason
from app.texts import AREAS, LANGUAGES, Language, finding_text, reason_text, text, words

ROOT = Path(__file__).parents[1]
CJK = re.compile(r"[一-鿿]")
LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z]+")
TEXT_ID = re.compile(r"[a-z_]+(\.[A-Za-z0-9_]+)+")
# Names of products, formats and units, keys, and what is typed at a prompt stay as they are.
NAMES = frozenset(
    re.findall(
        r"\w+",
        "CA English ERMHDR DOCTYPE Excel FF FS GB GNOME Gantry JSON KB KWallet MB MPP MS Microsoft"
        " PDF PEM PNG PostgreSQL Primavera Project Python SF SS TLS UTF WBS XER XML",
    )
)
KEYS = frozenset(
    re.findall(r"\w+", "Alt Ctrl Delete End Enter Esc Home Insert Page Shift Space Tab")
)
TYPED = frozenset(
    re.findall(
        r"\w+",
        "admin apt backup backups cjk com company db dbname demo do edit enable example fonts full"
        " gantry get host install installer list noto offscreen password person port postgres"
        " prepare projects python reset restore root schedule server show sslmode sudo task user"
        " verify",
    )
)
COMMAND_LINE = re.compile(r"`[^`]*`|--[a-z-]+|[\w.*-]+\.(?:xlsx|pdf|xer|xml|mpp|toml|db|json|py)\b")
# Files and keys of settings and layouts look like text ids and are none.
NO_TEXTS = frozenset(
    {
        "schedule.columns",
        "server.database",
        "server.hosts",
        "server.json",
        "server.port",
        "server.sslmode",
        "settings.toml",
    }
)


# Parameters that hold a number of things.
COUNTS = frozenset(
    re.findall(
        r"\w+",
        "chunks count days entries found limit links milestones minutes missing most pages pending"
        " removed rows seconds sessions shortest summaries tasks value worst",
    )
)
VERB = r"(?:is|was|has|this|leads|appears|vs)\b"
MANY = re.compile(rf"\b1 (?:(?!{VERB})[a-z]+ ){{0,3}}?(?!{VERB})(?:[a-z]+s|are|were|lead|have)\b")


def counting(language: Language) -> dict[str, set[str]]:
    return {
        one: counts
        for one, said in words(language).items()
        if (counts := parameters_of(said) & COUNTS)
    }


def parameters_of(words_of_id: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words_of_id) if name is not None}


@cache
def literals() -> tuple[frozenset[str], frozenset[str]]:
    """Every string in app/** that may be a text id, and patterns of those put together there."""
    plain: set[str] = set()
    patterns: set[str] = set()
    for path in sorted((ROOT / "app").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        # A walk goes level by level: a joined text comes before its parts.
        parts: set[int] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                patterns.add("".join(_pattern_parts(node)))
                parts |= {id(part) for part in node.values}
            elif isinstance(node, ast.Constant) and id(node) not in parts:
                plain.add(str(node.value))
    return frozenset(plain), frozenset(patterns)


def _pattern_parts(node: ast.JoinedStr) -> Iterator[str]:
    for part in node.values:
        known = isinstance(part, ast.Constant) and isinstance(part.value, str)
        yield re.escape(str(part.value)) if known else ".+"  # type: ignore[attr-defined]


@cache
def ids() -> frozenset[str]:
    return frozenset(words("zh_CN"))


def test_both_languages_have_the_same_ids() -> None:
    assert words("zh_CN").keys() == words("en").keys()


def test_both_languages_take_the_same_parameters() -> None:
    chinese, english = words("zh_CN"), words("en")
    differ = [one for one in ids() if parameters_of(chinese[one]) != parameters_of(english[one])]
    assert differ == []


def test_parameters_are_plain_names() -> None:
    for language in LANGUAGES:
        for text_id, said in words(language).items():
            assert all(name.isidentifier() for name in parameters_of(said)), text_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_empty(language: Language) -> None:
    assert [one for one, said in words(language).items() if not said.strip()] == []


def test_every_area_has_a_file_in_each_language_and_no_others() -> None:
    names = {path.name for path in (ROOT / "resources" / "i18n").glob("*.json")}
    assert names == {f"{area}.{language}.json" for area in AREAS for language in LANGUAGES}


def test_an_id_begins_with_an_area() -> None:
    assert {one.partition(".")[0] for one in ids()} <= set(AREAS)


def test_english_is_english() -> None:
    mixed = {one for one, said in words("en").items() if CJK.search(said)}
    # The name of a language is written in that language.
    assert mixed == {"settings.page.language_zh_CN", "shell.switch_language"}


def test_chinese_is_chinese() -> None:
    foreign: dict[str, list[str]] = {}
    for text_id, said in words("zh_CN").items():
        bare = COMMAND_LINE.sub(" ", re.sub(r"\{[^}]*\}", " ", said))
        found = set(LATIN_WORD.findall(bare)) - NAMES - KEYS - TYPED
        if found:
            foreign[text_id] = sorted(found)
    assert foreign == {}


def test_every_id_that_is_used_has_words() -> None:
    plain, patterns = literals()
    areas = {one.partition(".")[0] for one in ids()}
    candidates = {one for one in plain if TEXT_ID.fullmatch(one) and one.partition(".")[0] in areas}
    assert candidates - ids() - NO_TEXTS == set()
    put_together = [one for one in patterns if one.partition("\\.")[0] in areas]
    assert [one for one in put_together if not any(re.fullmatch(one, text) for text in ids())] == []


def test_no_words_are_left_over() -> None:
    plain, patterns = literals()
    put_together = [re.compile(one) for one in patterns if one.partition("\\.")[0] in AREAS]
    left = [
        one for one in ids() - plain if not any(pattern.fullmatch(one) for pattern in put_together)
    ]
    assert left == []


def test_english_is_written_with_straight_quotes() -> None:
    curly = re.compile("[\N{LEFT SINGLE QUOTATION MARK}-\N{DOUBLE HIGH-REVERSED-9 QUOTATION MARK}]")
    assert [one for one, said in words("en").items() if curly.search(said)] == []


def test_a_count_of_one_has_its_form_in_english() -> None:
    wrong: dict[str, str] = {}
    for text_id, counts in counting("en").items():
        given = dict.fromkeys(parameters_of(words("en")[text_id]), "X")
        said = text("en", text_id, **(given | dict.fromkeys(counts, "1")))
        if found := MANY.search(said):
            wrong[text_id] = found.group()
    assert wrong == {}


def test_forms_differ_and_chinese_needs_none() -> None:
    assert [one for one, said in words("zh_CN").items() if "|" in said] == []
    with_forms = [one for one, said in words("en").items() if "|" in said]
    assert len(with_forms) > 20
    for text_id in with_forms:
        for _, name, form, _ in string.Formatter().parse(words("en")[text_id]):
            if name is not None and form:
                assert re.fullmatch(r"[a-z ]+\|[a-z ]+", form), text_id
                assert name in COUNTS, text_id


def test_a_form_is_chosen_by_its_count() -> None:
    def late(days: int | str | float) -> str:
        return text("en", "projects.home.late_worst", days=days)

    assert late(1) == "Up to 1 day late"
    assert late("+1") == "Up to +1 day late"
    assert [late(days) for days in (0, 2, 11, "1.5")] == [
        f"Up to {days} days late" for days in (0, 2, 11, "1.5")
    ]
    said = text("en", "schedule.page.preview_tasks_words", tasks=1, milestones=2, summaries=1)
    assert said == "1 task, 2 milestones, 1 summary"
    with pytest.raises(KeyError):
        text("en", "projects.home.late_worst")


def test_words_are_filled_in() -> None:
    reason = Reason("projects.code_taken", {"code": "A-1", "name": "滨江"})
    assert "A-1" in reason_text("en", reason)
    assert finding_text("zh_CN", Finding(reason, "3")).startswith("3: 项目编号 A-1")
    assert finding_text("zh_CN", Finding(reason)) == reason_text("zh_CN", reason)
    with pytest.raises(KeyError):
        text("en", "no.such.id")
    with pytest.raises(KeyError):
        text("en", "projects.code_taken")


def test_a_kind_of_command_is_said_in_words_and_an_unknown_one_as_it_is() -> None:
    known = Reason("people.not_permitted", {"kind": "projects.create"})
    assert "（新建项目）" in reason_text("zh_CN", known)
    assert "(New project)" in reason_text("en", known)
    unknown = Reason("people.not_permitted", {"kind": "from.the.future"})
    assert "（from.the.future）" in reason_text("zh_CN", unknown)
