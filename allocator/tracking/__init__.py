"""The years after a split: paths, progress, warning, what remains."""
