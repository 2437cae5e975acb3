"""Columns of the project list and questions of its form."""

from dataclasses import replace
from datetime import date

import pytest

from app.core.projects import ProjectKind, ProjectStage
from app.services.home import PlanFactsCache, show_overview
from app.ui.kit.columns import Column
from app.ui.kit.status import Status
from app.ui.pages.projects.columns import COLUMNS, ProjectRow, specs
from tests.ui.pages.company import ME, TODAY, Company
from tests.ui.pages.widths import too_narrow


def column(key: str) -> Column[ProjectRow]:
    return next(one for one in COLUMNS if one.key == key)


@pytest.fixture
def row(company: Company, usual_look: None) -> ProjectRow:
    """The project by the river, which this person leads."""
    with company.read() as session:
        overview = show_overview(session, PlanFactsCache(), ME)
    progress = next(one for one in overview.projects if one.project.id == company.riverside)
    return ProjectRow(progress, may_edit=True)


def test_a_row_says_the_facts_and_how_it_stands(row: ProjectRow) -> None:
    words = {one.key: one.say(row) for one in COLUMNS}
    assert (words["code"], words["stage"], words["kind"]) == ("BJ-2026-018", "在建", "住宅")
    assert (words["planned_start"], words["tasks"]) == ("2026-02-02", "12")
    assert column("stage").value(row) is Status.RUNNING
    assert words["days_late"] == (f"{row.progress.days_late} 天" if row.progress.days_late else "–")
    bare = replace(row, progress=replace(row.progress, plan=None))
    assert [column(key).say(bare) for key in ("percent", "finish", "tasks")] == ["–", "–", "–"]


def test_only_facts_are_edited_and_only_where_one_may(row: ProjectRow) -> None:
    computed = {"percent", "finish", "days_late", "tasks"}
    assert {one.key for one in COLUMNS if not one.can_edit(row)} == computed
    assert not any(one.can_edit(replace(row, may_edit=False)) for one in COLUMNS)


def test_typing_means_a_stage_a_kind_a_day(row: ProjectRow) -> None:
    assert column("stage").read(row, "停工", TODAY) is ProjectStage.SUSPENDED
    assert column("kind").read(row, "公建", TODAY) is ProjectKind.PUBLIC
    assert column("planned_finish").read(row, "2026-08-30", TODAY) == date(2026, 8, 30)
    assert column("planned_finish").read(row, "", TODAY) is None
    for key, typed in (("name", " "), ("planned_start", ""), ("stage", "飞行")):
        with pytest.raises(ValueError, match=r"."):
            column(key).read(row, typed, TODAY)


def test_the_form_asks_for_what_the_list_edits(usual_look: None) -> None:
    asked = specs(lambda _value: "", lambda _value: "")
    assert {one.key for one in asked} == {one.key for one in COLUMNS if one.editable}
    must = {one.key for one in asked if one.required}
    assert must == {"code", "name", "kind", "stage", "planned_start"}


def test_titles_and_choices_fit_their_columns(usual_look: None) -> None:
    stages = [f"projects.stage.{stage}" for stage in ProjectStage]
    kinds = [f"projects.kind.{kind}" for kind in ProjectKind]
    assert too_narrow(COLUMNS, {"stage": stages, "kind": kinds}) == []
