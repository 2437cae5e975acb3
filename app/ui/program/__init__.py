"""Puts the window together: desk, pages, and the doors between them."""
