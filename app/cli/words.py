"""What the command line says, and in which language."""

import json
import os
import sys
from contextlib import suppress
from typing import Any

from app.core.errors import Finding, GantryError, InputRejected, Parameter
from app.settings import settings_in_force
from app.texts import Language, finding_text, reason_text, text


def spoken() -> Language:
    """The language of the command line: that of the settings, else English in an English locale."""
    # Settings with a fault in them are told by `main`, and in some language.
    with suppress(GantryError):
        if chosen := settings_in_force().language:
            return chosen
    locale = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "en" if locale.startswith("en") else "zh_CN"


def words(text_id: str, **parameters: Parameter) -> str:
    """A text in the language of the command line."""
    return text(spoken(), text_id, **parameters)


def say(text_id: str, **parameters: Parameter) -> None:
    """Prints a text."""
    print(words(text_id, **parameters), flush=True)


def say_json(value: Any) -> None:
    """Prints a value for machines, on one line."""
    print(json.dumps(value, ensure_ascii=False, default=str), flush=True)


def fault_of(error: GantryError) -> dict[str, Any]:
    """What went wrong, for machines: every finding of it, with its words."""
    language = spoken()
    listed = [
        {"id": one.reason.text_id, "where": one.where, "words": finding_text(language, one)}
        for one in _findings(error)
    ]
    fault = {"id": error.reason.text_id, "parameters": dict(error.reason.parameters)}
    return {**fault, "words": reason_text(language, error.reason), "findings": listed}


def complain(error: GantryError, *, as_json: bool) -> None:
    """Says on stderr (or as JSON on stdout) what went wrong, every finding of it."""
    if as_json:
        say_json({"error": fault_of(error)})
        return
    language = spoken()
    print(reason_text(language, error.reason), file=sys.stderr)
    for finding in _findings(error):
        print(f"  {finding_text(language, finding)}", file=sys.stderr)


def _findings(error: GantryError) -> tuple[Finding, ...]:
    return error.findings if isinstance(error, InputRejected) else ()
