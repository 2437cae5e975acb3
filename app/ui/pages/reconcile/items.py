"""One line of the inbox for each clash and each own edit that is not settled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.core.ids import COMPANY_SCOPE
from app.core.reconcile import ConflictState
from app.services.inbox import Inbox, Names, ShownConflict, typed_fields
from app.services.projects import CreateProject
from app.services.waiting import WaitingCommand, WaitingState
from app.ui.kit.text import tr
from app.ui.pages.reconcile.choices import differing, groups_of
from app.ui.pages.reconcile.wording import is_told, say_field, say_known, say_value, say_why
from app.ui.pages.wording import say_person

FIELDS_TOLD: Final = 3


class Section(StrEnum):
    """Where an item stands in the list."""

    NEEDS_ME = "needs_me"
    OTHERS = "others"
    WAITING = "waiting"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape, the name of its colour, and the id of its word."""

    shape: str
    color: str
    text_id: str


CLASH: Final = Mark("triangle", "overdue", "reconcile.page.mark_clash")
RETURNED: Final = Mark("diamond", "waiting", "reconcile.page.mark_returned")
REFUSED: Final = Mark("cross", "overdue", "reconcile.page.mark_refused")
BLOCKED: Final = Mark("cross", "overdue", "reconcile.page.mark_blocked")
IN_DOUBT: Final = Mark("diamond", "waiting", "reconcile.page.mark_in_doubt")
SAVED: Final = Mark("arrow_up", "draft", "reconcile.page.mark_saved")
STORED: Final = Mark("arrow_up", "running", "reconcile.page.mark_stored")
SETTLED: Final = Mark("check", "done", "reconcile.page.mark_settled")

OWN: Final = {
    WaitingState.SAVED: SAVED,
    WaitingState.STORED: STORED,
    WaitingState.IN_DOUBT: IN_DOUBT,
    WaitingState.REFUSED: REFUSED,
    WaitingState.BLOCKED: BLOCKED,
}


@dataclass(frozen=True, slots=True)
class InboxItem:
    """A line of the inbox; exactly one of `conflict` and `own` is there."""

    id: UUID
    section: Section
    mark: Mark
    title: str
    words: str
    project: str
    at: datetime
    conflict: ShownConflict | None = None
    own: WaitingCommand | None = None


def items_of(inbox: Inbox, login: str) -> list[InboxItem]:
    """Every line, by section and then newest first."""
    found = [_conflict_item(one, inbox.names, login) for one in inbox.conflicts]
    found += [_own_item(one, inbox.names) for one in inbox.own]
    found.sort(key=lambda item: item.at, reverse=True)
    return sorted(found, key=lambda item: list(Section).index(item.section))


def title_of(shown: ShownConflict, names: Names) -> str:
    """What a clash is about: the kind of record and its name."""
    view = shown.view
    name = view.title or names.tasks.get(view.row_id, "") or names.calendars.get(view.row_id, "")
    record = say_known(f"reconcile.record.{view.row_table}", view.row_table)
    return f"{record} {name}".strip()


def _conflict_item(shown: ShownConflict, names: Names, login: str) -> InboxItem:
    view = shown.view
    section, mark = _place(shown, login)
    at = view.resolved_at or view.issued_at
    return InboxItem(
        view.id,
        section,
        mark,
        title_of(shown, names),
        _about(shown, names, login),
        view.project or tr("people.page.company"),
        at,
        conflict=shown,
    )


def _place(shown: ShownConflict, login: str) -> tuple[Section, Mark]:
    view = shown.view
    if view.state is ConflictState.RESOLVED:
        return Section.SETTLED, SETTLED
    if view.state is ConflictState.RETURNED:
        return (Section.NEEDS_ME if view.their_actor == login else Section.OTHERS), RETURNED
    return (Section.NEEDS_ME if view.actor == login else Section.OTHERS), CLASH


def _about(shown: ShownConflict, names: Names, login: str) -> str:
    view = shown.view
    if view.state is ConflictState.RESOLVED:
        return tr("reconcile.page.settled_by", person=say_person(view.resolved_by, names.people))
    fields = [name for group in groups_of(shown) for name in differing(group)]
    if not view.groups:
        return say_known(view.reason_id, view.reason_id)
    told = _list_fields(fields)
    if view.actor == login:
        return tr("reconcile.page.both_changed", fields=told)
    return tr(
        "reconcile.page.two_changed",
        fields=told,
        first=say_person(view.actor, names.people),
        second=say_person(view.their_actor, names.people),
    )


def _list_fields(fields: Iterable[str]) -> str:
    words = list(dict.fromkeys(say_field(name) for name in fields))
    said = tr("people.page.comma").join(words[:FIELDS_TOLD])
    return said if len(words) <= FIELDS_TOLD else tr("reconcile.page.and_more", fields=said)


def _own_item(own: WaitingCommand, names: Names) -> InboxItem:
    came_back = own.state in (WaitingState.REFUSED, WaitingState.BLOCKED)
    return InboxItem(
        own.op_id,
        Section.NEEDS_ME if came_back else Section.WAITING,
        OWN[own.state],
        own_title(own, names),
        say_why(own.reason) if own.reason else own_words(own, names),
        own_place(own, names),
        own.issued_at,
        own=own,
    )


def own_place(own: WaitingCommand, names: Names) -> str:
    """The project of an own edit, also one that it would only found; "" where no name is known."""
    if own.scope_id == COMPANY_SCOPE:
        return tr("people.page.company")
    return names.projects.get(own.scope_id, "") or names.asked_for.get(own.scope_id, "")


def founding_of(own: WaitingCommand, beside: Iterable[WaitingCommand]) -> WaitingCommand:
    """The edit to be mended first: what would found the project that this one waits for."""
    return next(
        (one for one in beside if one.kind == CreateProject.KIND and one.scope_id == own.scope_id),
        own,
    )


def own_title(own: WaitingCommand, names: Names) -> str:
    """What an own edit is, with the name of what it is about."""
    about = ""
    for typed in typed_fields(own.payload):
        if typed.name in ("name", "display_name", "calendar_name", "login") and not about:
            about = str(typed.after)
        elif typed.name in ("task_id", "predecessor_id"):
            told = say_value(typed.name, typed.after, names, own.scope_id)
            about = told if is_told(typed, names) else about
    return f"{say_kind(own.kind)} {about}".strip()


def own_words(own: WaitingCommand, names: Names) -> str:
    """The first change that an own edit makes, in short."""
    for typed in typed_fields(own.payload):
        if typed.is_edit:
            before = say_value(typed.name, typed.before, names, own.scope_id)
            after = say_value(typed.name, typed.after, names, own.scope_id)
            return f"{say_field(typed.name)} {before} → {after}"
    return tr(
        "reconcile.page.not_sent" if own.state is WaitingState.SAVED else "reconcile.page.sent"
    )


def say_kind(kind: str) -> str:
    """A kind of command in words; the kind itself where this version does not know it."""
    return say_known(kind, kind)
