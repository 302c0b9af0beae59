"""The web page: what a meeting moves, and the verified answer beside it. Needs the extra ``ui`` (Flask)."""
