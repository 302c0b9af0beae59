"""The main job: indicators, weights, reference, split, rounding or classes, verification, files."""
