"""Rows in the search over everything."""

from uuid import UUID

from msgspec import structs

from app.core.ids import COMPANY_SCOPE
from app.ui.program.records import Records
from tests.sync.desks import Office, new_project


def test_rows_are_found_and_open_their_page(site: Office) -> None:
    anna = site.filled("anna")
    founded = structs.replace(new_project(anna, "湖滨学校"), code="HB-001")
    anna.execute(founded)
    opened: list[tuple[str, UUID, UUID]] = []
    records = Records(
        anna.search, lambda page, scope_id, row_id: opened.append((page, scope_id, row_id))
    )

    with anna.read() as session:
        (project,) = records.find(session, "湖滨", 9)
        (person,) = records.find(session, "boris", 9)
        assert records.find(session, "", 9) == []
        assert records.find(session, "没有的", 9) == []
        assert len(records.find(session, "b", 1)) <= 1

    assert (project.title, project.icon, project.detail) == ("湖滨学校", "projects", "HB-001")
    project.open()
    person.open()
    assert opened[0] == ("projects", founded.scope_id, founded.scope_id)
    assert opened[1][:2] == ("people", COMPANY_SCOPE)
