"""The years after the plan: actual figures and major projects."""
