"""Stock: items, locations, moves and what they come to."""

from app.services.stock import items, moves

PARTS = (*items.PARTS, *moves.PARTS)
