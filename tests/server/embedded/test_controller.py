import multiprocessing
import os
import socket
import sys
import time
from pathlib import Path

import psutil
import psycopg2
import pytest

from app.core.errors import EnvironmentFault
from app.server import posix
from app.server.embedded import controller, place, ports, process
from app.server.embedded.configuration import VOLATILE
from app.server.embedded.controller import EmbeddedPostgres
from app.server.embedded.running import Running
from tests.postgres import new_server_folder

_DEADLINE_SECONDS = 20


def _ask(running: Running, statement: str, database: str = "postgres") -> object:
    connection = psycopg2.connect(running.dsn(database))
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            row = cursor.fetchone() if cursor.description else None
            return row[0] if row else None
    finally:
        connection.close()


def _fault(server: EmbeddedPostgres) -> EnvironmentFault:
    with pytest.raises(EnvironmentFault) as raised:
        server.start()
    return raised.value


def _postmaster(server: EmbeddedPostgres) -> psutil.Process:
    process_id = server.status().process_id
    assert process_id is not None
    return psutil.Process(process_id)


def test_committed_rows_and_the_port_survive_a_restart_and_the_password_does_not(
    folder: Path,
) -> None:
    server = EmbeddedPostgres(folder, settings=VOLATILE)
    assert server.status().state == "absent"
    first = server.start()
    assert server.start() is first
    _ask(first, "create table kept as select '混凝土'::text as name")
    status = server.status()
    assert (status.state, status.port, status.major_version) == ("running", first.port, "18")
    server.stop()
    server.stop()
    assert server.status().state == "stopped"

    second = server.start()
    assert _ask(second, "select name from kept") == "混凝土"
    assert second.port == first.port
    assert second.password != first.password
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(
            host=second.host,
            port=second.port,
            user=second.superuser,
            password=first.password,
            dbname="postgres",
        )
    server.stop()


def test_no_file_holds_the_password(server: EmbeddedPostgres, folder: Path) -> None:
    running = server.start()
    with pytest.raises(psycopg2.Error):
        _ask(running, "alter role postgres password 'leaked-secret' valid until 'never'")
    server.stop()
    secret = (running.password.encode(), b"leaked-secret")
    for path in server.status().home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(one in content for one in secret), path
    assert running.password not in repr(running)
    assert running.password not in str(running.url())


def test_it_is_durable_and_listens_on_the_loopback_only(folder: Path) -> None:
    with EmbeddedPostgres(folder) as running:
        expected = {
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
            "wal_level": "replica",
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "password_encryption": "scram-sha-256",
            "log_statement": "none",
            "data_checksums": "on",
            "server_encoding": "UTF8",
            "jit": "off",
        }
        found = {name: _ask(running, f"select current_setting('{name}')") for name in expected}
        assert found == expected
        # People are turned away from the databases that are not theirs; all else needs a password.
        assert (
            _ask(
                running,
                "select string_agg(auth_method, ',' order by rule_number) from pg_hba_file_rules",
            )
            == "reject,scram-sha-256"
        )
        listening = psutil.Process(EmbeddedPostgres(folder).status().process_id).net_connections()
        addresses = {one.laddr for one in listening if one.status == psutil.CONN_LISTEN}
        assert {address.ip for address in addresses} == {"127.0.0.1"}


def test_trigrams_find_chinese_text_and_case_folds(server: EmbeddedPostgres) -> None:
    running = server.start()
    _ask(running, "create extension pg_trgm")
    assert _ask(running, "select cardinality(show_trgm('混凝土浇筑'))") == 6
    assert _ask(running, "select similarity('三号楼混凝土浇筑', '混凝土浇筑') > 0.3") is True
    assert _ask(running, "select lower('ÉCOLE')") == "école"
    server.stop()


