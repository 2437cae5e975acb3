"""A short run of the black box, and that it would see what it looks for."""

import shutil
from collections.abc import Iterator

import pytest

from tests.blackbox.checks import Findings
from tests.blackbox.company import Company
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


PLANTED = {
    "lost": "delete from command_result where op_id = '{op_id}'",
    "doubled": "update project set row_version = row_version + 1 where id = '{project}'",
    "unasked": """
        insert into project
        select (jsonb_populate_record(p, jsonb_build_object(
            'id', '{op_id}', 'scope_id', '{op_id}', 'code', 'PLANTED'))).*
        from project p where id = '{project}'""",
    "wrong": "update project set note = 'planted' where id = '{project}'",
    "broken_links": "update audit_log set actor = 'planted' where op_id = '{op_id}'",
}


@pytest.mark.parametrize("kind", PLANTED)
def test_what_is_planted_is_found(company: Company, kind: str) -> None:
    psql = company.cluster.psql()
    edited = company.desks[0].found_and_edit()
    row = psql.rows(f"select op_id, scope_id from audit_log where op_id = '{edited}'")[0]
    clean = Findings()
    check_books(company, clean)
    planted = PLANTED[kind].format(op_id=row["op_id"], project=row["scope_id"])
    # As the one who owns the server, past every trigger.
    psql.execute(f"set session_replication_role = replica; {planted}")
    found = Findings(broken_links=company.broken_links_in_audit())
    check_books(company, found)
    assert len(getattr(found, kind)) > len(getattr(clean, kind)), found
