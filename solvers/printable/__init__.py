"""Printed values: rounded one by one or in classes, on a grid, exact."""
