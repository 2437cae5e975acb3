"""Loading without collections."""

import gc

import pytest

from app.cli.loading import loading


def _fail_to_load() -> None:
    with loading():
        assert not gc.isenabled()
        raise ImportError


def test_garbage_is_collected_again_afterwards_even_after_a_failure() -> None:
    # A window of another test collects garbage by itself, in its idle moments.
    gc.enable()
    before = gc.get_freeze_count()
    with pytest.raises(ImportError):
        _fail_to_load()
    assert gc.isenabled()
    assert gc.get_freeze_count() > before
    gc.unfreeze()
