"""What goes with a cap on the province's total: caps of the cities, and the budgets of the years."""
