"""What can be wrong with an input, in words, by what it is about; `scenarios.messages` joins the parts."""
