"""What tests of the fit share: the files of the case of energy, and texts of theirs changed."""

FILES = ("carbon", "scenario", "nonfossil", "coal", "oil")


def edited(case, file, *pairs):
    """Change texts of a file of the case, each of which must be there."""
    path, text = case / file, (case / file).read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
