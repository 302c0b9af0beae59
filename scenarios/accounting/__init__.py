"""Base-year CO2 from energy figures: factors as data with a source and a year, and exact arithmetic on them."""
