"""Judges and publishes any split: needs only a scenario and a table of rates."""
