"""Who wants to hear what the desk does."""

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

News = TypeVar("News")
logger = logging.getLogger(__name__)


class Listeners(Generic[News]):
    """Callbacks, called on the thread where the news arise. One that fails does not stop others."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._callbacks: dict[int, Callable[[News], None]] = {}
        self._next = 0

    def add(self, callback: Callable[[News], None]) -> Callable[[], None]:
        """From now on it is called; returns what ends that."""
        with self._lock:
            number = self._next
            self._next += 1
            self._callbacks[number] = callback

        def end() -> None:
            with self._lock:
                self._callbacks.pop(number, None)

        return end

    def tell(self, news: News) -> None:
        """Calls everybody."""
        with self._lock:
            callbacks = list(self._callbacks.values())
        for callback in callbacks:
            try:
                callback(news)
            except Exception:
                logger.exception("a listener failed")
