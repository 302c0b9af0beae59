"""Rules as rows, in Pyomo and as arrays."""
