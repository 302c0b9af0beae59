"""What weights a region needs to get at most, or at least, a rate: the nearest ones."""
