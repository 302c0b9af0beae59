"""The map of the regions: its record, its figure, its colours."""
