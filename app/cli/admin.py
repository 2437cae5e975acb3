"""`gantry admin`: people, rights, invitations and backups of a company's database."""

import argparse
import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from app.cli.words import say, say_json, words
from app.core.errors import EnvironmentFault
from app.core.people import Job
from app.server.access import Access, administer, check_ready
from app.server.audit import verify
from app.server.backups import make_backup, target_of
from app.server.cluster import prepare_database
from app.server.connect import administrator_connection
from app.server.descriptors import line_from
from app.server.door import Door
from app.server.embedded.place import read_note
from app.server.invitation import Invitation, fingerprint, write_invitation
from app.server.logins import check_password
from app.server.people_admin import Colleague, PeopleAdmin
from app.server.restoring import restore_backup

JOBS = [job.value for job in Job]
_DEFAULT_PORT = 5432


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `admin [--data DIR | --dsn-fd N] COMMAND`."""
    parser = subparsers.add_parser("admin", help=words("cli.admin.help"))
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--data", type=Path, metavar="DIR", help=words("cli.admin.data"))
    where.add_argument("--dsn-fd", type=int, metavar="N", help=words("cli.admin.dsn_fd"))
    parser.add_argument("--json", action="store_true", help=words("cli.json"))
    parser.set_defaults(run=run)
    commands = parser.add_subparsers(dest="admin_command", required=True, metavar="COMMAND")
    _add_people(commands)
    _add_the_rest(commands)


def _add_people(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    added = _command(commands, "add-person", _add_person, "login", "--password-fd")
    added.add_argument("--name", required=True, help=words("cli.admin.name"))
    added.add_argument("--job", required=True, choices=JOBS, help=words("cli.admin.job"))
    granted = _command(commands, "grant", _grant, "login", "project")
    granted.add_argument("--job", required=True, choices=JOBS, help=words("cli.admin.job"))
    revoked = _command(commands, "revoke", _revoke, "login", "project")
    revoked.add_argument("--job", choices=JOBS, help=words("cli.admin.job_or_all"))
    _command(commands, "reset-password", _reset_password, "login", "--password-fd")
    _command(commands, "disable", _disable, "login")
    _command(commands, "enable", _enable, "login", "--password-fd")
    _command(commands, "list", _list)


def _add_the_rest(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    invited = _command(commands, "invite", _invite, "login")
    invited.add_argument("--host", action="append", metavar="HOST", help=words("cli.admin.host"))
    invited.add_argument("--port", type=int, help=words("cli.admin.port"))
    invited.add_argument(
        "--certificate-authority", type=Path, metavar="PEM", help=words("cli.admin.authority")
    )
    invited.add_argument("--company", default="", help=words("cli.admin.company"))
    saved = _command(commands, "backup", _backup)
    saved.add_argument("--to", type=Path, metavar="DIR", help=words("cli.admin.to"))
    restored = _command(commands, "restore", _restore)
    restored.add_argument("file", type=Path, metavar="FILE", help=words("cli.admin.file"))
    restored.set_defaults(as_it_is=True)
    prepared = _command(commands, "prepare", _prepare)
    prepared.add_argument("--password-fd", type=int, help=words("cli.admin.worker_password_fd"))
    prepared.set_defaults(as_it_is=True)
    # What is looked into must not be changed by looking: an old database is not upgraded first.
    _command(commands, "verify-audit", _verify_audit).set_defaults(as_it_is=True)


Work = Callable[[argparse.Namespace, Access], Any]


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    work: Work,
    *wanted: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words(f"cli.admin.{name.replace('-', '_')}"))
    for one in wanted:
        if one == "--password-fd":
            parser.add_argument(one, type=int, metavar="N", help=words("cli.admin.password_fd"))
        else:
            parser.add_argument(one, metavar=one.upper(), help=words(f"cli.admin.{one}"))
    parser.set_defaults(work=work, as_it_is=False)
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Does one thing; prints what came of it."""
    dsn = None if arguments.dsn_fd is None else line_from(arguments.dsn_fd)
    with administer(dsn=dsn, folder=arguments.data, as_it_is=arguments.as_it_is) as access:
        said = arguments.work(arguments, access)
    if arguments.json and said is not None:
        say_json(said)
    return 0


def _tell(arguments: argparse.Namespace, text_id: str, **parameters: Any) -> dict[str, Any]:
    if not arguments.json:
        say(text_id, **parameters)
    return {"done": arguments.admin_command, **parameters}


def _add_person(arguments: argparse.Namespace, access: Access) -> Any:
    password = _password(arguments)
    with Door(access.dsn) as door:
        PeopleAdmin(door).add(arguments.login, arguments.name, Job(arguments.job), password)
    return _tell(arguments, "cli.admin.added", login=arguments.login, name=arguments.name)


