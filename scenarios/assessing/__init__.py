"""The yearly assessment of the cities: rule sets as data, and the form that holds the scores."""
