"""Links: added, changed, removed; a cycle is refused with all its names."""

from itertools import pairwise

import pytest

from app.core.errors import Refused
from app.core.schedule.network import LagKind, LinkType
from app.services.schedule.links import EditLink, LinkFields, LinkTasks, UnlinkTasks
from app.services.schedule.outline import MoveTask
from app.services.tx import Clash
from tests.services.schedule.site import COLLEAGUE, DAY, Site, new_id


def test_a_link_holds_its_successor(site: Site) -> None:
    before = site.add("土方", 2)
    after = site.add("垫层", 1, after=before)
    site.link(before, after, lag=DAY)
    task = site.plan().task(after)
    assert task is not None
    assert task.dates is not None
    assert f"{task.dates.early_start:%m-%d}" == "03-05"


def test_a_cycle_is_refused_naming_every_task_of_it(site: Site) -> None:
    names = ["开挖", "垫层", "防水", "筏板"]
    ids = [site.add(name, code=f"A{n}") for n, name in enumerate(names)]
    outside = site.add("围挡", code="B")
    for before, after in pairwise(ids):
        site.link(before, after)
    site.link(outside, ids[0])
    with pytest.raises(Refused) as error:
        site.link(ids[-1], ids[0])
    assert error.value.reason.text_id == "schedule.cycle"
    said = str(error.value.reason.parameters["cycle"]).split(" → ")
    assert said[0] == said[-1]
    assert set(said) == {f"A{n} {name}" for n, name in enumerate(names)}
    assert len(said) == len(names) + 1
    assert len(site.plan().links) == len(names)


def test_a_way_back_over_the_outline_is_a_cycle(site: Site) -> None:
    above = site.add("基础")
    inside = site.add("垫层", parent=above)
    other = site.add("主体", after=above)
    site.link(above, other)
    with pytest.raises(Refused) as error:
        site.link(other, inside)
    assert error.value.reason.text_id == "schedule.cycle"
    with pytest.raises(Refused) as error:
        site.link(above, inside)
    assert error.value.reason.text_id == "schedule.cycle"


def test_moving_a_task_below_what_it_waits_for_is_refused(site: Site) -> None:
    first, second = site.add("基础"), site.add("主体")
    site.link(first, second)
    before = site.shape()
    with pytest.raises(Refused) as error:
        site.run(
            MoveTask(
                scope_id=site.project_id,
                task_id=second,
                base_parent_id=None,
                parent_id=first,
                after_id=None,
            )
        )
    assert error.value.reason.text_id == "schedule.cycle"
    assert site.shape() == before


@pytest.mark.parametrize("case", ["itself", "twice", "gone"])
def test_what_is_no_link_is_refused(site: Site, case: str) -> None:
    first, second = site.add("基础"), site.add("主体")
    site.link(first, second)
    ends = {"itself": (first, first), "twice": (first, second), "gone": (first, new_id())}
    reasons = {
        "itself": "schedule.linked_to_itself",
        "twice": "schedule.linked_already",
        "gone": "schedule.task_gone",
    }
    with pytest.raises(Refused) as error:
        site.link(*ends[case])
    assert error.value.reason.text_id == reasons[case]
    site.link(first, second, LinkType.SS)
    assert len(site.plan().links) == 2


def edit(site: Site, **fields: object) -> EditLink:
    (link,) = site.plan().links
    return EditLink(
        scope_id=site.project_id,
        link_id=link.id,
        base=link.fields(),
        values=LinkFields(**fields),  # type: ignore[arg-type]
    )


def test_type_and_lag_are_one_group(site: Site) -> None:
    site.link(site.add("基础"), site.add("主体"))
    late = edit(site, type=LinkType.SS)
    site.run(edit(site, lag=-DAY, lag_kind=LagKind.ELAPSED))
    with pytest.raises(Clash) as error:
        site.run(late, COLLEAGUE)
    assert [clash.group for clash in error.value.clashes] == ["link"]
    (link,) = site.plan().links
    assert (link.type, link.lag, link.lag_kind) == (LinkType.FS, -DAY, LagKind.ELAPSED)


def test_a_link_that_changed_unseen_is_not_removed(site: Site) -> None:
    site.link(site.add("基础"), site.add("主体"))
    (seen,) = site.plan().links
    remove = UnlinkTasks(scope_id=site.project_id, link_id=seen.id, base=seen.fields())
    site.run(edit(site, lag=DAY), COLLEAGUE)
    with pytest.raises(Clash):
        site.run(remove)
    (now,) = site.plan().links
    site.run(UnlinkTasks(scope_id=site.project_id, link_id=now.id, base=now.fields()))
    assert not site.plan().links
    assert not site.run(remove)


def test_an_edit_of_a_removed_link_is_a_clash(site: Site) -> None:
    site.link(site.add("基础"), site.add("主体"))
    late, (seen,) = edit(site, lag=DAY), site.plan().links
    site.run(UnlinkTasks(scope_id=site.project_id, link_id=seen.id, base=seen.fields()))
    with pytest.raises(Clash) as error:
        site.run(late, COLLEAGUE)
    assert error.value.reason.text_id == "reconcile.row_deleted"


def test_turning_a_link_round_by_its_type_can_close_a_cycle(site: Site) -> None:
    above = site.add("基础")
    site.add("垫层", parent=above)
    with pytest.raises(Refused):
        site.run(
            LinkTasks(
                scope_id=site.project_id,
                link_id=new_id(),
                predecessor_id=above,
                successor_id=site.plan().tasks[1].id,
            )
        )
