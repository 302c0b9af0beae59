"""Targets that are handed down: the rate printed for a region is the target of its own scenario."""
