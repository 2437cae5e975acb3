"""Keys of files: made once, and never replaced."""

import pytest

from app.core.errors import EnvironmentFault
from app.sync.clock import SystemChance
from app.sync.keys import CACHE_KEY, GivenKeys, file_key


def test_a_key_is_made_once_and_never_replaced() -> None:
    keys = GivenKeys()
    with pytest.raises(EnvironmentFault):
        file_key(keys, CACHE_KEY, SystemChance(), is_new=False)
    made = file_key(keys, CACHE_KEY, SystemChance(), is_new=True)
    assert len(made) == 64
    assert file_key(keys, CACHE_KEY, SystemChance(), is_new=False) == made
    assert file_key(keys, CACHE_KEY, SystemChance(), is_new=True) == made
    keys.save(CACHE_KEY, "'; attach")
    with pytest.raises(EnvironmentFault):
        file_key(keys, CACHE_KEY, SystemChance(), is_new=False)
    keys.forget(CACHE_KEY)
    assert keys.load(CACHE_KEY) is None
