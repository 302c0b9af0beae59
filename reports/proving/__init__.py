"""What a plan says of its question and its proof; the checkers beside it need neither."""
