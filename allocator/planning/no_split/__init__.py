"""Why there is no split, and what would end it."""
