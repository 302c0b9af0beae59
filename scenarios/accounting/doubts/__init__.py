"""What in tables of energy and GDP is counted already, or can hardly be meant."""
