"""Lines of the inbox: section, mark, title and words, for the author, the other and the rest."""

from datetime import timedelta
from uuid import UUID

from app.core.errors import Reason
from app.core.projects import ProjectKind
from app.services.commands import encode
from app.services.inbox import Inbox, read_inbox
from app.services.projects import CreateProject
from app.services.reconcile import ReturnConflict
from app.services.waiting import WaitingCommand, WaitingState
from app.ui.pages.reconcile.items import OWN, InboxItem, Section, founding_of, items_of
from tests.services.office import BEGINNING, WORKDAY, new_id
from tests.ui.pages.company import CHEN, ME, TODAY, Company


def items(company: Company, login: str, *own: WaitingCommand) -> list[InboxItem]:
    with company.read() as session:
        found: Inbox = read_inbox(session, login, own)
    return items_of(found, login)


def test_a_clash_stands_where_it_waits(company: Company, usual_look: None) -> None:
    conflict_id = company.clash_about_work()
    (mine,) = items(company, ME)
    (theirs,) = items(company, CHEN)
    assert (mine.section, theirs.section) == (Section.NEEDS_ME, Section.OTHERS)
    assert (mine.title, mine.project) == ("任务 一至三层结构", "滨江花园二期住宅")
    assert mine.words == "工期、备注、编码：两边都改了"
    assert theirs.words == "工期、备注、编码：周明远与陈立都改了"

    command = ReturnConflict(scope_id=company.riverside, conflict_id=conflict_id, remark="请定")
    company.run(command, ME)
    assert items(company, ME)[0].section is Section.OTHERS
    assert items(company, CHEN)[0].section is Section.NEEDS_ME


def test_own_edits_stand_by_state_and_time(company: Company, usual_look: None) -> None:
    edit = company.task_edit(
        company.road, company.works[company.road][3], duration_minutes=9 * WORKDAY
    )
    own = [
        WaitingCommand(
            new_id(),
            edit.scope_id,
            edit.KIND,
            encode(edit),
            BEGINNING + timedelta(minutes=n),
            state,
            Reason("schedule.task_gone") if state is WaitingState.REFUSED else None,
        )
        for n, state in enumerate(WaitingState)
    ]
    found = items(company, ME, *own)
    assert [(item.section, item.mark) for item in found] == [
        (Section.NEEDS_ME, OWN[WaitingState.BLOCKED]),
        (Section.NEEDS_ME, OWN[WaitingState.REFUSED]),
        (Section.WAITING, OWN[WaitingState.IN_DOUBT]),
        (Section.WAITING, OWN[WaitingState.STORED]),
        (Section.WAITING, OWN[WaitingState.SAVED]),
    ]
    assert found[1].words == "该任务已被他人删除。"
    assert {item.title for item in found} == {"修改任务 基础底板"}


def test_what_this_version_does_not_know_is_listed_all_the_same(
    company: Company, usual_look: None
) -> None:
    own = WaitingCommand(
        new_id(),
        new_id(),
        "later.kind",
        "{damaged",
        BEGINNING,
        WaitingState.REFUSED,
        Reason("later.reason"),
    )
    (item,) = items(company, ME, own)
    assert item.title == "later.kind"
    assert "later.reason" in item.words


def test_what_waits_for_a_project_names_it_and_leads_to_its_founding(
    company: Company, usual_look: None
) -> None:
    create = CreateProject(
        scope_id=new_id(),
        member_id=new_id(),
        code="SD-1",
        name="湖滨学校",
        kind=ProjectKind.PUBLIC,
        planned_start=TODAY,
    )

    def own(kind: str, payload: str, scope_id: UUID) -> WaitingCommand:
        return WaitingCommand(
            new_id(), scope_id, kind, payload, BEGINNING, WaitingState.BLOCKED, None
        )

    founding = own(create.KIND, encode(create), create.scope_id)
    waiting = own("schedule.import", "{}", create.scope_id)
    unknown = own("schedule.import", "{}", new_id())
    found = items(company, ME, founding, waiting, unknown)

    assert sorted(item.project for item in found) == ["", "湖滨学校", "湖滨学校"]
    assert founding_of(waiting, (waiting, founding)) == founding
    assert founding_of(unknown, (waiting, founding)) == unknown
