"""What is said of weights that come from judgements."""
