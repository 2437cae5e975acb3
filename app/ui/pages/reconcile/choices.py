"""Whose value stands, field by field, until the choice is submitted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from app.services.inbox import ShownConflict
from app.services.reconcile import FieldGroup, Side

Matter = Literal["clash", "only_mine", "only_theirs", "same"]


def matter_of(group: FieldGroup) -> Matter:
    """Who changed the group: both differently, only the author, only the other, or both alike."""
    theirs = group.theirs or {}
    mine_differs = any(theirs.get(name) != mine for name, mine in group.mine.items())
    if not mine_differs:
        return "same"
    they_changed = any(theirs.get(name) != seen for name, seen in group.base.items())
    if not they_changed:
        return "only_mine"
    i_changed = any(group.base.get(name, mine) != mine for name, mine in group.mine.items())
    return "clash" if i_changed else "only_theirs"


def differing(group: FieldGroup) -> tuple[str, ...]:
    """The fields of a group in which the two sides differ."""
    theirs = group.theirs or {}
    return tuple(name for name, mine in group.mine.items() if theirs.get(name) != mine)


def told_fields(group: FieldGroup) -> tuple[str, ...]:
    """The fields worth a line: all but those that nobody touched, unless nobody touched any."""
    theirs = group.theirs or {}
    touched = tuple(
        name
        for name, mine in group.mine.items()
        if not (group.base.get(name) == mine == theirs.get(name))
    )
    return touched or tuple(group.mine)


@dataclass(slots=True)
class Choices:
    """The sides chosen so far. What only one of the two changed is chosen from the beginning."""

    groups: tuple[FieldGroup, ...]
    sides: dict[str, Side] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for group in self.groups:
            matter = matter_of(group)
            if matter == "only_mine":
                self.choose_group(group, Side.MINE)
            elif matter == "only_theirs":
                self.choose_group(group, Side.THEIRS)

    def choose(self, name: str, side: Side) -> None:
        """Chooses a side for one field."""
        self.sides[name] = side

    def choose_group(self, group: FieldGroup, side: Side) -> None:
        """Chooses a side for every field of a group that differs."""
        for name in differing(group):
            self.sides[name] = side

    def choose_all(self, side: Side) -> None:
        """Chooses a side for everything."""
        for group in self.groups:
            self.choose_group(group, side)

    def side_of(self, group: FieldGroup) -> Side | None:
        """The side chosen for a whole group; None while open or mixed."""
        sides = {self.sides.get(name) for name in differing(group)}
        return next(iter(sides)) if len(sides) == 1 else None

    def is_mixed(self, group: FieldGroup) -> bool:
        """Whether fields of a group come from both sides."""
        return len({self.sides[name] for name in differing(group) if name in self.sides}) > 1

    def whole_side(self) -> Side | None:
        """The side chosen throughout; None while open or mixed."""
        wanted = {self.sides.get(name) for group in self.groups for name in differing(group)}
        return next(iter(wanted)) if len(wanted) == 1 else None

    def undecided(self) -> tuple[FieldGroup, ...]:
        """Groups with a field that no side was chosen for."""
        return tuple(
            group
            for group in self.groups
            if any(name not in self.sides for name in differing(group))
        )

    def deciding(self) -> tuple[FieldGroup, ...]:
        """Groups that need or had a choice."""
        return tuple(group for group in self.groups if differing(group))

    def mine(self) -> dict[str, Any]:
        """The author's values that were chosen, by field."""
        return {
            name: group.mine[name]
            for group in self.groups
            for name in differing(group)
            if self.sides.get(name) is Side.MINE
        }


def groups_of(shown: ShownConflict) -> tuple[FieldGroup, ...]:
    """All groups of an edit that clashed: those that clash, then those that wait with them."""
    return (*shown.view.groups, *shown.rest)


def seen_of(groups: tuple[FieldGroup, ...]) -> Mapping[str, Any]:
    """What stands there now, of all groups."""
    return {name: value for group in groups for name, value in (group.theirs or {}).items()}
