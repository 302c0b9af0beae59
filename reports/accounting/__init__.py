"""Base-year CO2 for people: tables, sentences, files."""
