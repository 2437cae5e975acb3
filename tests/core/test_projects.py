"""Kinds and stages of projects have words, and stages have a mark."""

import pytest

from app.core.projects import ProjectKind, ProjectStage
from app.texts import LANGUAGES, Language, words
from app.ui.pages.wording import STAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_and_stages_are_named(language: Language) -> None:
    known = words(language)
    assert all(known[f"projects.kind.{kind}"] for kind in ProjectKind)
    assert all(known[f"projects.stage.{stage}"] for stage in ProjectStage)


def test_every_stage_has_a_mark() -> None:
    assert set(STAGES) == set(ProjectStage)
