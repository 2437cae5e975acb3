"""Every command: it has words, jobs and a handler, and payloads recorded long ago still replay."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from app.core.people import Job
from app.services.bus import PARTS
from app.services.commands import Command, CommandPart, decode, encode
from app.services.fields import Fields, given
from app.services.parts import COMMAND_PARTS
from app.services.projects import list_projects
from app.services.reconcile import EDITABLE
from app.services.schedule.queries import load_plan
from app.texts import LANGUAGES, Language, words
from tests.services.office import Office

PAYLOADS = Path(__file__).parent / "payloads"
# What nobody's cache runs: numbers and money.
ON_THE_SERVER = {part.kind for part in COMMAND_PARTS if part.online_only and part.server_effects}
every_part = pytest.mark.parametrize("part", COMMAND_PARTS, ids=lambda part: part.kind)


def recorded(kind: str) -> list[dict[str, Any]]:
    """Payloads of a kind: step in the history, actor, version, and the clash that it must make."""
    found: list[dict[str, Any]] = json.loads(
        (PAYLOADS / f"{kind}.json").read_text(encoding="utf-8")
    )
    return found


def test_kinds_are_unique() -> None:
    assert len(PARTS) == len(COMMAND_PARTS)


@every_part
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_has_words_handler_and_jobs(part: CommandPart, language: Language) -> None:
    assert words(language)[part.kind].strip()
    assert "{" not in words(language)[part.kind]
    assert callable(part.handler)
    assert part.jobs
    assert part.jobs <= set(Job)
    assert part.command.VERSION >= 1


@every_part
def test_administrators_may_do_everything(part: CommandPart) -> None:
    assert Job.ADMINISTRATOR in part.jobs


@every_part
def test_an_edit_carries_what_its_author_saw(part: CommandPart) -> None:
    fields = {field.name: field for field in msgspec.structs.fields(part.command)}
    if "values" in fields:
        assert fields["base"].type is fields["values"].type


@every_part
def test_recorded_payloads_still_decode(part: CommandPart) -> None:
    for one in recorded(part.kind):
        command = decode(part, one["version"], json.dumps(one["payload"]))
        assert isinstance(command, part.command)
        assert decode(part, part.command.VERSION, encode(command)) == command


@every_part
def test_unknown_fields_and_later_versions_are_refused(part: CommandPart) -> None:
    payload = recorded(part.kind)[-1]["payload"] | {"from_a_later_version": 1}
    with pytest.raises(Exception, match="payload_malformed"):
        decode(part, part.command.VERSION, json.dumps(payload))
    with pytest.raises(Exception, match="version_unknown"):
        decode(part, part.command.VERSION + 1, "{}")


def test_no_payload_is_left_of_a_command_that_is_gone() -> None:
    assert {path.stem for path in PAYLOADS.glob("*.json")} == set(PARTS)


def test_the_recorded_history_replays(office: Office) -> None:
    history = sorted(
        (one | {"kind": part.kind} for part in COMMAND_PARTS for one in recorded(part.kind)),
        key=lambda one: one["step"],
    )
    assert [one["step"] for one in history] == list(range(1, len(history) + 1))
    for one in history:
        command: Command = decode(PARTS[one["kind"]], one["version"], json.dumps(one["payload"]))
        if one["clashes_as"]:
            office.run_late(command, one["actor"], op_id=UUID(one["clashes_as"]))
        else:
            decided = one["kind"] in ON_THE_SERVER
            assert office.run(command, one["actor"], on_server=decided), one["kind"]

    with office.read() as session:
        first, second = list_projects(session)
        plan, imported = load_plan(session, first.id), load_plan(session, second.id)
    assert (first.code, first.stage.value) == ("BJ-2026-018", "active")
    assert plan is not None
    assert {task.values.name: task.values.note for task in plan.tasks} == {
        "土方开挖": "先西区",
        "垫层": "",
    }
    assert plan.schedule is not None
    assert imported is not None
    assert len(imported.tasks) == 1


def test_a_group_of_fields_holds_every_field_once() -> None:
    for editable in EDITABLE.values():
        grouped = [name for fields in editable.groups.values() for name in fields]
        assert sorted(grouped) == sorted(editable.fields.__struct_fields__)
        assert all(hasattr(editable.model, name) for name in grouped)
        assert issubclass(editable.fields, Fields)
        assert given(editable.fields()) == {}
