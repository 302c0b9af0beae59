"""Judging any table of rates against a scenario, under one accounting scope or several."""
