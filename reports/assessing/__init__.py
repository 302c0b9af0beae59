"""The yearly assessment on paper: the form to fill, the ranking, each city's own sheet."""
