"""Pure mathematics on arrays: knows nothing of carbon, cities or files."""
