"""Words that pages share."""

from app.core.projects import ProjectStage
from app.ui.pages.wording import say_days_late, say_person, say_stage


def test_shared_words(usual_look: None) -> None:
    assert say_stage(ProjectStage.SUSPENDED) == "停工"
    assert (say_days_late(0), say_days_late(3)) == ("–", "3 天")
    assert say_person("chen.li", {"chen.li": "陈立"}) == "陈立"
    assert say_person("chen.li", {}) == "chen.li"
    assert say_person("gantry_admin", {}) == "系统管理"
