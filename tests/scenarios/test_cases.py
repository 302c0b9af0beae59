"""The bundled cases against sums and figures worked out apart from the program."""

import re
from decimal import Decimal

import pytest

from scenarios.load import bundled_cases, find_scenario, load_scenario
from scenarios.tables.rates import read_rates


def test_the_cases_are_bundled():
    assert bundled_cases() == (
        "15fyp-energy", "15fyp-example", "accounting-example", "eu-2030", "guangxi-13fyp", "jiangsu-12fyp",
        "provinces-12fyp", "shandong-13fyp", "three-cities", "zhejiang-13fyp",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "cities", "emissions", "gdp", "target", "prefix"),
    [
        ("guangxi-13fyp", 14, "23065", "16805.74", "0.17", "45"),
        ("zhejiang-13fyp", 11, "50932", "43038.40", "0.205", "33"),
    ],
)
def test_sums(name, cities, emissions, gdp, target, prefix):
    scenario = load_scenario(name)
    regions = scenario.regions
    assert len(regions) == len(set(regions.ids)) == len(set(regions.names)) == cities
    assert sum(regions.emissions) == Decimal(emissions)
    assert sum(regions.gdp) == Decimal(gdp)
    assert scenario.file.target == Decimal(target)
    assert (scenario.file.period.base, scenario.file.period.end, scenario.file.period.years) == (2015, 2020, 5)
    assert all(len(identifier) == 6 and identifier.startswith(prefix) for identifier in regions.ids)
    assert scenario.file.province.members == regions.names
    assert not scenario.notices


@pytest.mark.parametrize(
    ("name", "column", "total", "by_place"),
    [
        ("guangxi-13fyp", "emissions", "23065", "158671"),
        ("guangxi-13fyp", "industry_energy_co2", "14614", "100650"),
        ("guangxi-13fyp", "gdp", "16805.74", "92062.65"),
        ("guangxi-13fyp", "secondary_va", "7732.44", "40967.11"),
        ("guangxi-13fyp", "fiscal_revenue", "1192.3296", "6202.2786"),
        ("guangxi-13fyp", "tertiary_share", "517.59", "3873.08"),
        ("guangxi-13fyp", "avg_wage", "721097", "5250561"),
        ("guangxi-13fyp", "gdp_per_capita", "509236", "3254436"),
        ("guangxi-13fyp", "growth", "19.24293", "146.79467"),
        ("zhejiang-13fyp", "emissions", "50932", "218846"),
        ("zhejiang-13fyp", "industry_energy_co2", "32896", "135311"),
        ("zhejiang-13fyp", "gdp", "43038.40", "181695.79"),
        ("zhejiang-13fyp", "secondary_va", "19759.59", "84587.28"),
        ("zhejiang-13fyp", "fiscal_revenue", "4456.8612", "16945.3941"),
        ("zhejiang-13fyp", "tertiary_share", "531.01", "3137.98"),
        ("zhejiang-13fyp", "avg_wage", "756234", "4515430"),
        ("zhejiang-13fyp", "gdp_per_capita", "825174", "4552995"),
        ("zhejiang-13fyp", "growth", "15.25693", "91.72737"),
    ],
)
def test_columns_add_up_and_stand_in_the_order_of_the_codes(name, column, total, by_place):
    """`by_place`: each figure times the place of its city in the order of the codes; a swap changes it."""
    regions = load_scenario(name).regions
    values = regions.growth if column == "growth" else regions.columns[column]
    assert list(regions.ids) == sorted(regions.ids)
    assert sum(values) == Decimal(total)
    assert sum(n * value for n, value in enumerate(values, 1)) == Decimal(by_place)


@pytest.mark.parametrize("name", ["guangxi-13fyp", "zhejiang-13fyp"])
def test_figures_are_of_a_plausible_size(name):
    regions = load_scenario(name).regions
    columns = regions.columns
    for n in range(len(regions)):
        assert columns["industry_energy_co2"][n] < regions.emissions[n]
        assert columns["secondary_va"][n] < regions.gdp[n]
        assert columns["fiscal_revenue"][n] < regions.gdp[n] / 5
        assert columns["secondary_va"][n] / regions.gdp[n] + columns["tertiary_share"][n] / 100 < 1
        people = regions.gdp[n] * 10_000 / columns["gdp_per_capita"][n]  # 万人
        assert 80 < people < 1000
        assert 40_000 < columns["avg_wage"][n] < 80_000


