"""Several levels: whether every city's counties back its rate, and the province by all of them."""
