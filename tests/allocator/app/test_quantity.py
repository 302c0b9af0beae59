"""The page of a scenario of energy, in its own words whatever thread answers."""

import pytest

pytest.importorskip("flask", reason="the extra `ui` is not installed")

from allocator.app.desk import Desk
from allocator.app.server import web
from tests.allocator.planning.total.test_energy import of_carbon


@pytest.mark.parametrize(("language", "unit"), [("zh", "万吨标准煤"), ("en", "10⁴ tce")])
def test_the_page_of_energy_speaks_of_energy(language, unit):
    desk = Desk.open("15fyp-energy")
    client = web(desk, language).test_client()
    page = client.get(f"/{language}/").text
    assert unit in page
    assert not of_carbon(page)
    sheet = desk.answer(desk.own)
    assert not of_carbon("\n".join(sheet.statements(language)))
