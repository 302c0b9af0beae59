"""What every command writes: a folder whole or not at all, and charts as files."""
