"""What stands around the name of a region and is no part of it."""
