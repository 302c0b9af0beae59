"""Certificates: rules with exact multipliers that show a split to be the one answer."""
