"""The closed form: one multiplier, for one problem or for blocks of them."""
