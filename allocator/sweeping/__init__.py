"""Sensitivity: the split under all the weights, and other choices, that could be defended."""
