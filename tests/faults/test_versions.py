"""A desk and a server that are not of the same release, with commands on their way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from app.core.errors import EnvironmentFault
from app.core.people import Job
from app.sync import pull
from app.sync.status import LinkState
from app.sync.wire import SCHEMA
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


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Office]:
    with fresh_server() as server:
        server.add_person("anna", "安娜", Job.ADMINISTRATOR)
        with office(server, tmp_path) as opened:
            yield opened


def speaks(site: Office, schema: int, *statements: str) -> None:
    """From now on the server speaks one schema only."""
    with site.server.admin.begin() as connection:
        values = {"schema": schema}
        connection.execute(
            text("update server_meta set schema_oldest = :schema, schema_newest = :schema"), values
        )
        for statement in statements:
            connection.execute(text(statement))


OLD_SERVER = (
    "drop function app.claim_device(uuid, uuid, uuid)",
    "drop function app.history(bigint, text, uuid, uuid, uuid)",
)


@pytest.mark.parametrize(
    ("schema", "missing", "reason"),
    [(SCHEMA + 1, (), "sync.program_too_old"), (SCHEMA - 1, OLD_SERVER, "sync.program_too_new")],
    ids=["old desk", "old server"],
)
def test_what_waits_is_sent_and_comes_to_an_end_after_the_upgrade(
    site: Office,
    monkeypatch: pytest.MonkeyPatch,
    schema: int,
    missing: tuple[str, ...],
    reason: str,
) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    saved = [anna.execute(edit(anna, project, **{name: name})) for name in ("note", "region")]
    anna.close()
    speaks(site, schema, *missing)
    anna = site.desk("anna")
    turn_until_idle(anna)
    status = anna.status()
    assert status.link is LinkState.OUTDATED
    assert status.reason is not None
    assert status.reason.text_id == reason
    assert (status.unsent, status.pending) == (0, 2)
    # Not emptied, read only, and said so.
    assert name_of(anna, project) is not None
    with pytest.raises(EnvironmentFault, match=reason.replace(".", r"\.")):
        anna.execute(edit(anna, project, address="不能录入"))
    site.worker.apply_waiting()
    anna.close()
    monkeypatch.setattr(pull, "SCHEMA", schema)
    anna = site.filled("anna")
    site.sync(anna)
    saved.append(anna.execute(edit(anna, project, address="升级之后")))
    site.sync(anna)
    assert {anna.outcome(one.op_id).state for one in saved} == {"applied"}
    assert anna.status().pending == 0
    assert_same_rows(anna, site.server)
