"""Why there is no split, and what each member's relief costs."""
