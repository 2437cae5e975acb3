"""A desk killed at any moment loses nothing that it said was saved, and does nothing twice."""

import json
import subprocess
import sys
import threading
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.sync.desks import Office, assert_same_rows, founded_project


@pytest.mark.parametrize("seed", [11])
def test_killed_while_it_edits_and_syncs(site: Office, seed: int) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    anna.close()
    stop = threading.Event()
    serving = threading.Thread(target=site.worker.run, args=(stop,))
    serving.start()
    chance = Random(seed)
    saved: list[UUID] = []
    # Started together: they load the program meanwhile, and open the desk only when told where.
    children = [_child() for _ in range(3)]
    try:
        for number, child in enumerate(children):
            seconds = chance.uniform(0.0, 0.5)
            saved += _run_and_kill(site, child, project, seed * 100 + number, seconds)
    finally:
        for child in children:
            child.kill()
            child.communicate()
        stop.set()
        serving.join()
    again = site.desk("anna")
    site.sync(again)
    assert len(saved) > 4
    assert again.status().pending == 0
    with site.server.admin.connect() as connection:
        rows = connection.execute(text("select op_id, state from command_result"))
        results = {row.op_id: row.state for row in rows}
    assert {op_id: results.get(op_id) for op_id in saved} == dict.fromkeys(saved, "applied")
    assert set(results.values()) == {"applied"}
    assert_same_rows(again, site.server)


def _child() -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.sync.child_desk"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _run_and_kill(
    site: Office, child: "subprocess.Popen[str]", project: UUID, seed: int, seconds: float
) -> list[UUID]:
    profile = site.profile("anna")
    assert child.stdin is not None
    assert child.stdout is not None
    told = {
        "folder": str(profile.folder),
        "login": "anna",
        "port": profile.port,
        "database": profile.database,
        "secrets": site.keys(profile)._secrets,
        "project": str(project),
        "seed": seed,
    }
    child.stdin.write(json.dumps(told) + "\n")
    child.stdin.flush()
    assert child.stdout.readline() == "ready\n"
    timer = threading.Timer(seconds, child.kill)
    timer.start()
    lines = child.stdout.read().splitlines()
    timer.join()
    child.wait()
    whole = [line for line in lines if len(line) == len("saved ") + 36]
    return [UUID(line.split()[1]) for line in whole]
