import shutil

import pytest

from scenarios.load import find_scenario, load_scenario


@pytest.fixture
def mapped(tmp_path):
    """Return a function that loads a case with a map file of this text beside it."""

    def load(text, case="guangxi-13fyp", key="shapes", name="map.geojson", settings=()):
        folder = tmp_path / "case"
        if not folder.exists():
            shutil.copytree(find_scenario(case).parent, folder)
        (folder / name).write_text(text, "utf-8")
        return load_scenario(folder, [f"{key}={name}", *settings])

    return load


@pytest.fixture
def refused(mapped):
    """Return a function that loads such a case and returns the findings it is refused with."""
    from scenarios.errors import InputError

    def load(text, **more):
        with pytest.raises(InputError) as error:
            mapped(text, **more)
        return {finding.code: finding for finding in error.value.findings}

    return load
