"""The table of the regions: its rows told apart from totals, its columns made figures."""
