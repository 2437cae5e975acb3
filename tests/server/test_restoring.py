"""A restored database is whole, begins a new history, and the former one is kept."""

import hashlib
import json
from pathlib import Path
from uuid import UUID

import pytest
from psycopg2 import sql
from sqlalchemy import text

from app.core.errors import EnvironmentFault
from app.server import audit
from app.server.backups import make_backup, manifest_path, target_of
from app.server.connect import administrator_connection
from app.server.restoring import restore_backup
from tests.server.inbox import BareDesk, edit
from tests.servers import Server


def test_restore(server: Server, desk: BareDesk, project: UUID, tmp_path: Path) -> None:
    server.add_person("cheng.wu")
    file = make_backup(target_of(server.superuser_dsn, server.database), tmp_path)
    desk.send(edit(project, "", "later than the backup"))
    server.worker().apply_waiting()
    before = _generation(server)
    desk.opened.close()
    server.admin.dispose()
    opened = administrator_connection(server.running.dsn())
    with opened.cursor() as cursor:
        cursor.execute('drop role "cheng.wu"')
    done = restore_backup(file, server.superuser_dsn, server.database)
    assert done.without_password == ("cheng.wu",)
    assert done.set_aside is not None
    assert _generation(server) != before
    with BareDesk(server, desk.login) as again:
        assert again.rows("select region from project") == [("",)]
        again.device_id, again.seq = desk.device_id, 1
        again.send(edit(project, "", "sent once more"))
        assert server.worker().apply_waiting() == 1
        assert again.rows("select region from project") == [("sent once more",)]
    with server.admin.connect() as connection:
        assert audit.broken_link(connection) is None
        assert connection.scalar(text("select count(*) from change_feed")) == 1
        jobs = "select count(*) from pg_auth_members where member = '\"cheng.wu\"'::regrole"
        assert connection.scalar(text(jobs)) == 2
    with opened.cursor() as cursor:
        cursor.execute(
            sql.SQL("drop database {} with (force)").format(sql.Identifier(done.set_aside))
        )
    opened.close()


def test_a_backup_that_does_not_restore_changes_nothing(
    server: Server, desk: BareDesk, project: UUID, tmp_path: Path
) -> None:
    file = make_backup(target_of(server.superuser_dsn, server.database), tmp_path)
    content = file.read_bytes()
    file.write_bytes(content[:-2000])
    described = manifest_path(file).read_text(encoding="utf-8")
    with pytest.raises(EnvironmentFault) as caught:
        restore_backup(file, server.superuser_dsn, server.database)
    assert caught.value.reason.text_id == "server.backup.damaged"
    cut = make_cut_backup_look_sound(file, described)
    with pytest.raises(EnvironmentFault) as caught:
        restore_backup(cut, server.superuser_dsn, server.database)
    assert caught.value.reason.text_id == "server.backup.failed"
    assert desk.rows("select code from project") == [("P-1",)]
    with server.admin.connect() as connection:
        left = connection.execute(
            text("select datname from pg_database where datname like '%restored%'")
        )
        assert left.all() == []


def make_cut_backup_look_sound(file: Path, described: str) -> Path:
    manifest = json.loads(described)
    body = file.read_bytes()
    manifest |= {"size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
    manifest_path(file).write_text(json.dumps(manifest), encoding="utf-8")
    return file


def _generation(server: Server) -> UUID:
    with server.admin.connect() as connection:
        found: UUID = connection.scalar(text("select generation from server_meta"))
    server.admin.dispose()
    return found
