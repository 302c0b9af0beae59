"""The map of a plan."""
