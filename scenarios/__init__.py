"""What is known and asked: tables, units, base year, growth, target, weights."""
