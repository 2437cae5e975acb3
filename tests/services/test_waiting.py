"""Own commands on their way: every state has words in the inbox."""

import pytest

from app.services.waiting import WaitingState
from app.texts import LANGUAGES, Language, words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", WaitingState)
def test_every_state_is_said(state: WaitingState, language: Language) -> None:
    assert words(language)[f"reconcile.page.state_{state}"]
    assert words(language)[f"reconcile.page.mark_{state}"]