def _grant(arguments: argparse.Namespace, access: Access) -> Any:
    with Door(access.dsn) as door:
        PeopleAdmin(door).grant(arguments.login, arguments.project, Job(arguments.job))
    return _tell(arguments, "cli.admin.granted", login=arguments.login, project=arguments.project)


def _revoke(arguments: argparse.Namespace, access: Access) -> Any:
    job = Job(arguments.job) if arguments.job else None
    with Door(access.dsn) as door:
        count = PeopleAdmin(door).revoke(arguments.login, arguments.project, job)
    return _tell(arguments, "cli.admin.revoked", login=arguments.login, count=count)


def _reset_password(arguments: argparse.Namespace, access: Access) -> Any:
    password = _password(arguments)
    with Door(access.dsn) as door:
        PeopleAdmin(door).reset_password(arguments.login, password)
    return _tell(arguments, "cli.admin.password_set", login=arguments.login)


def _disable(arguments: argparse.Namespace, access: Access) -> Any:
    with Door(access.dsn) as door:
        ended = PeopleAdmin(door).disable(arguments.login)
    return _tell(arguments, "cli.admin.disabled", login=arguments.login, sessions=ended)


def _enable(arguments: argparse.Namespace, access: Access) -> Any:
    password = _password(arguments)
    with Door(access.dsn) as door:
        PeopleAdmin(door).enable(arguments.login, password)
    return _tell(arguments, "cli.admin.enabled", login=arguments.login)


def _list(arguments: argparse.Namespace, access: Access) -> Any:
    with Door(access.dsn) as door:
        found = PeopleAdmin(door).colleagues()
    if not arguments.json:
        for one in found:
            print(_line_of(one))
    return msgspec.to_builtins(found)


def _line_of(one: Colleague) -> str:
    jobs = ", ".join(f"{place}: {words(f'people.job.{job}')}" for place, job in one.jobs)
    if not one.active:
        state = words("cli.admin.state_disabled")
    else:
        state = "" if one.may_log_in else words("cli.admin.state_no_login")
    return "  ".join(part for part in (one.login, one.display_name, jobs, state) if part)


def _invite(arguments: argparse.Namespace, access: Access) -> Any:
    with Door(access.dsn) as door:
        PeopleAdmin(door).known(arguments.login)
    host, port = _address(access)
    invitation = Invitation(
        company=arguments.company,
        login=arguments.login,
        hosts=arguments.host or [host],
        port=arguments.port or port,
        database=access.database,
        certificate_authority=_authority(arguments.certificate_authority),
    )
    sys.stdout.write(write_invitation(invitation))
    # On stderr: standard output is the file.
    print(words("cli.admin.invited", fingerprint=fingerprint(invitation)), file=sys.stderr)


def _address(access: Access) -> tuple[str, int]:
    if access.folder is not None:
        note = read_note(access.folder.absolute())
        return "127.0.0.1", (note.port if note else None) or _DEFAULT_PORT
    opened = administrator_connection(access.dsn)
    try:
        return opened.info.host, opened.info.port
    finally:
        opened.close()


def _authority(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        return file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentFault("server.join.no_file", file=str(file), why=str(error)) from error


def _backup(arguments: argparse.Namespace, access: Access) -> Any:
    folder = arguments.to or (access.folder / "backups" if access.folder else None)
    if folder is None:
        raise EnvironmentFault("server.admin.no_backup_folder")
    file = make_backup(target_of(access.superuser_dsn, access.database), folder)
    return _tell(arguments, "cli.admin.backed_up", file=str(file))


def _restore(arguments: argparse.Namespace, access: Access) -> Any:
    done = restore_backup(arguments.file, access.superuser_dsn, access.database)
    made_at = done.manifest.made_at.isoformat()
    said = _tell(arguments, "cli.admin.restored", made_at=made_at, aside=done.set_aside or "-")
    if done.without_password and not arguments.json:
        say("cli.admin.without_password", logins=", ".join(done.without_password))
    return {**said, "without_password": list(done.without_password)}


def _prepare(arguments: argparse.Namespace, access: Access) -> Any:
    # An embedded server's worker gets a new password at each start.
    password = None if access.folder else _password(arguments)
    prepare_database(access.superuser_dsn, access.database, worker_password=password)
    return _tell(arguments, "cli.admin.prepared", database=access.database)


def _verify_audit(arguments: argparse.Namespace, access: Access) -> Any:
    check_ready(access)
    head = verify(access.dsn)
    return _tell(arguments, "cli.admin.audit_whole", entries=head.n, hash=head.hash.hex())


def _password(arguments: argparse.Namespace) -> str:
    if arguments.password_fd is not None:
        password = line_from(arguments.password_fd)
    elif sys.stdin.isatty():
        password = getpass.getpass(words("cli.admin.ask_password"))
        if getpass.getpass(words("cli.admin.ask_again")) != password:
            raise EnvironmentFault("server.admin.passwords_differ")
    else:
        raise EnvironmentFault("server.admin.no_password")
    check_password(password)
    return password
