"""Login roles of the database server. Only verifiers of passwords ever reach it."""

from collections.abc import Iterable

from psycopg2 import sql
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class

from app.core.errors import EnvironmentFault, Refused
from app.server.embedded.scram import scram_verifier

WORKER_GROUP = "gantry_worker"
PERSON_GROUP = "gantry_person"
WORKER_LOGIN = "gantry_server"
# Of our own roles, and of PostgreSQL's.
_RESERVED = ("gantry_", "pg_")
_CONNECTIONS = 16
# A desk speaks every few seconds. What a broken line leaves half open ends before it has used up
# the connections that a person may have, and nobody is locked out.
_LIMITS = (
    ("idle_in_transaction_session_timeout", "60s"),
    ("idle_session_timeout", "60s"),
    ("tcp_keepalives_idle", "15s"),
    ("tcp_keepalives_interval", "5s"),
    ("tcp_keepalives_count", "3"),
    # For sorting and joining beyond what fits into memory. A client cannot SET this one.
    ("temp_file_limit", "1GB"),
)


def set_worker_login(opened: Connection, password: str) -> None:
    """Makes the worker's login, or gives it another password."""
    _make(opened, WORKER_LOGIN)
    steps = [
        _password_set(WORKER_LOGIN, scram_verifier(password)),
        _joined(WORKER_GROUP, WORKER_LOGIN),
    ]
    with opened.cursor() as cursor:
        cursor.execute(sql.SQL("; ").join(steps))


def set_person_login(opened: Connection, login: str, password: str) -> None:
    """Makes a person's login, or gives it another password and lets it in again.

    Refused `server.admin.login_of_other` when the role belongs to somebody else's purposes;
    ValueError for a password that is not printable ASCII.
    """
    _let_in(opened, login, scram_verifier(password))


def set_person_logins(opened: Connection, logins: Iterable[str], password: str) -> None:
    """`set_person_login` with one password for several people: all of them or none."""
    # One verifier does: that their passwords are the same is no secret to those who share it.
    verifier = scram_verifier(password)
    opened.autocommit = False
    try:
        with opened:
            for login in logins:
                _let_in(opened, login, verifier)
    finally:
        opened.autocommit = True


def _let_in(opened: Connection, login: str, verifier: str) -> None:
    _check_name(login)
    _make(opened, login)
    named = sql.Identifier(login)
    connections = sql.SQL("alter role {} connection limit {}").format(
        named, sql.Literal(_CONNECTIONS)
    )
    limits = [
        sql.SQL("alter role {} set {} = {}").format(named, sql.SQL(name), sql.Literal(value))
        for name, value in _LIMITS
    ]
    # In one go: a demo lets everybody in at each start.
    steps = [_password_set(login, verifier), _joined(PERSON_GROUP, login), connections, *limits]
    with opened.cursor() as cursor:
        cursor.execute(sql.SQL("; ").join(steps))


def shut_out(opened: Connection, login: str) -> int:
    """Takes the right to log in from a person and ends the sessions. How many were ended."""
    if not person_logins(opened).get(login, False):
        return 0
    with opened.cursor() as cursor:
        cursor.execute(sql.SQL("alter role {} nologin").format(sql.Identifier(login)))
        cursor.execute(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = %s",
            (login,),
        )
        (ended,) = cursor.fetchone() or (0,)
    return int(ended)


def person_logins(opened: Connection) -> dict[str, bool]:
    """Every person's login role of the server, with whether it may log in."""
    with opened.cursor() as cursor:
        cursor.execute(
            "select role.rolname, role.rolcanlogin from pg_roles as role"
            " join pg_auth_members as held on held.member = role.oid"
            " where held.roleid = to_regrole(%s) order by 1",
            (PERSON_GROUP,),
        )
        return dict(cursor.fetchall())


def check_free(opened: Connection, login: str) -> None:
    """Refused `server.admin.login_of_other` for a role that is neither missing nor a person's."""
    _check_name(login)
    _exists(opened, login)


def _check_name(login: str) -> None:
    if login.startswith(_RESERVED):
        raise Refused("server.admin.login_of_other", login=login)


def _make(opened: Connection, login: str) -> None:
    if _exists(opened, login):
        return
    with opened.cursor() as cursor:
        cursor.execute(sql.SQL("create role {} nologin").format(sql.Identifier(login)))


def _exists(opened: Connection, login: str) -> bool:
    with opened.cursor() as cursor:
        cursor.execute(
            "select rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls,"
            " exists (select from pg_auth_members where member = pg_roles.oid"
            " and roleid not in (select oid from pg_roles where rolname like 'gantry\\_%%'))"
            " from pg_roles where rolname = %s",
            (login,),
        )
        found = cursor.fetchone()
    if found is not None and any(found):
        raise Refused("server.admin.login_of_other", login=login)
    return found is not None


def _password_set(login: str, verifier: str) -> sql.Composed:
    return sql.SQL("alter role {} login password {}").format(
        sql.Identifier(login), sql.Literal(verifier)
    )


def _joined(group: str, login: str) -> sql.Composed:
    # Without SET: nobody may go by the name of a group.
    return sql.SQL("grant {} to {} with inherit true, set false").format(
        sql.Identifier(group), sql.Identifier(login)
    )


def check_password(password: str) -> None:
    """EnvironmentFault `server.admin.password_weak` for a password that people must not have."""
    shortest = 8
    if len(password) < shortest or not (password.isascii() and password.isprintable()):
        raise EnvironmentFault("server.admin.password_weak", shortest=shortest)
