"""What pages are made of. Knows no network and no database."""
