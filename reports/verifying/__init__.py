"""The judgement on a table of rates, in exact rationals."""
