"""Weights by judgement: matrices of pairwise comparisons, what is odd in them, groups, and combinations."""
