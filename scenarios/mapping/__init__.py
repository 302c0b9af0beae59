"""The map of the regions: shapes of the user's, or tiles of a small grid."""