def test_a_killed_server_starts_again_with_what_was_committed(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    running = server.start()
    _ask(running, "create table kept as select 1 as value")
    for one in process.servers_on(server.status().home / "pgdata"):
        one.kill()
    server.stop()
    with server as again:
        assert _ask(again, "select value from kept") == 1


def test_a_pid_file_of_a_dead_server_that_names_another_program_is_overcome(
    server: EmbeddedPostgres,
) -> None:
    running = server.start()
    database = server.status().home / "pgdata"
    lines = (database / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    server.stop()
    # The id was given to a living program that is no server: this very one.
    stale = "\n".join([str(os.getpid()), *lines[1:]])
    (database / "postmaster.pid").write_text(stale + "\n", encoding="utf-8")
    assert server.status().state == "stopped"
    assert server.start().port == running.port
    server.stop()


def _start_and_wait(folder: str, ready: "multiprocessing.Queue[str]") -> None:
    sys.argv[0] = "/opt/龙门/gantry-demo"
    running = EmbeddedPostgres(Path(folder), settings=VOLATILE).start()
    _ask(running, "create table kept as select 1 as value")
    ready.put("ready")
    time.sleep(600)


def test_a_second_program_is_refused_by_name_and_takes_over_from_a_killed_one(
    server: EmbeddedPostgres, folder: Path
) -> None:
    spawned = multiprocessing.get_context("spawn")
    ready: multiprocessing.Queue[str] = spawned.Queue()
    other = spawned.Process(target=_start_and_wait, args=(str(folder), ready))
    other.start()
    assert ready.get(timeout=_DEADLINE_SECONDS) == "ready"
    left_behind = _postmaster(server)

    refused = _fault(server)
    assert refused.reason.text_id == "server.embedded.in_use"
    assert refused.reason.parameters["holder"] == f"gantry-demo (PID {other.pid})"
    with pytest.raises(EnvironmentFault):
        server.remove()
    assert left_behind.is_running()

    other.kill()
    other.join(_DEADLINE_SECONDS)
    assert server.status().state == "running"
    assert _ask(server.start(), "select value from kept") == 1
    assert _postmaster(server).pid != left_behind.pid
    server.stop()


def test_any_name_of_a_folder_will_do(folder: Path) -> None:
    marker = folder / "executed"
    named = folder / f"项目 部 '一号楼' $(touch {marker.name}) `touch {marker.name}` & 100%"
    place.make_enterable(named)
    server = EmbeddedPostgres(named, settings=VOLATILE)
    with server as running:
        assert str(_ask(running, "select current_setting('data_directory')")).startswith(str(named))
    assert not list(folder.rglob(marker.name))
    server.remove()
    assert not named.exists()


def test_a_taken_port_is_changed_for_good(server: EmbeddedPostgres) -> None:
    first = server.start()
    server.stop()
    with socket.socket() as other_program:
        other_program.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other_program.bind((first.host, first.port))
        other_program.listen()
        second = server.start()
        assert second.port != first.port
        server.stop()
    assert server.start().port == second.port
    server.stop()


def test_a_nearly_full_disk_is_told_before_anything_is_written(folder: Path) -> None:
    server = EmbeddedPostgres(folder, minimum_free=1 << 60)
    fault = _fault(server)
    assert fault.reason.text_id == "server.embedded.disk_low"
    assert server.status().state == "absent"
    # The folder is free again for the next try.
    EmbeddedPostgres(folder, minimum_free=1 << 60).remove()


def test_an_interrupted_first_start_leaves_nothing_in_the_way(folder: Path) -> None:
    server = EmbeddedPostgres(folder, settings=VOLATILE)
    here, _ = place.prepare(folder)
    draft = here.home / "pgdata.0badcafe.new"
    draft.mkdir()
    (draft / "PG_VERSION").write_text("1", encoding="ascii")
    server.start()
    assert not draft.exists()
    server.stop()


@pytest.mark.parametrize(
    ("version", "expected"),
    [("15\n", "server.embedded.other_major"), (None, "server.embedded.damaged")],
)
def test_a_database_that_is_not_ours_is_left_alone(
    folder: Path, version: str | None, expected: str
) -> None:
    server = EmbeddedPostgres(folder, settings=VOLATILE)
    here, _ = place.prepare(folder)
    database = here.database
    database.mkdir()
    if here.account is not None:
        posix.give_to(database, here.account)
    (database / "precious").write_text("keep", encoding="ascii")
    if version is not None:
        (database / "PG_VERSION").write_text(version, encoding="ascii")
    fault = _fault(server)
    assert fault.reason.text_id == expected
    assert (database / "precious").read_text(encoding="ascii") == "keep"
    assert _fault(server).reason.text_id == expected


def test_a_database_of_another_account_is_refused(folder: Path) -> None:
    # Root's own folder: an ordinary user does not own it, and a server never runs as root.
    (folder / "pgdata").symlink_to("/etc")
    fault = _fault(EmbeddedPostgres(folder, settings=VOLATILE))
    assert fault.reason.text_id == "server.embedded.wrong_owner"


def test_a_port_that_is_taken_in_the_last_moment_is_changed(
    server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as other_program:
        other_program.bind(("127.0.0.1", 0))
        other_program.listen()
        taken = other_program.getsockname()[1]
        answers = [taken, ports.free_port()]
        monkeypatch.setattr(ports, "free_port", lambda _: answers.pop(0))
        assert server.start().port != taken
        assert answers == []
        assert server.status().port != taken
        server.stop()


def test_a_database_that_cannot_start_is_told_in_its_own_words(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    (server.status().home / "pgdata" / "global" / "pg_control").unlink()
    fault = _fault(server)
    assert fault.reason.text_id == "server.embedded.start_failed"
    assert "pg_control" in str(fault.reason.parameters["reason"])
    assert process.servers_on(server.status().home / "pgdata") == []


def test_a_setting_that_could_smuggle_another_line_is_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match="not the value"):
        EmbeddedPostgres(folder, settings={"work_mem": "1MB\nfsync=off"})


def test_root_lets_an_unprivileged_account_serve_a_private_folder(folder: Path) -> None:
    private = folder / "private"
    private.mkdir(mode=0o700)
    server = EmbeddedPostgres(private / "database", settings=VOLATILE)
    with server as running:
        status = server.status()
        assert _ask(running, "select 1") == 1
        assert psutil.Process(status.process_id).uids().effective != 0
        assert (status.home / "pgdata").stat().st_mode & 0o077 == 0
    server.remove()
    assert not status.home.exists()
    assert not (private / "database").exists()


def test_remove_stops_the_server_and_leaves_nothing() -> None:
    made = new_server_folder()
    server = EmbeddedPostgres(made, settings=VOLATILE)
    server.start()
    postmaster = _postmaster(server)
    server.remove()
    assert not made.exists()
    assert not psutil.pid_exists(postmaster.pid) or postmaster.status() == psutil.STATUS_ZOMBIE
    server.remove()
    assert not made.exists()


def test_a_failed_start_frees_the_folder(
    server: EmbeddedPostgres, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(controller, "_check_login", interrupted)
        with pytest.raises(KeyboardInterrupt):
            server.start()
    assert server.status().state == "stopped"
    server.start()
    server.stop()
