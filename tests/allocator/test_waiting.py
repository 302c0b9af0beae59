"""A split that takes its time says so on standard error, where somebody looks at it."""

import io
import sys

import pytest

from allocator.commands.printing import waiting


class Screen(io.StringIO):
    """Standard error with somebody who looks at it."""

    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("stream", "quiet", "shown"), [(Screen, False, True), (Screen, True, False), (io.StringIO, False, False)]
)
def test_what_is_done_is_shown_to_who_looks(monkeypatch, stream, quiet, shown):
    screen = stream()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with waiting("plan_stage", "zh", quiet):
        pass
    assert ("求解和取整" in screen.getvalue()) is shown
    assert bool(screen.getvalue()) is shown
