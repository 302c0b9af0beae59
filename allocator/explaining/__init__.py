"""What explains a published table of rates: refits of the scenario's indicators, and how far chance would get."""
