"""A scenario written down: as one workbook, or as YAML with its tables."""
