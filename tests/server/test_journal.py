"""The journal speaks one language, and shows a traceback for our own faults."""

import pytest

from app.core.errors import Reason
from app.server.journal import Journal


def test_words_and_traceback(caplog: pytest.LogCaptureFixture) -> None:
    journal = Journal("en")
    caplog.set_level("INFO")
    journal.tell("server.worker.stopped")
    journal.warn_reason(Reason("server.worker.blocked"))
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        journal.bug("server.worker.broken")
    assert [record.levelname for record in caplog.records] == ["INFO", "WARNING", "ERROR"]
    assert "stopped in good order" in caplog.text
    assert "Traceback" in caplog.text
