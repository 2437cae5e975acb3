"""An upgrade without a connection, killed at any statement: the desk keeps everything."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from app.core.people import Job
from app.models.engines import CipherKey, open_encrypted
from app.models.parts import SYNCED
from app.sync import cache_schema, outbox
from app.sync.cache import CACHE_FILE
from app.sync.desk import Desk
from app.sync.keys import OUTBOX_KEY
from app.sync.outbox_copy import OUTBOX_FILE
from app.sync.outbox_schema import MIGRATIONS, migrate
from tests.faults.damage import copy_as_killed
from tests.servers import fresh_server
from tests.sync.desks import (
    Office,
    assert_same_rows,
    edit,
    founded_project,
    name_of,
    office,
    turn_until_idle,
)

FILES = (CACHE_FILE, OUTBOX_FILE)
OLD_TABLES = 9
"""So many synced tables did the first release know: no stock, no ledger."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Office]:
    with fresh_server() as server:
        server.add_person("anna", "安娜", Job.ADMINISTRATOR)
        with office(server, tmp_path) as opened:
            yield opened


class Killing:
    """Keeps the folder as it lies on the disk before each statement of an upgrade."""

    def __init__(self, site: Office) -> None:
        self._site = site
        self.kept: list[str] = []

    def keep(self) -> None:
        name = f"killed-{len(self.kept)}"
        source, target = self._site.profile("anna"), self._site.profile("anna", name)
        copy_as_killed(source.folder, FILES, target.folder)
        self._site.share_keys(source, target)
        self.kept.append(name)


class Watched:
    """A connection of the outbox whose statements are waited for."""

    def __init__(self, connection: Any, killing: Killing) -> None:
        self._connection = connection
        self._killing = killing

    def execute(self, statement: str) -> Any:
        self._killing.keep()
        return self._connection.execute(statement)


def make_old(site: Office, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, list[Any]]:
    """A desk of the first release with edits that wait; the project and the edits."""
    monkeypatch.setattr(cache_schema, "SYNCED", SYNCED[:OLD_TABLES])
    anna = site.filled("anna")
    project = founded_project(site, anna)
    texts = ("升级之前一", "升级之前二")
    saved = [anna.execute(edit(anna, project, note=text)) for text in texts]
    saved.append(anna.execute(edit(anna, project, name="升级之前改的名字")))
    anna.close()
    monkeypatch.undo()
    key = CipherKey(site.keys(site.profile("anna")).load(OUTBOX_KEY) or "")
    with closing(open_encrypted(site.profile("anna").folder / OUTBOX_FILE, key)) as opened:
        for column in ("lineage", "coming_lineage"):
            opened.execute(f"ALTER TABLE identity DROP COLUMN {column}")
        opened.execute("PRAGMA user_version = 1")
    return project, saved


def test_killed_at_every_statement(site: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    project, saved = make_old(site, monkeypatch)
    killing = Killing(site)
    monkeypatch.setattr(outbox, "migrate", lambda opened: migrate(Watched(opened, killing)))
    listening = (Engine, "before_cursor_execute", lambda *_: killing.keep())
    event.listen(*listening)
    try:
        profile = site.profile("anna")
        Desk.open(profile, site.keys(profile)).close()
    finally:
        event.remove(*listening)
        monkeypatch.undo()
    assert len(killing.kept) > len(MIGRATIONS) + len(SYNCED)
    again = site.desk("anna")
    for name in killing.kept:
        profile = site.profile("anna", name)
        with closing(Desk.open(profile, site.keys(profile))) as desk:
            assert desk.status().unsent == len(saved), name
            assert name_of(desk, project) == "升级之前改的名字", name
            assert [one.op_id for one in desk.inbox()] == [one.op_id for one in saved], name
            assert desk.status().notices == (), name
    turn_until_idle(again)
    site.sync(again)
    assert {again.outcome(one.op_id).state for one in saved} == {"applied"}
    assert_same_rows(again, site.server)
