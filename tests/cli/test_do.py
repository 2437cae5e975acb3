"""`gantry do`: what is taken, what is refused, and in which words."""

import io
import json
import sys
from uuid import uuid4

import pytest

from app.cli.main import main
from app.core.ids import COMPANY_SCOPE
from tests.cli.conftest import NewDesk, founding
from tests.cli.running import secret


def test_a_command_is_applied(new_desk: NewDesk) -> None:
    anna = new_desk()
    said = anna("do", "projects.create", json.dumps(founding(uuid4(), "DO-1")), "--wait", "30")
    assert (said["state"], said["reason"]) == ("applied", None)
    assert "DO-1" in {project["code"] for project in anna("show", "projects", "--offline")}


def test_a_command_from_the_input_is_utf8_whatever_the_terminal_speaks(
    new_desk: NewDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = new_desk()
    anna("sync")
    body = json.dumps(founding(uuid4(), "DO-2"), ensure_ascii=False).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(body), encoding="ascii"))
    assert anna("do", "projects.create", "-", "--offline")["state"] == "saved"
    assert "滨江花园 DO-2" in {row["name"] for row in anna("show", "projects", "--offline")}
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"a": "\xff"}')))
    fault = anna.fault("do", "projects.create", "-", "--offline")
    assert fault["id"] == "sync.payload_malformed"


@pytest.mark.parametrize(
    "payload", ["", "{", "[]", "null", '{"scope_id": 5}', '{"unknown": 1}', "[" * 100_000]
)
def test_malformed_json_is_told_and_not_kept(new_desk: NewDesk, payload: str) -> None:
    anna = new_desk()
    fault = anna.fault("do", "projects.create", payload, "--offline")
    assert fault["id"] == "sync.payload_malformed"
    assert fault["parameters"]["kind"] == "projects.create"
    assert len(fault["words"]) < 500
    assert not (anna.profile / "outbox.db").exists()


def test_an_unknown_kind_is_named(new_desk: NewDesk) -> None:
    fault = new_desk().fault("do", "projects.explode", "{}", "--offline")
    assert fault["id"] == "sync.kind_unknown"
    assert "projects.explode" in fault["words"]


def test_what_the_job_does_not_permit_is_refused_here_and_not_kept(new_desk: NewDesk) -> None:
    qian = new_desk("qian")
    qian("sync")
    fault = qian.fault("do", "projects.create", json.dumps(founding(uuid4(), "DO-3")), "--offline")
    assert fault["id"] == "people.not_permitted"
    assert "Your job does not permit this" in fault["words"]
    assert qian("status", "--offline")["pending"] == 0


def test_what_the_server_refuses_is_a_failure_with_its_reason(new_desk: NewDesk) -> None:
    late = new_desk("anna", "late")
    late("sync")
    first = json.dumps(founding(uuid4(), "DO-4"))
    new_desk("anna", "first")("do", "projects.create", first, "--wait", "30")
    payload = json.dumps(founding(uuid4(), "DO-4"))
    code, said = late.run("do", "projects.create", payload, "--wait", "30")
    assert (code, said["state"], said["reason"]) == (1, "refused", "projects.code_taken")
    assert "DO-4" in said["words"]
    assert late("status")["refused"] == 1


def add_person(login: str) -> str:
    return json.dumps(
        {
            "scope_id": str(COMPANY_SCOPE),
            "person_id": str(uuid4()),
            "member_id": str(uuid4()),
            "login": login,
            "display_name": "新来的",
            "job": "planner",
        }
    )


def test_what_needs_the_server_is_not_taken_without_it(new_desk: NewDesk) -> None:
    anna = new_desk()
    fault = anna.fault("do", "people.add", add_person("late.comer"), "--offline")
    assert fault["id"] == "sync.online_needed"
    assert anna("do", "people.add", add_person("in.time"), "--wait", "30")["state"] == "applied"
    assert "in.time" in {row["login"] for row in anna("show", "people", "--offline")}


def test_the_state_is_said_in_words(new_desk: NewDesk, capsys: pytest.CaptureFixture[str]) -> None:
    anna = new_desk()
    anna("sync")
    with secret(anna.password) as descriptor:
        options = ["--profile", str(anna.profile), "--demo-keys", "--password-fd", descriptor]
        payload = json.dumps(founding(uuid4(), "DO-5"))
        assert main(["do", "projects.create", payload, *options, "--offline"]) == 0
    assert capsys.readouterr().out.startswith("Saved, waiting for the server: ")
