"""A short run of the black box, and that it would see what it looks for."""

import shutil
from collections.abc import Iterator
from random import Random

import pytest

from tests.blackbox.checks import Findings
from tests.blackbox.company import Company
from tests.blackbox.pen import Command, Pen
from tests.blackbox.run import check, check_books, company_in, counted, new_folder, work

SEED = 20260301
SECONDS = 12.0


@pytest.fixture(scope="module")
def company() -> Iterator[Company]:
    folder = new_folder()
    with company_in(folder, SEED, desks=2) as company:
        yield company
    shutil.rmtree(folder)


def test_psql_finds_once_what_was_acknowledged_and_nothing_else(company: Company) -> None:
    troubles = work(company, SEED, SECONDS)
    found = Findings()
    company.heal(found)
    check(company, found)
    assert (found, troubles.faults) == (Findings(), [])
    summary = counted(company, found, troubles)
    assert summary["acknowledged"] > 0
    assert summary["applied"] > 0
    assert sum(summary["kills"].values()) + summary["cuts"] + summary["silences"] > 0


PLANTED = (
    ("lost", "delete from command_result where op_id = '{op_id}'"),
    ("lost", "delete from stock_move where scope_id = '{project}'"),
    ("doubled", "update project set row_version = row_version + 1 where id = '{project}'"),
    (
        "unasked",
        """insert into project
        select (jsonb_populate_record(p, jsonb_build_object(
            'id', '{op_id}', 'scope_id', '{op_id}', 'code', 'PLANTED'))).*
        from project p where id = '{project}'""",
    ),
    (
        "unasked",
        "update ledger_entry set state = 'posted', number = '记-2026-0001'"
        " where scope_id = '{project}'",
    ),
    ("wrong", "update project set note = 'planted' where id = '{project}'"),
    ("wrong", "update stock_balance set on_hand = on_hand + 1 where scope_id = '{project}'"),
    ("wrong", "update ledger_line set debit = 2 where scope_id = '{project}' and debit = 1"),
    ("broken_links", "update audit_log set actor = 'planted' where op_id = '{op_id}'"),
)


def a_day(pen: Pen) -> list[Command]:
    """One project with one of each: the edit of its note comes second."""
    project, item, place = pen.id(), pen.id(), pen.id()
    founding = {
        "member_id": pen.id(),
        "code": pen.mark(),
        "name": "滨江花园",
        "kind": "residential",
        "planned_start": "2026-03-01",
    }
    edit = {"base": {"note": ""}, "values": {"note": pen.mark()}}
    receipt = {
        "location_id": place,
        "lines": [{"move_id": pen.id(), "item_id": item, "quantity": "2.5"}],
        "business_date": "2026-03-05",
        "document": pen.mark(),
    }
    entry = {
        "entry_id": pen.id(),
        "business_date": "2026-03-05",
        "summary": pen.mark(),
        "lines": [{"account": "5401.01", "debit": "1.00"}, {"account": "2202", "credit": "1.00"}],
        "device": "0001",
        "counter": 1,
    }
    steps: list[Command] = [
        ("projects.create", founding),
        ("projects.edit", edit),
        ("stock.add_item", {"item_id": item, "code": "GJ", "name": "螺纹钢", "unit": "t"}),
        ("stock.add_location", {"location_id": place, "code": "A", "name": "料场"}),
        ("stock.receive", receipt),
        ("ledger.draft", entry),
    ]
    return [(kind, {"scope_id": project, **payload}) for kind, payload in steps]


@pytest.fixture(scope="module")
def edits(company: Company) -> list[tuple[str, str]]:
    """For each of PLANTED a project of its own: the op_id of its edit, and its id."""
    days = [a_day(Pen(f"planted {number}", Random(number))) for number in range(len(PLANTED))]
    issued = company.desks[0].issue(*(command for day in days for command in day))
    return [
        (issued[1 + sum(map(len, days[:number]))], day[0][1]["scope_id"])
        for number, day in enumerate(days)
    ]


@pytest.mark.parametrize(("number", "planted"), list(enumerate(PLANTED)))
def test_what_is_planted_is_found(
    company: Company, edits: list[tuple[str, str]], number: int, planted: tuple[str, str]
) -> None:
    kind, statement = planted
    op_id, project = edits[number]
    psql = company.cluster.psql()
    clean = Findings()
    check_books(company, clean)
    # As the one who owns the server, past every trigger.
    statement = statement.format(op_id=op_id, project=project)
    psql.execute(f"set session_replication_role = replica; {statement}")
    broken = company.broken_links_in_audit() if kind == "broken_links" else []
    found = Findings(broken_links=broken)
    check_books(company, found)
    assert len(getattr(found, kind)) > len(getattr(clean, kind)), found
