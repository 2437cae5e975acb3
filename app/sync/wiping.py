"""After rights were taken away: nothing of the rows stays in free pages, logs, stage or copies.

Freed pages are overwritten by SQLCipher itself (`secure_delete`); older versions of pages lie in
the write-ahead logs, and the search index keeps deleted words until its pieces are merged.
"""

import logging
from typing import Final

from app.sync.cache import Cache
from app.sync.cache_state import is_purged, mark_wiped
from app.sync.gate import WriteGate
from app.sync.search import merge
from app.sync.staging import clear

logger = logging.getLogger(__name__)

_PAGES_A_STEP: Final = 200


def wipe(cache: Cache, gate: WriteGate) -> bool:
    """Wipes what a purge left, if there was one; False while something is in the way.

    The search index has to be up to date. Called by the link alone.
    """
    with cache.read() as session:
        if not is_purged(session.connection()):
            return True
    try:
        cache.drop_damaged()
    except OSError as error:
        logger.warning("the damaged cache cannot be deleted: %s", error)
        return False
    with cache.staging() as connection:
        clear(connection)
    more = True
    while more:
        # Step by step, so that edits come in between.
        with gate.rebase(), cache.edit() as connection:
            more = merge(connection, _PAGES_A_STEP)
    with gate.rebase():
        if not cache.truncate_logs():
            return False
        with cache.edit() as connection:
            mark_wiped(connection)
    return True
