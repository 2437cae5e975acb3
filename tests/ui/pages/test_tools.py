"""What pages are handed: made of what they may know, and not theirs to change."""

from dataclasses import FrozenInstanceError, fields, is_dataclass
from typing import get_args, get_type_hints

import pytest

from app.ui.pages import tools
from app.ui.pages.tools import DeskCheck, DeskDoors, DeskFacts, PageTools
from tests.ui.pages.company import ME
from tests.ui.pages.window import Waiting, tools_of

FOREIGN = ("app.sync", "app.ports", "app.models", "app.server", "sqlalchemy", "psycopg2")


def types_in(hint: object) -> set[str]:
    """The modules of all types within a type."""
    inner = get_args(hint)
    if not inner:
        return {getattr(hint, "__module__", "")}
    flat = [part for one in inner for part in (one if isinstance(one, list) else [one])]
    return set().union(*(types_in(part) for part in flat))


@pytest.mark.parametrize("kind", [PageTools, DeskDoors, DeskFacts, DeskCheck])
def test_pages_meet_no_type_of_a_room_they_may_not_enter(kind: type) -> None:
    assert is_dataclass(kind)
    hints = get_type_hints(kind, vars(tools))
    assert hints.keys() == {one.name for one in fields(kind)}
    modules = set().union(*(types_in(hint) for hint in hints.values()))
    assert not [name for name in modules if name.startswith(FOREIGN)]


def test_a_page_cannot_exchange_a_door() -> None:
    made = tools_of(ME, Waiting())
    with pytest.raises(FrozenInstanceError):
        made.login = "someone.else"  # type: ignore[misc]
