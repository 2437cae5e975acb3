"""Fills an empty database with the sample company, and lets its people in."""

from datetime import date

from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class

from app.core.errors import EnvironmentFault, Refused
from app.server.door import Door
from app.server.logins import check_password, set_person_logins
from app.server.sample.plans import load_sample

EXPECTED = ("applied", "conflict")
"""The sample holds a clash, for its inbox."""


def seed_sample(superuser_dsn: str, password: str, today: date) -> bool:
    """Makes the company if the database holds nobody, and gives all its people `password`.

    Whether it was made now. Refused if the database belongs to another company.
    """
    check_password(password)
    logins = [person["login"] for person in load_sample("company")["people"]]
    with Door(superuser_dsn) as door:
        known = _logins(door.opened)
        if known and not known.issuperset(logins):
            raise Refused("sample.not_empty")
        if not known:
            _make_company(door, today)
        set_person_logins(door.opened, logins, password)
        with door.opened.cursor() as cursor:
            # Jobs were given before there were logins to hold them.
            cursor.execute("select app.align_jobs(login) from person")
    return not known


def _make_company(door: Door, today: date) -> None:
    # Computes schedules, with numpy: not for a company that is there already.
    from app.server.sample.company import SampleCompany

    answers = door.settle(door.put(SampleCompany(today).commands()))
    failed = [answer for answer in answers if answer.state not in EXPECTED]
    if failed:
        reason = failed[0].reason
        words = "?" if reason is None else reason.text_id
        raise EnvironmentFault("sample.incomplete", count=len(failed), reason=words)


def _logins(opened: Connection) -> set[str]:
    with opened.cursor() as cursor:
        cursor.execute("select login from person")
        return {row[0] for row in cursor.fetchall()}
