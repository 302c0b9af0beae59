"""Slides for the meeting that decides: what they say, and the native PowerPoint file."""
