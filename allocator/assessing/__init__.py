"""The yearly assessment: points, indicators met or missed, points of four cells."""
