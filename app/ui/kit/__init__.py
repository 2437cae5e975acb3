"""What pages are made of: look, texts, runner, tables, forms, dialogs. Knows no network and no database."""
