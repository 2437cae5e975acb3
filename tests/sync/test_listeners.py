"""Listeners come and go, and one that fails harms nobody."""

from app.sync.listeners import Listeners


def test_everybody_hears_until_the_end() -> None:
    listeners: Listeners[int] = Listeners()
    heard: list[int] = []

    def fail(news: int) -> None:
        raise ZeroDivisionError

    listeners.add(fail)
    end = listeners.add(heard.append)
    listeners.tell(1)
    end()
    end()
    listeners.tell(2)
    assert heard == [1]
