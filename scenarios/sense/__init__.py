"""Whether figures that are well formed can be meant: one check a function, each with its cell and its question."""
