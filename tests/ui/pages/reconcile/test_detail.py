"""The item in full: kept while it is the same, with the choices that still hold."""

import pytest
from pytestqt.qtbot import QtBot

from app.core.errors import Reason
from app.services.commands import encode
from app.services.inbox import read_inbox
from app.services.reconcile import Side
from app.services.waiting import WaitingCommand, WaitingState
from app.ui.pages.reconcile.conflict_view import ConflictView
from app.ui.pages.reconcile.detail import Detail
from app.ui.pages.reconcile.items import items_of
from app.ui.pages.reconcile.typed import OwnView
from tests.services.office import BEGINNING, WORKDAY, new_id
from tests.ui.pages.company import CHEN, ME, Company


@pytest.fixture
def detail(qtbot: QtBot) -> Detail:
    made = Detail(ME)
    qtbot.addWidget(made)
    return made


def show_first(detail: Detail, company: Company, *own: WaitingCommand) -> None:
    """Shows what stands first in the inbox now."""
    with company.read() as session:
        inbox = read_inbox(session, ME, own)
    detail.show_item(items_of(inbox, ME)[0], inbox.names, (1, 1))


def clash_in(detail: Detail) -> ConflictView:
    assert isinstance(detail.view, ConflictView)
    return detail.view


def test_the_same_clash_is_not_built_again(detail: Detail, company: Company) -> None:
    company.clash_about_work()
    show_first(detail, company)
    before = detail.view
    show_first(detail, company)
    assert detail.view is before
    detail.forget()
    show_first(detail, company)
    assert detail.view is not before


def test_choices_stay_but_for_what_stands_differently_by_now(
    detail: Detail, company: Company
) -> None:
    company.clash_about_work()
    show_first(detail, company)
    detail.conflict_foot.mine.click()
    assert detail.conflict_foot.submit.isEnabled()
    task_id = company.works[company.riverside][6]
    company.edit_task(CHEN, company.riverside, task_id, duration_minutes=14 * WORKDAY)

    show_first(detail, company)

    assert clash_in(detail).choices.sides["note"] is Side.MINE
    assert "duration_minutes" not in clash_in(detail).choices.sides
    assert detail.side is None
    assert not detail.conflict_foot.submit.isEnabled()


def test_every_choice_is_told_for_its_outcome(
    detail: Detail, company: Company, qtbot: QtBot
) -> None:
    company.clash_about_work()
    show_first(detail, company)
    with qtbot.waitSignal(detail.chosen) as told:
        detail.conflict_foot.theirs.click()
    assert told.args == [detail.view]
    detail.conflict_foot.by_field.click()
    assert clash_in(detail).by_field
    assert detail.conflict_foot.by_field.isChecked()


def test_an_own_edit_has_its_own_bar_and_nothing_has_none(detail: Detail, company: Company) -> None:
    detail.show()
    edit = company.task_edit(company.road, company.works[company.road][3], note="x")
    refused = WaitingCommand(
        new_id(),
        edit.scope_id,
        edit.KIND,
        encode(edit),
        BEGINNING,
        WaitingState.REFUSED,
        Reason("schedule.task_gone"),
    )
    show_first(detail, company, refused)
    assert type(detail.view).__name__ == OwnView.__name__
    assert detail.own_foot.send_again.isVisible()
    assert not detail.conflict_foot.isVisible()
    detail.show_nothing()
    assert detail.view is None
    assert not detail.own_foot.isVisible()