@pytest.mark.parametrize("name", bundled_cases())
def test_sources_are_named_in_both_languages(name):
    for source in load_scenario(name).file.sources:
        assert re.search("[\u4e00-\u9fff]", source.say("zh")), source
        assert not re.search("[A-Za-z]{3,} [a-z]{3,}", source.say("zh")), source  # no English sentence


@pytest.mark.parametrize("name", ["guangxi-13fyp", "zhejiang-13fyp"])
def test_what_figures_rest_on_is_cited(name):
    file = load_scenario(name).file
    cited = " ".join(source.say("en") for source in file.sources)
    assert "China City Greenhouse Gas Working Group" in cited
    assert "yearbook" in cited
    assert {"guangxi-13fyp": "桂政办发〔2017〕102号", "zhejiang-13fyp": "浙政发〔2017〕31号"}[name] in cited
    assert "CCG" in file.basis.say("zh")
    assert "CCG" in file.basis.say("en")
    assert any("能耗" in note.say("zh") for note in file.notes)
    assert any("stands in for energy use" in note.say("en") for note in file.notes)


@pytest.mark.parametrize("name", ["guangxi-13fyp", "zhejiang-13fyp"])
def test_every_indicator_says_its_direction_and_both_names(name):
    file = load_scenario(name).file
    kinds = {criterion: list(section.indicators) for criterion, section in file.criteria.items()}
    assert kinds == {
        "capacity": ["income", "wealth", "industry"],
        "responsibility": ["economy", "energy", "emissions"],
        "potential": ["fiscal", "tertiary", "intensity"],
    }
    for criterion in file.criteria.values():
        for indicator in criterion.indicators.values():
            assert indicator.label.zh
            assert indicator.label.en
    assert {key for c in file.criteria.values() for key, i in c.indicators.items() if i.direction == "-"} == {
        "tertiary"
    }


def test_zhejiang_as_printed_is_a_tenth():
    scenario = load_scenario("zhejiang-13fyp")
    tables = [
        read_rates(scenario.table_path(name), scenario.regions).rates for name in ("published", "published-as-printed")
    ]
    assert [rate / 10 for rate in tables[0]] == list(tables[1])
    assert tables[0][:4] == (Decimal("0.25"), Decimal("0.23"), Decimal("0.18"), Decimal("0.21"))


def test_guangxi_as_published():
    scenario = load_scenario("guangxi-13fyp")
    rates = read_rates(scenario.table_path("published"), scenario.regions).rates
    by_rate = {}
    for name, rate in zip(scenario.regions.names, rates, strict=True):
        by_rate.setdefault(str(rate), []).append(name)
    assert by_rate == {
        "0.17": ["南宁", "桂林", "玉林", "来宾"],
        "0.22": ["柳州", "百色"],
        "0.13": ["梧州", "崇左"],
        "0.1": ["北海", "防城港", "钦州", "河池"],
        "0.2": ["贵港", "贺州"],
    }


def test_the_accounting_example_says_that_it_is_invented():
    file = load_scenario("accounting-example").file
    for language, word in (("zh", "虚构"), ("en", "invented")):
        assert word in file.title.say(language)
        assert word in file.basis.say(language)
    assert "虚构" in (find_scenario("accounting-example").parent / file.energy.factors).read_text("utf-8")


def test_cases_hold_nothing_but_their_files():
    for name in bundled_cases():
        folder = find_scenario(name).parent
        file = load_scenario(name).file
        energy = {file.energy.file, file.energy.factors} if file.energy else set()
        tracks = [load_scenario(path, split=False).file.track for path in folder.glob("*.yaml")]
        actuals = {table.file for track in tracks if track for table in track.actuals.values()}
        gdp = {file.gdp.file} if file.gdp else set()
        beside = {path.name for path in folder.glob("*.yaml") if name == "15fyp-energy"}  # a quantity each, one table
        people = {file.methods.population_table} if file.methods else set()
        named = {"scenario.yaml", *beside, file.regions, *file.tables.values(), *energy, *actuals, *gdp, *people}
        assert {path.name for path in folder.iterdir()} == named
