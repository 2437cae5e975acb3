"""Words for people: text ids become Chinese or English, from resources/i18n."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Final, Literal

from app.core.errors import Finding, Parameter, Reason

Language = Literal["zh_CN", "en"]
LANGUAGES: tuple[Language, ...] = ("zh_CN", "en")

# Explicit: a frozen build cannot list directories.
AREAS = (
    "common",
    "cli",
    "shell",
    "kit",
    "gantt",
    "schedule",
    "schedule_files",
    "projects",
    "ledger",
    "people",
    "stock",
    "reconcile",
    "sync",
    "server",
    "settings",
    "sample",
    "printing",
)


@cache
def words(language: Language) -> Mapping[str, str]:
    """All texts of a language by id. A repeated id is a programming error (ValueError)."""
    found: dict[str, str] = {}
    for area in AREAS:
        source = files("resources").joinpath("i18n", f"{area}.{language}.json")
        texts: dict[str, str] = json.loads(source.read_text(encoding="utf-8"))
        repeated = found.keys() & texts.keys()
        if repeated:
            raise ValueError(f"{area}: repeated text ids {sorted(repeated)}")
        found |= texts
    return found


class _Forms(Formatter):
    """Fills in `{count:day|days}` with the form that fits the count: one, or any other number."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, divided, other = format_spec.partition("|")
        if not divided:
            return str(super().format_field(value, format_spec))
        return one if str(value).lstrip("+-\N{MINUS SIGN}") == "1" else other


_FORMS: Final = _Forms()


def text(language: Language, text_id: str, **parameters: Parameter) -> str:
    """The words of `text_id` with `{name}` filled in, and `{name:one|other}` with the form that
    fits the number. KeyError for an unknown id or parameter."""
    said = words(language)[text_id]
    if "|" in said:
        return _FORMS.vformat(said, (), parameters)
    # Nine texts of ten: a good deal faster.
    return said.format_map(parameters)


def reason_text(language: Language, reason: Reason) -> str:
    """The words of a reason; the kind of command that it names is said by its own words."""
    parameters = dict(reason.parameters)
    kind = parameters.get("kind")
    if isinstance(kind, str):
        parameters["kind"] = words(language).get(kind, kind)
    return text(language, reason.text_id, **parameters)


def finding_text(language: Language, finding: Finding) -> str:
    """The words of a finding with the place it was found at."""
    said = reason_text(language, finding.reason)
    return f"{finding.where}: {said}" if finding.where else said
