"""The official table in every format: one description, one small writer and reader each."""
