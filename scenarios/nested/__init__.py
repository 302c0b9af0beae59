"""The level below a scenario: one long table of counties, and every city's counties as a scenario of their own."""
