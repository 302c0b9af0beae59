"""Scenarios of other quantities beside the one of carbon that is tracked."""
