"""The pages of a scenario beside its plan: check, sensitivity, track, publish; by the functions of the commands."""
