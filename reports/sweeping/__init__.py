"""What a sweep over the weights found, and how it is published."""
