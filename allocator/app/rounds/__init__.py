"""Rounds in the page: listed, opened as settings of the controls, compared with what is shown, taken back."""
