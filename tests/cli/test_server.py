"""`gantry server` as a process: it serves, and it ends in good order however it is asked to."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from psycopg2.extensions import make_dsn

from app.cli.main import main
from app.core.people import Job
from app.server.connect import administrator_connection
from app.server.embedded.controller import EmbeddedPostgres
from app.sync.profile import load_profile
from tests.cli.running import GantryProcess, secret
from tests.postgres import new_server_folder
from tests.server.inbox import BareDesk, found_project
from tests.servers import Server, fresh_server


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """The folder of an embedded server with one administrator, made by `gantry admin`."""
    made = new_server_folder()
    with secret("correct horse") as descriptor:
        words = ["add-person", "guo.ziyi", "--name", "郭子仪", "--job", "administrator"]
        assert main(["admin", "--data", str(made), *words, "--password-fd", descriptor]) == 0
    yield made
    EmbeddedPostgres(made).remove()


class Reachable:
    """What a bare desk needs to know of a server."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn

    def dsn_for(self, _login: str) -> str:
        return self._dsn


def serve(folder: Path) -> GantryProcess:
    return GantryProcess(["server", "--data", str(folder), "--json", "--until-stdin-closes"])


def test_serves_until_its_input_closes(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["admin", "--data", str(folder), "invite", "guo.ziyi"]) == 0
    (tmp_path / "join.json").write_text(capsys.readouterr().out, encoding="utf-8")
    running = serve(folder)
    ready = running.ready()
    with secret("correct horse") as descriptor:
        words = ["join", str(tmp_path / "join.json"), "--profile", str(tmp_path / "desk")]
        assert main([*words, "--password-fd", descriptor]) == 0
    assert load_profile(tmp_path / "desk").port == ready["port"]
    assert ready["ready"] is True
    dsn = make_dsn(
        host=ready["host"],
        port=ready["port"],
        dbname=ready["database"],
        user="guo.ziyi",
        password="correct horse",
    )
    with BareDesk(Reachable(dsn), "guo.ziyi") as desk:
        (op_id,) = desk.send(found_project(uuid4()))
        desk.await_answer(op_id)
        assert desk.answer(op_id) == ("applied", None)
    assert main(["admin", "--data", str(folder), "list"]) == 1
    assert "PID" in capsys.readouterr().err
    code, said = running.close()
    assert code == 0
    assert "ready" in said
    assert "stopped in good order" in said
    assert "correct horse" not in said
    assert EmbeddedPostgres(folder).status().state == "stopped"


def test_a_signal_ends_it_in_good_order(folder: Path) -> None:
    running = serve(folder)
    running.ready()
    name = "CTRL_BREAK_EVENT" if sys.platform == "win32" else "SIGTERM"
    running.process.send_signal(getattr(signal, name))
    code, said = running.wait()
    assert code == 0
    assert "stopped in good order" in said
    assert EmbeddedPostgres(folder).status().state == "stopped"


def test_the_embedded_database_stays_on_this_computer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GANTRY_LANGUAGE", "en")
    assert main(["server", "--data", str(tmp_path / "d"), "--listen", "0.0.0.0"]) == 1
    assert "PostgreSQL 16" in capsys.readouterr().err
    assert not (tmp_path / "d").exists()


def test_serves_a_database_elsewhere() -> None:
    with fresh_server() as server:
        server.add_person("guo.jia", job=Job.ADMINISTRATOR)
        running = GantryProcess(
            ["server", "--json", "--until-stdin-closes"],
            {"GANTRY_SERVER_DSN": server.worker_dsn},
        )
        assert running.ready()["database"] == server.database
        with BareDesk(server, "guo.jia") as desk:
            (op_id,) = desk.send(found_project(uuid4()))
            desk.await_answer(op_id)
        code, said = running.close()
        assert code == 0
        assert server.running.password not in said
        assert _holder_is_free(server)


def _holder_is_free(server: Server) -> bool:
    opened = administrator_connection(server.superuser_dsn)
    with opened.cursor() as cursor:
        cursor.execute("select holder is null from worker_lease")
        found = cursor.fetchone() == (True,)
    opened.close()
    return found


def test_without_a_database_the_usage_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GANTRY_SERVER_DSN", raising=False)
    with pytest.raises(SystemExit) as caught:
        main(["server"])
    assert caught.value.code == 2
