"""Programs of other objectives than the largest deviation; what each of them leaves open, leximin settles."""
