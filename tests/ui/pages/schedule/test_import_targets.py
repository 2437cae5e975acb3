"""Where a schedule file may go, and what a new project is called."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from app.ui.kit.fields import TextField
from app.ui.kit.labels import Label
from app.ui.pages.schedule.import_targets import Founding, ImportTargets, name_of

TODAY = date(2026, 3, 24)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("insisoc_mp_j120_a5_nr1.mspdi.xml", "insisoc_mp_j120_a5_nr1"),
        ("滨江花园.xer", "滨江花园"),
        ("plan.v2.xml", "plan.v2"),
        ("plan.MPP.xml", "plan"),
        (".xer", ".xer"),
        ("a" * 200 + ".xer", "a" * 120),
    ],
)
def test_a_project_is_called_like_its_file(source: str, name: str) -> None:
    assert name_of(source) == name


def targets(
    qtbot: QtBot, source: str, founding: Founding, here_fault_id: str = ""
) -> ImportTargets:
    made = ImportTargets(source, founding, here_fault_id, TODAY)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_code_in_use_is_told_at_its_field_before_anything_is_saved(qtbot: QtBot) -> None:
    founding = Founding(True, {"plan": "滨江花园"})
    made = targets(qtbot, "plan.xer", founding, "schedule.page.import_here_taken")
    fault = "项目编号 plan 已用于“滨江花园”，请换一个编号。"
    assert fault in [one.text() for one in made.form.findChildren(Label)]
    assert made.form.find_faults() == {"code": fault}
    code = made.form.field("code")
    assert isinstance(code, TextField)
    code.setText("plan-2")
    assert made.form.find_faults() == {}


def test_a_long_name_gives_a_code_that_fits(qtbot: QtBot) -> None:
    made = targets(qtbot, "x" * 80 + ".xer", Founding(True), "schedule.page.import_here_none")
    assert made.form.find_faults() == {}
    assert made.form.values()["code"] == "x" * 40


def test_what_is_closed_says_why_and_what_is_open_is_chosen(qtbot: QtBot) -> None:
    here = targets(qtbot, "plan.xer", Founding())
    assert here.here.isChecked()
    assert here.new.text() == "导入为新项目（只有项目经理或管理员可以新建项目）"
    assert not here.form.isVisible()

    new = targets(qtbot, "plan.xer", Founding(True), "schedule.page.import_here_planners")
    assert new.new.isChecked()
    assert new.form.isVisible()
    assert new.here.text() == "导入到当前项目（您的岗位不能编制此项目的计划）"

    nowhere = targets(qtbot, "plan.xer", Founding(), "schedule.page.import_here_taken")
    assert not nowhere.is_possible
    assert not nowhere.here.isChecked()
    assert not nowhere.new.isChecked()
