"""`gantry sync`: done is 0, not reached is 1, and why."""

import json
import socket
from uuid import uuid4

from tests.cli.conftest import NewDesk, founding


def test_it_works_until_nothing_waits(new_desk: NewDesk) -> None:
    anna = new_desk()
    anna("sync", "--wait", "30")
    anna("do", "projects.create", json.dumps(founding(uuid4(), "SY-1")), "--offline")
    assert anna("status", "--offline")["pending"] == 1
    said = anna("sync", "--wait", "30")
    assert (said["link"], said["pending"], said["refused"]) == ("online", 0, 0)
    assert said["data_as_of"] is not None


def test_offline_is_not_reached(new_desk: NewDesk) -> None:
    code, said = new_desk().run("sync", "--offline")
    assert (code, said["link"]) == (1, "stopped")


def test_an_unreachable_server_is_told(new_desk: NewDesk) -> None:
    with socket.socket() as taken:
        # Bound but not listening: nobody answers there, and nobody else can begin to.
        taken.bind(("127.0.0.1", 0))
        anna = new_desk(port=taken.getsockname()[1])
        code, said = anna.run("sync", "--wait", "0.5")
    assert (code, said["link"]) == (1, "offline")
    assert said["words"]


def test_a_wrong_password_is_told(new_desk: NewDesk) -> None:
    code, said = new_desk(password="wrong horse").run("sync", "--wait", "5")
    assert (code, said["link"]) == (1, "wrong_password")
    assert "password" in said["words"]
