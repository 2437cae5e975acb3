"""The panel beside the tables: jobs held, jobs to give, and what came of it."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.services.people import MembershipView, PersonView
from app.ui.kit.labels import Label
from app.ui.kit.text import texts
from app.ui.pages.people.panel import JobsPanel, PersonPanel
from app.ui.pages.people.standing import Scope, Standing

LEFT = Qt.MouseButton.LeftButton
PROJECT, OTHER = UUID(int=5), UUID(int=6)
COMPANY = Scope(COMPANY_SCOPE, "", False)
SCOPES = (COMPANY, Scope(PROJECT, "滨江", True), Scope(OTHER, "工业厂房", False))


def person(login: str, *held: tuple[UUID, Job], active: bool = True) -> PersonView:
    memberships = tuple(MembershipView(UUID(int=n), *one) for n, one in enumerate(held))
    return PersonView(UUID(int=len(login)), login, login.title(), "内线 7", active, memberships)


LI = person("li.na", (PROJECT, Job.PLANNER), (OTHER, Job.STOREKEEPER))
SUN = person("sun.wei")
GONE = person("gone", active=False)
STANDING = Standing((LI, SUN, GONE), SCOPES, may_administrate=False)


@pytest.fixture
def panel(qtbot: QtBot) -> PersonPanel:
    made = PersonPanel()
    qtbot.addWidget(made)
    made.show()
    made.show_person(STANDING, LI)
    return made


def words(panel: PersonPanel | JobsPanel) -> str:
    return "\n".join(one.text() for one in panel.findChildren(Label) if one.isVisibleTo(panel))


def test_jobs_are_shown_by_scope_and_taken_where_one_leads(
    panel: PersonPanel, qtbot: QtBot
) -> None:
    for said in (
        "Li.Na",
        "li.na · 内线 7",
        "滨江",
        "计划员",
        "工业厂房",
        texts().tr("people.job.storekeeper"),
    ):
        assert said in words(panel), said
    (revoke,) = panel.revokes.values()
    assert "滨江" in revoke.accessibleName()
    with qtbot.waitSignal(panel.revoke_asked) as asked:
        qtbot.mouseClick(revoke, LEFT)
    assert asked.args == ["li.na", LI.memberships[0]]


def test_jobs_are_given_where_one_leads(panel: PersonPanel, qtbot: QtBot) -> None:
    assert [panel.scope.itemData(n) for n in range(panel.scope.count())] == [PROJECT]
    panel.choose(PROJECT, Job.QUALITY_OFFICER)
    offered = {panel.job.itemData(n) for n in range(panel.job.count())}
    assert offered == set(Job) - {Job.ADMINISTRATOR}
    with qtbot.waitSignal(panel.grant_asked) as asked:
        qtbot.mouseClick(panel.grant, LEFT)
    assert asked.args == ["li.na", PROJECT, Job.QUALITY_OFFICER]


def test_nothing_is_asked_before_all_is_chosen(panel: PersonPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.grant_asked):
        panel.scope.set_value(PROJECT)
        qtbot.mouseClick(panel.grant, LEFT)
    assert panel.login == "li.na"


def test_while_the_server_is_asked_nothing_else_can_be(panel: PersonPanel) -> None:
    panel.wait()
    buttons = (panel.grant, panel.scope, panel.job, *panel.revokes.values())
    assert not any(one.isEnabled() for one in buttons)
    panel.show_person(STANDING, LI)
    assert not any(one.isEnabled() for one in (panel.grant, *panel.revokes.values()))
    panel.say_answer("没有生效", refused=True)
    assert panel.answer == "没有生效"
    assert all(one.isEnabled() for one in (panel.grant, *panel.revokes.values()))


def test_an_answer_stays_with_its_person(panel: PersonPanel) -> None:
    panel.say_answer("已生效")
    panel.show_person(STANDING, LI)
    assert panel.answer == "已生效"
    panel.show_person(STANDING, SUN)
    assert panel.answer == ""
    assert panel.revokes == {}


def test_who_left_gets_no_job_and_nobody_is_nobody(panel: PersonPanel) -> None:
    panel.show_person(STANDING, GONE)
    assert not panel.grant.isEnabled()
    panel.show_person(STANDING, None)
    assert panel.login == ""
    assert not panel.grant.isEnabled()


def test_the_last_administrator_cannot_be_taken_away(panel: PersonPanel) -> None:
    boss = person("boss", (COMPANY_SCOPE, Job.ADMINISTRATOR))
    lead = Standing((boss,), (Scope(COMPANY_SCOPE, "", True),), may_administrate=True)
    panel.show_person(lead, boss)
    assert panel.revokes == {}
    two = Standing((boss, person("second", (COMPANY_SCOPE, Job.ADMINISTRATOR))), lead.scopes, True)
    panel.show_person(two, boss)
    assert len(panel.revokes) == 1


def test_every_job_is_explained_in_both_languages(qtbot: QtBot) -> None:
    panel = JobsPanel()
    qtbot.addWidget(panel)
    chinese = words(panel)
    assert all(texts().tr(f"people.page.may.{job}") in chinese for job in Job)
    texts().set_language("en")
    panel.retranslate()
    assert all(texts().tr(f"people.page.may.{job}") in words(panel) for job in Job)
