"""The scenario file: its schema, how it is read, where each of its values stands."""
