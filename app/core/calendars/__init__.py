"""Public holidays and make-up workdays, and what they do to a work calendar."""
