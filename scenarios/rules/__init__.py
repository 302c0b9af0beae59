"""What the planner demands of the rates beyond bounds: rules, incentive, growth uncertainty."""
