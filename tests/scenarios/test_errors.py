"""What readers raise comes whole out of another process."""

import pickle

import pytest

from scenarios.accounting.factors import UnknownFactor, gwp
from scenarios.accounting.items import find_items
from scenarios.errors import Collector, InputError, Place
from scenarios.tables.cells import CellError, parse_number, parse_rate
from scenarios.tables.sheets import read_sheet


def again(error):
    return pickle.loads(pickle.dumps(error))


def caught(kind, function, *args):
    with pytest.raises(kind) as raised:
        function(*args)
    return raised.value


def test_findings_come_back_equal(tmp_path):
    collector = Collector()
    collector.error("too_large", Place(file="a.csv", row=3, column="gdp"), found="x", first=Place(cell="C5"))
    collector.error("no_rates")
    error = caught(InputError, collector.raise_errors)
    assert again(error).findings == error.findings
    assert str(again(error)) == str(error)
    broken = tmp_path / "a.csv"
    broken.write_text('id,name\n"1"x,2\n', "utf-8")
    error = caught(InputError, read_sheet, broken, ("id",))
    assert error.findings[0].code == "not_csv"
    assert again(error).findings == error.findings


@pytest.mark.parametrize(("function", "text"), [(parse_number, "abc"), (parse_number, "1e20"), (parse_rate, "17")])
def test_a_question_about_a_cell_comes_back(function, text):
    error = caught(CellError, function, text)
    assert (again(error).code, again(error).values) == (error.code, error.values)


@pytest.mark.parametrize(("function", "args"), [(find_items, ("烟媒",)), (find_items, ("x",)), (gwp, ("AR5", "XY"))])
def test_a_factor_nobody_knows_comes_back(function, args):
    error = caught(UnknownFactor, function, *args)
    assert (again(error).name, again(error).known, str(again(error))) == (error.name, error.known, str(error))
