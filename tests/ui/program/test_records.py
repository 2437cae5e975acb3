"""Rows in the search over everything."""

from uuid import UUID

from msgspec import structs

from app.core.ids import COMPANY_SCOPE
from app.services.schedule.tasks import AddTask
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


def test_a_task_says_whose_project_it_is_in(site: Office) -> None:
    anna = site.filled("anna")
    for code, name in (("HB-001", "湖滨学校"), ("QL-002", "青龙河大桥")):
        project = structs.replace(new_project(anna, name), code=code)
        anna.execute(project)
        anna.execute(
            AddTask(
                scope_id=project.scope_id,
                task_id=anna.new_id(),
                name="厂区道路",
                code="8.3",
                duration_minutes=480,
            )
        )
    records = Records(anna.search, lambda *_: None)
    with anna.read() as session:
        hits = records.find(session, "厂区道路", 9)
    assert {hit.detail for hit in hits} == {"湖滨学校 · 8.3", "青龙河大桥 · 8.3"}
