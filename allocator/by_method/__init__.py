"""Methods side by side: every one as a reference and a scale for the solver that exists."""
