"""The transaction of a command: stamps, versions, what it touched, merge and clash, bulk rows."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.schedule import CalendarDay, WorkCalendar
from app.services.schedule.queries import load_plan
from app.services.tx import Clash, Tx
from tests.services.conftest import LEADER
from tests.services.office import SIX_DAYS, Office, new_id

GROUPS = {"name": ("name",), "note": ("note",)}


class Open:
    """A transaction in one project."""

    def __init__(self, office: Office, session: Session, project_id: UUID) -> None:
        self.session = session
        self.tx = Tx(
            session,
            scope_id=project_id,
            op_id=new_id(),
            actor="chen.li",
            issued_at=office.now,
        )

    def calendar(self, name: str = "夜班") -> WorkCalendar:
        return self.tx.add(WorkCalendar(id=new_id(), name=name, week=SIX_DAYS, note=""))


@pytest.fixture
def opened(office: Office) -> Iterator[Open]:
    project_id = office.found(LEADER, "A", "甲")
    with office.write() as session:
        yield Open(office, session, project_id)


def test_a_new_row_is_stamped_and_told(opened: Open, office: Office) -> None:
    row = opened.calendar()
    opened.session.flush()
    assert (row.scope_id, row.row_version) == (opened.tx.scope_id, 1)
    assert (row.created_by, row.updated_by) == ("chen.li", "chen.li")
    assert row.created_at == row.updated_at == office.now
    assert opened.tx.changes().tables == {"work_calendar": {row.id}}
    assert opened.tx.find(WorkCalendar, row.id) is row
    assert opened.tx.find(WorkCalendar, new_id()) is None


def test_a_change_counts_a_version_unless_nothing_changes(opened: Open) -> None:
    row = opened.calendar()
    opened.tx.change(row, {"name": "夜班"})
    assert row.row_version == 1
    opened.tx.change(row, {"name": "早班", "note": "x"})
    assert (row.row_version, row.name, row.note) == (2, "早班", "x")


def test_rows_of_another_scope_are_not_found(opened: Open, office: Office) -> None:
    other = office_calendar(opened.session)
    tx = Tx(opened.session, scope_id=new_id(), op_id=new_id(), actor="x", issued_at=office.now)
    assert tx.find(WorkCalendar, other.id) is None


def office_calendar(session: Session) -> WorkCalendar:
    found = session.scalars(select(WorkCalendar)).first()
    assert found is not None
    return found


def test_merge_writes_what_did_not_change_meanwhile(opened: Open) -> None:
    row = opened.calendar()
    assert opened.tx.merge(row, GROUPS, {"name": "夜班"}, {"name": "早班"})
    assert not opened.tx.merge(row, GROUPS, {"name": "夜班"}, {"name": "早班"})
    assert row.name == "早班"


def test_merge_holds_the_whole_edit_back_for_one_clash(opened: Open) -> None:
    row = opened.calendar()
    with pytest.raises(Clash) as clash:
        opened.tx.merge(row, GROUPS, {"name": "白班", "note": ""}, {"name": "早班", "note": "x"})
    assert (row.name, row.note, row.row_version) == ("夜班", "", 1)
    assert (clash.value.row_table, clash.value.row_id) == ("work_calendar", row.id)
    assert [one.group for one in clash.value.clashes] == ["name"]
    assert clash.value.reason.text_id == "reconcile.changed_meanwhile"


def test_bulk_rows_are_stamped_and_removed(opened: Open) -> None:
    calendar = opened.calendar()
    rows: list[dict[str, Any]] = [
        {
            "id": new_id(),
            "calendar_id": calendar.id,
            "day": date(2026, 1, 1) + timedelta(days=n),
            "shifts": (),
            "name": "",
            "provisional": False,
        }
        for n in range(1200)
    ]
    opened.tx.insert_rows(CalendarDay, rows)
    opened.tx.insert_rows(CalendarDay, [])
    ids = {row["id"] for row in rows}
    assert opened.tx.changes().tables["calendar_day"] == ids
    stored = opened.session.scalars(select(CalendarDay)).first()
    assert stored is not None
    assert (stored.row_version, stored.created_by) == (1, "chen.li")

    opened.tx.remove_rows(CalendarDay, list(ids)[:1100])
    left = opened.session.scalar(select(func.count()).select_from(CalendarDay))
    assert left == 100


def test_a_removed_row_is_told(opened: Open) -> None:
    row = opened.calendar()
    opened.session.flush()
    opened.tx.remove(row)
    opened.session.flush()
    assert opened.tx.find(WorkCalendar, row.id) is None
    assert opened.tx.changes().tables == {"work_calendar": {row.id}}


def test_what_is_refused_leaves_no_trace(office: Office) -> None:
    project_id = office.found(LEADER, "A", "甲")

    def fail() -> None:
        with office.write() as session:
            Open(office, session, project_id).calendar()
            session.flush()
            raise ValueError

    with pytest.raises(ValueError):
        fail()
    with office.read() as session:
        plan = load_plan(session, project_id)
    assert plan is not None
    assert len(plan.calendars) == 1
