"""What is reported of the years after a split."""
