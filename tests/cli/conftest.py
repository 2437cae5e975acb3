"""A small company with a worker, desks on it, and the folder that all tests of the demo share."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from app.core.people import Job
from app.server.embedded.controller import EmbeddedPostgres
from app.sync.profile import new_profile, save_profile
from tests.cli.running import DeskLine
from tests.postgres import new_server_folder
from tests.servers import Server, fresh_server

PASSWORD = "correct horse"

NewDesk = Callable[..., DeskLine]


@pytest.fixture(scope="session")
def demo_folder() -> Iterator[Path]:
    """The data of `gantry demo`: filled by the first start, used again by all others."""
    made = new_server_folder()
    yield made
    EmbeddedPostgres(made / "server").remove()
    shutil.rmtree(made)


@pytest.fixture(scope="package")
def company() -> Iterator[Server]:
    """A served company: Anna leads, Qian keeps the store."""
    with fresh_server() as server:
        server.add_person("anna", "安娜", Job.ADMINISTRATOR, PASSWORD)
        server.add_person("qian", "钱仓", Job.STOREKEEPER, PASSWORD)
        stop = threading.Event()
        working = threading.Thread(target=server.worker().run, args=(stop,))
        working.start()
        yield server
        stop.set()
        working.join()


@pytest.fixture
def new_desk(
    company: Server,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> NewDesk:
    """Makes a person's desk in a folder of its own; nothing is fetched yet."""
    monkeypatch.setenv("GANTRY_LANGUAGE", "en")

    def make(
        login: str = "anna", name: str = "", *, port: int | None = None, password: str = PASSWORD
    ) -> DeskLine:
        profile = new_profile(
            tmp_path / (name or login),
            login,
            ("127.0.0.1",),
            port=port or company.running.port,
            database=company.database,
            sslmode="disable",
        )
        save_profile(profile)
        return DeskLine(profile.folder, password, capsys)

    return make


def founding(project_id: UUID, code: str) -> dict[str, object]:
    """A command that founds a project, as JSON gives it."""
    return {
        "scope_id": str(project_id),
        "member_id": str(project_id),
        "code": code,
        "name": f"滨江花园 {code}",
        "kind": "residential",
        "planned_start": "2026-03-01",
    }
