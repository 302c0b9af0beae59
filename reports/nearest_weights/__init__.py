"""The nearest weights for a rate: record and sentences."""
