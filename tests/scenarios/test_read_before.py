"""A table whose bytes were read before is not taken apart again; nothing of it is said that its bytes do not say."""

from decimal import Decimal

import pytest

from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.regions import read_before, table_again


@pytest.fixture
def readings(monkeypatch):
    """Return the names of the tables that were taken apart since."""
    taken = []

    def counted(path, *asked):
        taken.append(path.name)
        return own(path, *asked)

    own = read_before.read_sheet
    monkeypatch.setattr(read_before, "read_sheet", counted)
    monkeypatch.setattr(read_before, "_KNOWN", type(read_before._KNOWN)())
    return taken


def same(one, other):
    return (one.regions, one.inputs, one.notices) == (other.regions, other.inputs, other.notices)


def test_a_table_is_read_once_whatever_is_set_over_the_scenario(guangxi_folder, readings):
    first = load_scenario(guangxi_folder)
    settings = ("target=18%", "bounds.lower=5%", "criteria.capacity.weight=0.5")
    for k in range(3):
        again = load_scenario(guangxi_folder, settings[:k] if k < 2 else ())
        assert again.regions.emissions == first.regions.emissions
    assert same(again, first)
    assert load_scenario(guangxi_folder, settings[1:2]).regions.lower == (Decimal("0.05"),) * 14
    assert readings == ["regions.csv"]


def test_what_bounds_and_answers_say_is_judged_anew(guangxi_folder, readings, monkeypatch):
    """The table is read once; what is judged of it depends on more than its bytes."""
    judged = []

    def counted(path, wanted):
        judged.append(wanted.bounds)
        return own(path, wanted)

    own = table_again.read_regions
    monkeypatch.setattr(table_again, "read_regions", counted)
    for lower in ("5%", "6%", "5%"):
        found = load_scenario(guangxi_folder, [f"bounds.lower={lower}", "target=17.5%"])
        assert set(found.regions.lower) == {Decimal(lower[0]) / 100}
    assert len(judged) == 2
    load_scenario(guangxi_folder, ["growth_uncertainty=5%"])
    load_scenario(guangxi_folder, ["criteria.capacity.weight=0.6"])
    assert len(judged) == 4
    assert load_scenario(guangxi_folder).notices == load_scenario(guangxi_folder).notices
    assert readings == ["regions.csv"]


def test_a_question_is_asked_until_it_is_answered(guangxi_folder, readings, edit):
    table, file = guangxi_folder / "regions.csv", guangxi_folder / "scenario.yaml"
    first = load_scenario(guangxi_folder).regions.emissions[0]
    edit(table, f",{first},", f",{first * 1000},")
    for _ in range(2):
        with pytest.raises(InputError) as caught:
            load_scenario(guangxi_folder)
    keys = [finding.asked for finding in caught.value.findings if finding.severity == "question"]
    assert keys
    said = "".join(f"  - {{id: '{key}', reason: {{zh: 核过, en: checked}}}}\n" for key in keys)
    file.write_text(f"{file.read_text('utf-8')}\naccept:\n{said}", "utf-8")
    for _ in range(2):
        assert [notice.reason.en for notice in load_scenario(guangxi_folder).notices if notice.reason] == [
            "checked"
        ] * len(keys)


def test_other_bytes_are_read_even_where_name_and_size_stay(guangxi_folder, readings, edit):
    table = guangxi_folder / "regions.csv"
    before = load_scenario(guangxi_folder).regions.emissions
    content = table.read_bytes()
    figure = str(before[0]).encode()
    assert content.count(figure) == 1
    table.write_bytes(content.replace(figure, figure[:-1] + bytes([figure[-1] ^ 1])))
    after = load_scenario(guangxi_folder).regions.emissions
    assert after[0] != before[0]
    assert after[1:] == before[1:]
    assert len(readings) == 2
    table.write_bytes(content)
    assert load_scenario(guangxi_folder).regions.emissions == before
    assert len(readings) == 2
    table.unlink()
    with pytest.raises(InputError):
        load_scenario(guangxi_folder)


def test_what_is_refused_is_refused_again_at_its_cell(guangxi_folder, readings):
    table = guangxi_folder / "regions.csv"
    content = table.read_text("utf-8-sig").splitlines()
    content[3] += ",9"
    table.write_text("\n".join(content), "utf-8")
    said = []
    for _ in range(2):
        with pytest.raises(InputError) as caught:
            load_scenario(guangxi_folder)
        said.append([finding.say("zh") for finding in caught.value.findings])
    assert said[0] == said[1]
    assert "第 4 行" in said[0][0]


def test_other_questions_are_asked_anew(guangxi_folder, readings, edit):
    table, file = guangxi_folder / "regions.csv", guangxi_folder / "scenario.yaml"
    head = table.read_text("utf-8-sig").split("\n")[0].split(",")
    written = next(text for text in head if text.startswith("emissions"))
    edit(table, written, "Ausstoß")
    file.write_text(file.read_text("utf-8") + "\ncolumns: {emissions: Ausstoß}\n", "utf-8")
    first, again = load_scenario(guangxi_folder), load_scenario(guangxi_folder)
    assert same(first, again)  # that the header was met is said of the second reading too
    assert len(readings) == 1
    edit(file, "columns: {emissions: Ausstoß}", "columns: {emissions: Emission}")
    with pytest.raises(InputError):
        load_scenario(guangxi_folder)
    assert len(readings) == 2


def test_a_question_belongs_to_the_scenario_that_asks(guangxi_folder, tmp_path, readings):
    other = guangxi_folder / "other.yaml"
    other.write_bytes((guangxi_folder / "scenario.yaml").read_bytes())
    assert same(load_scenario(guangxi_folder), load_scenario(guangxi_folder))
    load_scenario(other)
    assert len(readings) == 2


def test_no_more_than_some_tables_are_remembered_and_none_that_is_large(guangxi_folder, readings, monkeypatch):
    monkeypatch.setattr(read_before, "_MOST", 4)  # two of each table
    for name in "abc":
        (guangxi_folder / f"{name}.csv").write_bytes((guangxi_folder / "regions.csv").read_bytes())
        load_scenario(guangxi_folder, [f"regions={name}.csv"])
    load_scenario(guangxi_folder, ["regions=c.csv"])
    assert len(readings) == 3
    load_scenario(guangxi_folder, ["regions=a.csv"])
    assert len(readings) == 4
    monkeypatch.setattr(read_before, "_MOST_CELLS", 14)
    for _ in range(2):
        load_scenario(guangxi_folder)
    assert len(readings) == 6
