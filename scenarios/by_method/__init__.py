"""What methods beside the plan's own read: tables of costs and of people."""
