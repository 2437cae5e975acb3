"""`gantry do --lines`: one process takes many commands and answers each at once."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest

from app.cli.do_lines import told_of
from app.cli.main import main
from app.core.errors import Reason
from app.sync.desk import Outcome
from tests.cli.conftest import NewDesk, founding
from tests.cli.running import ROOT, DeskLine, environment, secret
from tests.cli.test_do import add_person


class Lines:
    """`gantry do --lines` in this process: what went in, what came out."""

    def __init__(
        self, desk: DeskLine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._desk = desk
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, text: bytes, *options: str) -> tuple[int, list[dict[str, Any]]]:
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
        with secret(self._desk.password) as descriptor:
            words = ["--profile", str(self._desk.profile), "--demo-keys", "--json"]
            code = main(["do", "--lines", *words, "--password-fd", descriptor, *options])
        return code, [json.loads(line) for line in self._capsys.readouterr().out.splitlines()]


def line_of(kind: str, payload: object) -> bytes:
    return json.dumps({"kind": kind, "payload": payload}, ensure_ascii=False).encode() + b"\n"


def test_each_line_is_answered_and_told_again_when_the_server_has_decided(
    new_desk: NewDesk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = new_desk()
    given = b"\n".join(line_of("projects.create", founding(uuid4(), f"LN-{n}")) for n in (1, 2))
    code, said = Lines(anna, capsys, monkeypatch)(given, "--wait", "30")
    assert code == 0
    first, second, *answers = said
    assert [(one["line"], one["state"]) for one in (first, second)] == [(1, "saved"), (3, "saved")]
    assert {one["op_id"] for one in answers} == {first["op_id"], second["op_id"]}
    assert {one["state"] for one in answers} == {"applied"}
    shown = {project["code"] for project in anna("show", "projects", "--offline")}
    assert {"LN-1", "LN-2"} <= shown


def test_a_bad_line_stops_none_of_the_others(
    new_desk: NewDesk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = new_desk()
    anna("sync")
    project_id = uuid4()
    given = [
        b"not json\n",
        b'{"kind": "projects.create"}\n',
        b'{"kind": "projects.create", "payload": {"a": "\xff"}}\n',
        line_of("projects.explode", {}),
        line_of("people.add", json.loads(add_person("from.a.line"))),
        line_of("projects.create", founding(project_id, "LN-3")),
        line_of("projects.create", founding(project_id, "LN-4")),
    ]
    code, said = Lines(anna, capsys, monkeypatch)(b"".join(given), "--offline")
    assert code == 1
    assert [one["line"] for one in said] == [1, 2, 3, 4, 5, 6, 7]
    assert [one.get("error", {}).get("id", one.get("state")) for one in said] == [
        "sync.payload_malformed",
        "sync.payload_malformed",
        "sync.payload_malformed",
        "sync.kind_unknown",
        "sync.online_needed",
        "saved",
        "projects.exists",
    ]
    assert anna("status", "--offline")["pending"] == 1


def test_what_only_the_server_can_run_is_answered_on_its_line(
    new_desk: NewDesk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = new_desk()
    given = line_of("people.add", json.loads(add_person("line.person")))
    code, said = Lines(anna, capsys, monkeypatch)(given, "--wait", "30")
    assert (code, [one["state"] for one in said]) == (0, ["applied"])


@contextmanager
def lines_process(desk: DeskLine) -> Iterator["subprocess.Popen[str]"]:
    words = ["do", "--lines", "--offline", "--json", "--profile", str(desk.profile), "--demo-keys"]
    with subprocess.Popen(
        [sys.executable, "-m", "app", *words],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_what_was_said_to_be_saved_outlives_a_killed_process(new_desk: NewDesk) -> None:
    anna = new_desk()
    anna("sync")
    with lines_process(anna) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        said = []
        for number in range(3):
            payload = founding(uuid4(), f"LK-{number}")
            process.stdin.write(line_of("projects.create", payload).decode())
            process.stdin.flush()
            said.append(json.loads(process.stdout.readline()))
    assert [one["state"] for one in said] == ["saved"] * 3
    assert anna("status", "--offline")["pending"] == 3
    assert anna("sync", "--wait", "30")["pending"] == 0
    shown = {project["code"] for project in anna("show", "projects", "--offline")}
    assert {"LK-0", "LK-1", "LK-2"} <= shown


@pytest.mark.parametrize("words", [[], ["projects.edit"], ["projects.edit", "{}", "--lines"]])
def test_a_command_or_lines_but_not_both(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["do", *words])
    assert caught.value.code == 2
    assert "--lines" in capsys.readouterr().err


def test_an_answer_says_its_reason_in_words() -> None:
    op_id = uuid4()
    assert told_of(Outcome(op_id, "unknown"))["state"] == "saved"
    told = told_of(Outcome(op_id, "refused", Reason("projects.gone")))
    assert (told["state"], told["reason"]) == ("refused", "projects.gone")
    assert told["words"]
