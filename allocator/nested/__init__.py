"""Several levels: a province's plan, and one of every city's counties below it."""
