"""What was typed is shown whole: also of commands that this program cannot read."""

from dataclasses import replace
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from app.core.errors import Reason
from app.services.commands import encode
from app.services.inbox import Names, read_inbox
from app.services.waiting import WaitingCommand, WaitingState
from app.ui.kit.labels import Label
from app.ui.pages.reconcile.typed import STATUS, OwnView, typed_text
from tests.services.office import BEGINNING, WORKDAY
from tests.ui.pages.company import ME, Company

FUTURE = WaitingCommand(
    UUID(int=1),
    UUID(int=2),
    "from.the.future",
    '{"scope_id": "00000000-0000-0000-0000-000000000002", "crew": "张三班组", "tons": 12}',
    BEGINNING,
    WaitingState.REFUSED,
    Reason("future.no_crane", {"crane": "3#"}),
)


@pytest.fixture
def edited(company: Company) -> WaitingCommand:
    """A refused edit of duration and note."""
    edit = company.task_edit(
        company.road,
        company.works[company.road][3],
        duration_minutes=9 * WORKDAY,
        note="先东区\n后西区",
    )
    return WaitingCommand(
        UUID(int=3),
        edit.scope_id,
        edit.KIND,
        encode(edit),
        BEGINNING,
        WaitingState.REFUSED,
        Reason("schedule.task_gone"),
    )


def names_of(company: Company, own: WaitingCommand) -> Names:
    with company.read() as session:
        return read_inbox(session, ME, [own]).names


def words(view: OwnView) -> list[str]:
    return [one.text() for one in view.findChildren(Label)]


def test_an_edit_shows_before_and_after(
    company: Company, edited: WaitingCommand, qtbot: QtBot
) -> None:
    view = OwnView(edited, names_of(company, edited), (1, 1))
    qtbot.addWidget(view)
    said = words(view)
    assert said.index("14 天") < said.index("9 天")
    assert "先东区\n后西区" in said
    assert any("市政道路改造工程" in one for one in said)


def test_its_text_can_be_kept_elsewhere(company: Company, edited: WaitingCommand) -> None:
    text = typed_text(edited, names_of(company, edited))
    title, *lines = text.splitlines()
    assert title == "修改任务 基础底板"
    assert "工期\t9 天" in lines
    assert "备注\t先东区" in lines


def test_a_command_of_another_version_loses_nothing(company: Company, qtbot: QtBot) -> None:
    names = names_of(company, FUTURE)
    view = OwnView(FUTURE, names, (2, 3))
    qtbot.addWidget(view)
    said = "\n".join(words(view))
    for typed in ("from.the.future", "张三班组", "12", "future.no_crane"):
        assert typed in said, typed
    text = typed_text(FUTURE, names)
    assert "张三班组" in text
    assert "tons\t12" in text


@pytest.mark.parametrize("payload", ["", "[]", "not json", '"text"', "null"])
def test_a_damaged_text_is_shown_as_it_is(company: Company, qtbot: QtBot, payload: str) -> None:
    own = replace(FUTURE, payload=payload)
    view = OwnView(own, names_of(company, own), (1, 1))
    qtbot.addWidget(view)
    assert "from.the.future" in "\n".join(words(view))
    if payload == "not json":
        assert payload in "\n".join(words(view))


def test_every_state_has_its_colour_and_words(company: Company, qtbot: QtBot) -> None:
    assert STATUS.keys() == set(WaitingState)
    said = set()
    for state in WaitingState:
        own = replace(FUTURE, state=state, reason=None)
        view = OwnView(own, names_of(company, own), (1, 1))
        qtbot.addWidget(view)
        said.add("\n".join(words(view)))
    assert len(said) == len(WaitingState)
