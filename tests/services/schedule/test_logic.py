"""No way leads back: what counts as a way, over links and over the outline."""

import pytest

from app.core.errors import Refused
from app.core.schedule.network import LinkType
from tests.services.schedule.site import Site


def refusal(site: Site, *link: object) -> str:
    with pytest.raises(Refused) as refused:
        site.link(*link)  # type: ignore[arg-type]
    assert refused.value.reason.text_id == "schedule.cycle"
    return str(refused.value.reason.parameters["cycle"])


@pytest.mark.parametrize("back", LinkType)
def test_between_tasks_every_kind_of_link_is_a_way(site: Site, back: LinkType) -> None:
    first, second = site.add("土方"), site.add("垫层")
    site.link(first, second)
    assert refusal(site, second, first, back) in ("土方 → 垫层 → 土方", "垫层 → 土方 → 垫层")
    assert len(site.plan().links) == 1


def test_the_start_of_a_summary_may_release_what_its_end_waits_for(site: Site) -> None:
    above = site.add("主体")
    inside = site.add("一层", parent=above)
    beside = site.add("脚手架", after=above)
    site.link(above, beside, LinkType.SS)
    # Start of the summary, scaffold, end of the summary: no way back to the start.
    site.link(inside, beside, LinkType.SS)
    assert len(site.plan().links) == 2


def test_a_cycle_over_a_summary_names_it_once(site: Site) -> None:
    above = site.add("主体")
    inside = site.add("一层", parent=above)
    beside = site.add("装修", after=above)
    site.link(above, beside)
    said = refusal(site, beside, inside).split(" → ")
    assert said[0] == said[-1]
    assert sorted(said[1:]) == sorted({"主体", "一层", "装修"})


def test_two_ways_to_the_same_end_are_no_cycle(site: Site) -> None:
    first = site.add("土方")
    left, right = site.add("垫层", after=first), site.add("降水", after=first)
    last = site.add("筏板", after=left)
    for before, after in ((first, left), (first, right), (left, last), (right, last)):
        site.link(before, after)
    assert len(site.plan().links) == 4
