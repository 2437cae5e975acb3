"""A typed password goes before the kept one, and is kept only if that is wanted."""

from app.sync.keys import PASSWORD, GivenKeys
from app.sync.session_keys import SessionKeys


def test_a_typed_password_goes_before_the_kept_one() -> None:
    store = GivenKeys({PASSWORD: "old", "cache-key": "k"})
    keys = SessionKeys(store, "typed")
    assert keys.load(PASSWORD) == "typed"
    assert keys.load("cache-key") == "k"
    assert SessionKeys(store).load(PASSWORD) == "old"


def test_remembering_keeps_it_and_not_remembering_forgets_the_old_one() -> None:
    store = GivenKeys({PASSWORD: "old"})
    SessionKeys(store).use_password("new", remember=True)
    assert store.load(PASSWORD) == "new"
    keys = SessionKeys(store)
    keys.use_password("once", remember=False)
    assert keys.load(PASSWORD) == "once"
    assert store.load(PASSWORD) is None


def test_signing_out_forgets_both() -> None:
    store = GivenKeys({PASSWORD: "old"})
    keys = SessionKeys(store, "typed")
    keys.forget(PASSWORD)
    assert keys.load(PASSWORD) is None
    keys.save("cache-key", "k")
    assert store.load("cache-key") == "k"
