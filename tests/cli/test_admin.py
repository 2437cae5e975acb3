"""`gantry admin` on a real server."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg2
import pytest
from psycopg2 import sql

from app.cli.main import main
from app.core.people import Job
from app.server.access import DSN_VARIABLE
from app.server.connect import administrator_connection
from app.server.invitation import parse_invitation
from tests.cli.running import secret
from tests.server.inbox import BareDesk, found_project
from tests.servers import Server, fresh_server

Said = pytest.CaptureFixture[str]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("GANTRY_LANGUAGE", "en")
    with fresh_server() as made:
        monkeypatch.setenv(DSN_VARIABLE, made.superuser_dsn)
        yield made
        drop_logins(made)


def drop_logins(server: Server) -> None:
    opened = administrator_connection(server.superuser_dsn)
    with opened.cursor() as cursor:
        cursor.execute("select login from person")
        for (login,) in cursor.fetchall():
            cursor.execute(sql.SQL("drop role if exists {}").format(sql.Identifier(login)))
    opened.close()


def admin(*words: str, password: str = "") -> int:
    if not password:
        return main(["admin", *words])
    with secret(password) as descriptor:
        return main(["admin", *words, "--password-fd", descriptor])


def add(login: str, password: str = "correct horse", job: str = "planner") -> int:
    return admin("add-person", login, "--name", login.title(), "--job", job, password=password)


def can_log_in(server: Server, login: str, password: str) -> bool:
    try:
        psycopg2.connect(server.superuser_dsn, user=login, password=password).close()
    except psycopg2.OperationalError:
        return False
    return True


def listed(capsys: Said) -> dict[str, Any]:
    capsys.readouterr()
    assert admin("--json", "list") == 0
    return {one["login"]: one for one in json.loads(capsys.readouterr().out)}


def test_a_person_comes_and_goes(server: Server, capsys: Said) -> None:
    assert add("bao.zheng") == 0
    assert can_log_in(server, "bao.zheng", "correct horse")
    assert admin("reset-password", "bao.zheng", password="another horse") == 0
    assert not can_log_in(server, "bao.zheng", "correct horse")
    assert can_log_in(server, "bao.zheng", "another horse")
    assert admin("disable", "bao.zheng") == 0
    assert not can_log_in(server, "bao.zheng", "another horse")
    assert listed(capsys)["bao.zheng"]["active"] is False
    assert admin("reset-password", "bao.zheng", password="another horse") == 1
    assert admin("enable", "bao.zheng", password="third horse") == 0
    assert can_log_in(server, "bao.zheng", "third horse")
    assert listed(capsys)["bao.zheng"] == {
        "login": "bao.zheng",
        "display_name": "Bao.Zheng",
        "active": True,
        "may_log_in": True,
        "jobs": [["company", "planner"]],
    }


def test_disabling_ends_sessions(server: Server, capsys: Said) -> None:
    add("zhan.zhao")
    opened = psycopg2.connect(server.superuser_dsn, user="zhan.zhao", password="correct horse")
    assert admin("disable", "zhan.zhao") == 0
    assert "sessions ended: 1" in capsys.readouterr().out
    with pytest.raises(psycopg2.OperationalError), opened.cursor() as cursor:
        cursor.execute("select 1")
    opened.close()


def test_jobs_are_given_and_taken(server: Server, capsys: Said) -> None:
    add("di.renjie")
    server.add_person("wu.ze", job=Job.ADMINISTRATOR)
    with BareDesk(server, "wu.ze") as desk:
        desk.send(found_project(uuid4(), "P-7"))
        server.worker().apply_waiting()
    assert admin("grant", "di.renjie", "P-7", "--job", "storekeeper") == 0
    assert admin("grant", "di.renjie", "company", "--job", "finance_clerk") == 0
    assert listed(capsys)["di.renjie"]["jobs"] == [
        ["P-7", "storekeeper"],
        ["company", "finance_clerk"],
        ["company", "planner"],
    ]
    assert held_roles(server, "di.renjie") == {"storekeeper", "finance_clerk", "planner"}
    assert admin("revoke", "di.renjie", "company", "--job", "planner") == 0
    assert admin("revoke", "di.renjie", "P-7") == 0
    assert listed(capsys)["di.renjie"]["jobs"] == [["company", "finance_clerk"]]
    assert held_roles(server, "di.renjie") == {"finance_clerk"}
    assert admin("revoke", "di.renjie", "P-7") == 1
    assert admin("grant", "di.renjie", "P-8", "--job", "planner") == 1
    assert admin("grant", "nobody", "P-7", "--job", "planner") == 1


def held_roles(server: Server, login: str) -> set[str]:
    opened = administrator_connection(server.superuser_dsn)
    with opened.cursor() as cursor:
        cursor.execute(
            "select substr(role.rolname, 12) from pg_auth_members join pg_roles as role"
            " on role.oid = roleid join pg_roles as who on who.oid = member"
            " where who.rolname = %s and role.rolname like 'gantry\\_job\\_%%'",
            (login,),
        )
        found = {row[0] for row in cursor.fetchall()}
    opened.close()
    return found


@pytest.mark.parametrize(
    ("login", "password", "words"),
    [
        ("gantry_admin", "correct horse", "another purpose"),
        ("Robert'); drop", "correct horse", "lower-case Latin letters"),
        ("postgres", "correct horse", "another purpose"),
        ("short.one", "short", "at least 8"),
        ("foreign.one", "пароль пароль", "Latin"),
    ],
)
def test_what_cannot_be_added(
    server: Server, capsys: Said, login: str, password: str, words: str
) -> None:
    assert add(login, password) == 1
    said = capsys.readouterr()
    assert words in said.err
    assert password not in said.err + said.out
    assert can_log_in(server, "postgres", server.running.password)


def test_nobody_is_added_twice(server: Server, capsys: Said) -> None:
    assert add("gong.sun") == 0
    assert add("gong.sun", "another horse") == 1
    assert "taken" in capsys.readouterr().err
    assert can_log_in(server, "gong.sun", "correct horse")


def test_everything_went_through_the_door(server: Server) -> None:
    add("lu.zhi")
    opened = administrator_connection(server.superuser_dsn)
    with opened.cursor() as cursor:
        cursor.execute("select actor, kind, state from audit_log order by n")
        assert cursor.fetchall() == [("gantry_admin", "people.add", "applied")]
    opened.close()


def test_the_audit_chain_is_verified(server: Server, capsys: Said) -> None:
    add("kou.zhun")
    add("yan.shu")
    capsys.readouterr()
    assert admin("verify-audit") == 0
    assert "entries: 2" in capsys.readouterr().out
    assert admin("--json", "verify-audit") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["done"], said["entries"], len(said["hash"])) == ("verify-audit", 2, 64)
    opened = administrator_connection(server.superuser_dsn)
    with opened.cursor() as cursor:
        cursor.execute("update audit_log set actor = 'nobody' where n = 2")
    opened.close()
    assert admin("verify-audit") == 1
    assert "entry 2 of 2" in capsys.readouterr().err


def test_passwords_reach_the_server_as_verifiers(server: Server) -> None:
    add("hai.rui", "plain horse text")
    opened = administrator_connection(server.superuser_dsn)
    with opened.cursor() as cursor:
        cursor.execute("select rolpassword from pg_authid where rolname = 'hai.rui'")
        (stored,) = cursor.fetchone() or ("",)
    opened.close()
    assert stored.startswith("SCRAM-SHA-256$4096:")


def test_an_invitation_holds_no_password(server: Server, capsys: Said) -> None:
    add("xu.xiake")
    capsys.readouterr()
    assert admin("invite", "xu.xiake") == 0
    said = capsys.readouterr()
    found = parse_invitation(said.out.encode())
    assert (found.login, found.hosts, found.port) == (
        "xu.xiake",
        ["127.0.0.1"],
        server.running.port,
    )
    assert found.fingerprint in said.err
    assert server.running.password not in said.out
    assert admin("invite", "nobody") == 1
    assert admin("invite", "xu.xiake", "--host", "db.example.com") == 1
    assert "certificate" in capsys.readouterr().err


def test_backup_and_restore(server: Server, capsys: Said, tmp_path: Path) -> None:
    assert admin("backup") == 1
    assert "--to" in capsys.readouterr().err
    add("zhang.heng")
    assert admin("--json", "backup", "--to", str(tmp_path)) == 0
    file = json.loads(capsys.readouterr().out.splitlines()[-1])["file"]
    add("zu.chongzhi")
    server.admin.dispose()
    assert admin("--json", "restore", file) == 0
    done = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert listed(capsys).keys() == {"zhang.heng"}
    opened = administrator_connection(server.running.dsn())
    with opened.cursor() as cursor:
        cursor.execute(sql.SQL("drop database {}").format(sql.Identifier(done["aside"])))
        cursor.execute('drop role "zu.chongzhi"')
    opened.close()


def test_faults_of_the_way_in_are_told_without_the_secret(
    server: Server, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    for dsn, words in (
        ("no dsn but a s3cret", "not well formed"),
        (f"host=127.0.0.1 port={server.running.port} user=postgres password=s3cret", "password"),
        ("host=127.0.0.1 port=1 password=s3cret", "cannot be reached"),
        (server.worker_dsn, "not a database superuser"),
        (server.running.dsn(), "not been set up"),
    ):
        monkeypatch.setenv(DSN_VARIABLE, dsn)
        assert admin("list") == 1
        said = capsys.readouterr().err
        assert words in said
        assert "s3cret" not in said
    assert admin("verify-audit") == 1
    assert "not been set up" in capsys.readouterr().err
    monkeypatch.delenv(DSN_VARIABLE)
    assert admin("list") == 1
    assert "--data" in capsys.readouterr().err
    with secret(server.superuser_dsn) as descriptor:
        assert main(["admin", "--dsn-fd", descriptor, "list"]) == 0
    assert main(["admin", "--dsn-fd", "987", "list"]) == 1


def test_no_password_no_person(server: Server, capsys: Said) -> None:
    assert admin("add-person", "wei.zheng", "--name", "W", "--job", "planner") == 1
    assert "--password-fd" in capsys.readouterr().err
