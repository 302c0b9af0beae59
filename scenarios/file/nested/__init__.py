"""What a scenario says of the levels above and below it."""
