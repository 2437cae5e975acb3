"""The demo's server process: ready when it is made, told in words when it is not."""

from pathlib import Path

import psutil
import pytest
from psycopg2.extensions import make_dsn

from app.cli.demo_server import DemoServer
from app.core.errors import EnvironmentFault
from app.server.connect import administrator_connection
from app.server.embedded.controller import EmbeddedPostgres
from app.server.embedded.scram import random_password


def test_it_serves_the_sample_and_leaves_nothing_behind(demo_folder: Path) -> None:
    password = random_password()
    before = set(psutil.Process().children())
    done: list[str] = []
    with DemoServer(demo_folder / "server", password, lambda: done.append("x")) as server:
        assert done == ["x"]
        (child,) = set(psutil.Process().children()) - before
        assert password not in " ".join(child.cmdline())
        dsn = make_dsn(
            host=server.host,
            port=server.port,
            dbname=server.database,
            user="zhou.mingyuan",
            password=password,
        )
        opened = administrator_connection(dsn)
        with opened.cursor() as cursor:
            cursor.execute("select count(*) > 5 from project")
            assert cursor.fetchone() == (True,)
        opened.close()
    assert not child.is_running()
    assert EmbeddedPostgres(demo_folder / "server").status().state == "stopped"


def test_a_server_that_cannot_start_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GANTRY_LANGUAGE", "en")
    (tmp_path / "file").write_text("", encoding="ascii")
    with pytest.raises(EnvironmentFault) as raised:
        DemoServer(tmp_path / "file" / "server", random_password())
    assert raised.value.reason.text_id == "cli.demo.server_failed"
    assert raised.value.reason.parameters["code"] == 1
    assert str(tmp_path / "file") in capfd.readouterr().err
