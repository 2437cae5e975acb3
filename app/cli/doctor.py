"""`gantry doctor`: what this computer has and lacks for Gantry, and what to do about it."""

import argparse
import json
from pathlib import Path

import platformdirs

from app.cli.words import spoken, words
from app.server.health import Check, all_checks, is_sound
from app.texts import LANGUAGES, Language, reason_text, text


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `doctor [--json] [--language L] [--folder F]`."""
    parser = subparsers.add_parser("doctor", help=words("cli.doctor.help"))
    parser.add_argument("--json", action="store_true", help=words("cli.doctor.json"))
    parser.add_argument("--language", choices=LANGUAGES, default=spoken())
    parser.add_argument("--folder", type=Path, help=words("cli.doctor.folder"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prints every check; 0 when nothing is missing that Gantry cannot do without, else 1."""
    folder: Path = arguments.folder or platformdirs.user_data_path("gantry", appauthor=False)
    checks = all_checks(folder)
    language: Language = arguments.language
    if arguments.json:
        print(_json_of(checks, language))
    else:
        for check in checks:
            for line in _lines_of(check, language):
                print(line)
        print(text(language, "cli.doctor.sound" if is_sound(checks) else "cli.doctor.unsound"))
    return 0 if is_sound(checks) else 1


def _json_of(checks: tuple[Check, ...], language: Language) -> str:
    listed = [
        {
            "name": check.name,
            "state": check.state,
            "text": reason_text(language, check.said),
            "advice": reason_text(language, check.advice) if check.advice else None,
        }
        for check in checks
    ]
    return json.dumps({"sound": is_sound(checks), "checks": listed}, ensure_ascii=False, indent=1)


def _lines_of(check: Check, language: Language) -> list[str]:
    mark = text(language, f"cli.doctor.state.{check.state}")
    lines = [f"[{mark}] {reason_text(language, check.said)}"]
    if check.advice:
        lines.append(f"    → {reason_text(language, check.advice)}")
    return lines
