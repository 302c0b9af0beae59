"""The proof of a plan: its question in exact numbers, and why its rates are the one answer."""
