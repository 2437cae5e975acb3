"""Desks on the command line: two people, one server, the link cut and back again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.cli.demo_desks import demo_profile
from app.cli.demo_server import DemoServer
from app.server.embedded.scram import random_password
from tests.cli.running import DeskLine

PROJECT = "GC-2025-011"


class CommandLine(DeskLine):
    """The command on one of the sample's people's profiles."""

    def task(self, name: str) -> dict[str, Any]:
        """The task of a name, as the desk shows it now, without asking the server."""
        found = self("show", "tasks", "--project", PROJECT, "--offline")
        return next(task for task in found if task["values"]["name"] == name)

    def edit(self, task: dict[str, Any], *options: str, **values: Any) -> Any:
        """Edits fields of a task as it was seen."""
        base = {name: task["values"][name] for name in values}
        payload = {"scope_id": self.project_id(), "task_id": task["id"], "base": base}
        return self("do", "schedule.edit_task", json.dumps({**payload, "values": values}), *options)

    def project_id(self) -> str:
        """The id of the project."""
        projects = self("show", "projects", "--offline")
        return next(str(project["id"]) for project in projects if project["code"] == PROJECT)


class Office:
    """A demo server that can be stopped and started again, and the profiles of its people."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder = folder
        self._capsys = capsys
        self._password = random_password()

    @contextmanager
    def serving(self) -> Iterator[DemoServer]:
        """The server, for a while."""
        with DemoServer(self._folder / "server", self._password) as server:
            for login in ("zhou.mingyuan", "chen.li"):
                demo_profile(self._folder, login, server, "zh_CN")
            yield server

    def desk(self, login: str) -> CommandLine:
        """The command on a person's profile."""
        profile = self._folder / "desks" / login
        return CommandLine(profile, self._password, self._capsys)


@pytest.fixture
def office(demo_folder: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(demo_folder, capsys)


def test_an_edit_made_with_the_link_down_reaches_the_second_desk(office: Office) -> None:
    zhou, chen = office.desk("zhou.mingyuan"), office.desk("chen.li")
    with office.serving():
        for desk in (zhou, chen):
            assert desk("sync", "--wait", "30")["link"] == "online"
    seen = zhou.task("内墙抹灰")
    longer = seen["values"]["duration_minutes"] + 960
    assert zhou.edit(seen, "--offline", duration_minutes=longer)["state"] == "saved"
    assert zhou("status", "--offline")["pending"] == 1
    assert zhou.task("内墙抹灰")["values"]["duration_minutes"] == longer
    assert chen.edit(chen.task("内墙抹灰"), "--offline", note="分两段施工")["state"] == "saved"
    assert (
        chen.edit(chen.task("楼地面找平"), "--offline", duration_minutes=4800)["state"] == "saved"
    )
    with office.serving():
        for desk in (zhou, chen, zhou):
            status = desk("sync", "--wait", "30")
            assert (status["link"], status["pending"]) == ("online", 0)
        for desk in (zhou, chen):
            assert desk.task("内墙抹灰")["values"]["duration_minutes"] == longer
            assert desk.task("内墙抹灰")["values"]["note"] == "分两段施工"
            assert desk.task("楼地面找平")["values"]["duration_minutes"] == 4800
        solve_a_clash(zhou, chen)


def solve_a_clash(zhou: CommandLine, chen: CommandLine) -> None:
    """Both change one duration; the second comes into the inbox and is settled there."""
    name = "外窗安装"
    mine, theirs = zhou.task(name), chen.task(name)
    assert chen.edit(theirs, duration_minutes=9600)["state"] == "applied"
    assert zhou.edit(mine, "--offline", duration_minutes=14400)["state"] == "saved"
    assert zhou("sync", "--wait", "30")["conflicts"] == 1
    assert zhou.task(name)["values"]["duration_minutes"] == 9600
    (clash,) = [
        clash
        for clash in zhou("show", "conflicts", "--offline")
        if clash["row_id"] == mine["id"] and clash["state"] == "open"
    ]
    (group,) = clash["groups"]
    assert group["mine"]["duration_minutes"] == 14400
    assert group["theirs"]["duration_minutes"] == 9600
    answer = {
        "scope_id": clash["scope_id"],
        "conflict_id": clash["id"],
        "choices": ["duration_minutes"],
        "seen": group["theirs"],
    }
    assert zhou("do", "reconcile.resolve", json.dumps(answer))["state"] == "applied"
    chen("sync", "--wait", "30")
    assert chen.task(name)["values"]["duration_minutes"] == 14400
