import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from openpyxl import Workbook

from scenarios.load import find_scenario
from scenarios.sense.rates import read_meant_rates
from scenarios.tables.rates import read_rates
from scenarios.tables.text_table import escape_text, unescape_text

PUBLISHED = (find_scenario("guangxi-13fyp").parent / "published.csv").read_text("utf-8")
ROWS = [line.split(",") for line in PUBLISHED.splitlines()]


@pytest.fixture
def rates(tmp_path, guangxi):
    """Return a function that reads text, bytes or JSON content as a table of rates for Guangxi."""

    def call(content, name="rates.csv"):
        if not isinstance(content, str | bytes):
            content, name = json.dumps(content, ensure_ascii=False), "rates.json"
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return read_rates(path, guangxi.regions).rates

    return call


@pytest.fixture
def published(rates):
    values = rates(PUBLISHED)
    assert values[:4] == tuple(Decimal(text) for text in ("0.17", "0.22", "0.17", "0.13"))
    return values


def csv_of(header, cells):
    return "\n".join([header, *(",".join(row) for row in cells)])


@pytest.mark.parametrize(
    "text",
    [
        csv_of("地区,下降率", [(row[1], f"{row[2]}%") for row in ROWS[1:]]),
        csv_of("设区市,下降目标（％）", [(row[1] + "市", row[2]) for row in ROWS[1:]]),
        csv_of("region,rate", [(row[1], f"0.{row[2]}") for row in ROWS[1:]]),
        csv_of("adcode,rate(points)", [(row[0], row[2]) for row in ROWS[1:]]),
        csv_of("code,name,reduction target", [(row[0], "", f"{row[2]} points") for row in ROWS[1:]]),
        csv_of("rate(%),name", [(row[2], row[1]) for row in reversed(ROWS[1:])]),
        "name,rate(%)\n南宁、桂林、玉林、来宾市,17\n柳州、百色,22\n贵港、贺州,20\n北海、防城港、钦州、河池,10\n梧州、崇左,13\n",
        'name,rate(%)\n"南宁、桂林、 玉林、来宾",17\n柳州、百色,22\n贵港、贺州,20\n北海、防城港、钦州、河池,10\n'
        "梧州、崇左,13\n全省,17\n",
        PUBLISHED + "450000,广西,17\n",
    ],
)
def test_one_table_in_many_forms(rates, published, text):
    assert rates(text) == rates(text.encode("gb18030")) == rates(text.encode("utf-8-sig")) == published


def test_english_names_are_known(rates, published, guangxi):
    rows = zip(guangxi.regions.names_en, ROWS[1:], strict=True)
    assert rates(csv_of("city,rate(%)", [(name, row[2]) for name, row in rows])) == published


@pytest.mark.parametrize("number_format", [None, "0%", "0.00%"])
def test_excel_in_per_cent_and_in_percentages(rates, published, as_bytes, number_format):
    book = Workbook()
    book.active.append(["地区", "下降率" if number_format else "下降率(%)"])
    for row in ROWS[1:]:
        book.active.append([row[1], int(row[2]) / 100 if number_format else int(row[2])])
        if number_format:
            book.active.cell(book.active.max_row, 2).number_format = number_format
    assert rates(as_bytes(book), "rates.xlsx") == published


def records(key="rate"):
    return [{"id": row[0], "name": row[1], key: int(row[2]) / 100} for row in ROWS[1:]]


def test_json_in_every_form(rates, published):
    assert rates(records()) == published
    assert rates({"regions": records("published_rate"), "province": {}}) == published
    plan = {"schema_version": 1, "provenance": {}}  # its computed rates differ from the published ones
    assert rates(plan | {"regions": [{**record, "rate": 0.99} for record in records("published_rate")]}) == published
    assert (
        rates([{**record, "rate": f"{record['published_rate']}0"} for record in records("published_rate")]) == published
    )
    assert rates({row[1]: f"{row[2]}%" for row in ROWS[1:]}) == published
    assert rates({row[0]: int(row[2]) / 100 for row in ROWS[1:]}) == published
    assert rates([{"id": int(row[0]), "rate": f"{row[2]}%"} for row in ROWS[1:]]) == published
    assert (
        rates([{"region": row[1], "rate": f"{row[2]}%"} for row in ROWS[1:]] + [{"region": "全省", "rate": "17%"}])
        == published
    )


def test_numbers_of_json_are_read_as_they_are_written(rates):
    text = json.dumps(records()).replace("0.17", "0.1700000000000000000000000001", 1)
    assert rates(text, "rates.json")[0] == Decimal("0.1700000000000000000000000001")


@pytest.mark.parametrize(
    ("old", "new", "code", "row", "column"),
    [
        ("南宁,17", "南宁,", "empty_cell", 2, "rate"),
        ("南宁,17", "南宁,十七", "not_a_rate", 2, "rate"),
        ("南宁,17", "南宁,17①", "not_a_rate", 2, "rate"),
        ("南宁,17", "南宁,nan", "not_a_rate", 2, "rate"),
        ("南宁,17", "南宁,170", "rate_range", 2, "rate"),
        ("南宁,17", "南宁,100", "rate_range", 2, "rate"),
        ("南宁,17", "南宁,-100", "rate_range", 2, "rate"),
        ("南宁,17", "南宁,1e30", "too_large", 2, "rate"),
        ("柳州,22", "柳州,22,1", "field_count", 3, ""),
        ("450200,柳州", ",", "empty_cell", 3, "name"),
        ("450200,柳州", ",柳洲", "unknown_region_meant", 3, "name"),
        ("450200,柳州", "999,Springfield", "unknown_region", 3, "name"),
        ("450200,柳州", "450100,南宁", "region_twice", 3, "name"),
        ("450200,柳州", ",南宁市", "region_twice", 3, "name"),
        ("450200,柳州", "450300,柳州", "region_conflict", 3, "name"),
        ("450200,柳州", "450100,柳州", "region_conflict", 3, "name"),
        ("450200,柳州", "450200,柳州、百色", "region_conflict", 3, "name"),
    ],
)
def test_a_bad_row_is_named_at_its_cell(rates, refused, old, new, code, row, column):
    findings = refused(rates, PUBLISHED.replace(old, new))
    assert (findings[0].code, findings[0].place.row, findings[0].place.column) == (code, row, column)
    assert [f.code for f in findings[1:]] in ([], ["missing_regions"])
    assert all(f.values["missing"] == "柳州" for f in findings[1:])


def test_a_repeated_city_names_its_first_row(rates, refused):
    (finding,) = refused(rates, PUBLISHED + ",柳州市,20\n")
    assert (finding.code, finding.place.row, finding.values["first"].row) == ("region_twice", 16, 3)
    assert "row 3" in finding.say("en")
    assert "第 3 行" in finding.say("zh")


def test_a_bare_seventeen_is_asked_back_in_every_form(rates, refused, as_bytes):
    for content, name in [
        (PUBLISHED.replace("(%)", ""), "rates.csv"),
        (json.dumps([{"id": row[0], "rate": int(row[2])} for row in ROWS[1:]]), "rates.json"),
        (json.dumps({row[1]: row[2] for row in ROWS[1:]}), "rates.json"),
    ]:
        findings = refused(rates, content, name)
        assert {f.code for f in findings} == {"rate_question"}
        assert len(findings) == 14
        assert "17%" in findings[0].say("en")
        assert "0.17" not in findings[0].say("en")


def test_a_missing_city_is_named(rates, refused):
    (finding,) = refused(rates, PUBLISHED.replace("451100,贺州,20\n", ""))
    assert (finding.code, finding.values["missing"], finding.place.file) == ("missing_regions", "贺州", "rates.csv")


def test_all_failures_are_said_at_once(rates, refused):
    text = (
        PUBLISHED.replace("南宁,17", "南宁,x")
        .replace("柳州,22", "柳洲,22")
        .replace("450200", "")
        .replace("桂林,17", "桂林,")
    )
    assert [f.code for f in refused(rates, text)] == [
        "not_a_rate",
        "empty_cell",
        "unknown_region_meant",
        "missing_regions",
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("id,name,rate(‰)\n", ["wrong_unit"]),
        ("id,name,rate(%)\n", ["no_rates"]),
        ("id,name\n450100,南宁\n", ["missing_columns"]),
        ("city rate,rate(%)\n南宁,17\n", ["missing_columns"]),
        ("id,name,rate(%),下降率(%)\n450100,南宁,17,17\n", ["column_twice", "missing_regions"]),
    ],
)
def test_a_table_that_is_none_is_refused(rates, refused, text, codes):
    assert [f.code for f in refused(rates, text)] == codes


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("", "empty_file", ""),
        ("{", "not_json", ""),
        ("[1,]", "not_json", ""),
        ("[" * 100_000, "not_json", ""),
        ("17", "no_rates", ""),
        ("null", "no_rates", ""),
        ("[]", "no_rates", ""),
        ("{}", "no_rates", ""),
        ('{"regions": []}', "no_rates", ""),
        ("[1]", "rate_question", "[0]"),
        ("[null]", "not_a_rate", "[0]"),
        ('{"regions": [[1]]}', "not_a_rate", "regions[0]"),
        ('[{"id": {}, "rate": 0.1}]', "not_text", "[0]"),
        ('[{"rate": 0.1}]', "empty_cell", "[0]"),
        ('{"南宁": {"rate": 0.1}}', "not_a_rate", "南宁"),
        ('{"南宁": NaN}', "not_a_rate", "南宁"),
        ('{"南宁": -Infinity}', "not_a_rate", "南宁"),
        ('{"南宁": true}', "not_a_rate", "南宁"),
        ('{"南宁": 1e999999999}', "not_a_rate", "南宁"),
        ('{"南宁": 1e99999999999999999999}', "not_a_rate", "南宁"),
        ('{"南宁": ' + "1" * 5000 + "}", "number_too_long", "南宁"),
        ('{"南宁": "18.' + "0" * 60 + '%"}', "number_too_long", "南宁"),
        ('{"南宁": "' + "柳" * 61 + '"}', "not_a_rate", "南宁"),
        ('{"南宁": "150%"}', "rate_range", "南宁"),
        ('{"南宁": 0.1, "南宁": 0.2}', "key_twice", "南宁"),
        ('[{"name": "南宁", "rate": "5%", "rate": "18.5%"}]', "key_twice", "[0].rate"),
        ('{"regions": [{"name": "南宁"}, {"name": "柳州", "name": "桂林"}]}', "key_twice", "regions[1].name"),
        ('{"regions": [{"name": "南宁", "name": "南宁"}], "regions": []}', "key_twice", "regions"),
        ('{"a": [{"b": {"c": 1, "c": 1}}]}', "key_twice", "a[0].b.c"),
        ('[{"name": "南宁", "rate": 0.1, "published_rate": 0.2}]', "rates_differ", "[0]"),
        ('{"regions": [{"name": "南宁", "rate": 0.1, "published_rate": 0.2}]}', "rates_differ", "regions[0]"),
        ('[{"name": "南宁"}]', "missing_key", "[0].rate"),
        ('{"南洋": 0.1}', "unknown_region_meant", "南洋"),
    ],
)
def test_json_that_is_no_table_of_rates_is_refused(rates, refused, text, code, key):
    finding = refused(rates, text, "rates.json")[0]
    assert (finding.code, finding.place.key) == (code, key)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("null", "null"), ("true", "true"), ("NaN", "NaN"), ("{}", "{}"), ('{"rate": 0.1}', "{…}"), ("[[1]]", "[…]")],
)
def test_values_of_json_are_shown_as_they_are_written(rates, refused, text, shown):
    finding = refused(rates, f'{{"南宁": {text}}}', "rates.json")[0]
    assert f"“{shown}”" in finding.say("zh")


def test_json_errors_carry_their_line(rates, refused):
    (finding,) = refused(rates, '{"a":\n1,\n?}', "rates.json")
    assert (finding.code, finding.place.row) == ("not_json", 3)


def test_other_files_are_refused(rates, refused, tmp_path, guangxi):
    assert [f.code for f in refused(rates, PUBLISHED, "rates.doc")] == ["unknown_format"]
    assert [f.code for f in refused(read_rates, tmp_path / "none.json", guangxi.regions)] == ["no_file"]


def test_a_sheet_is_named_with_a_bad_header(rates, refused, as_bytes):
    book = Workbook()
    book.active.title = "表一"
    book.active.append(["地区", "下降率(‰)"])
    findings = refused(rates, as_bytes(book), "rates.xlsx")
    assert [(f.code, f.place.sheet, f.place.column) for f in findings] == [("wrong_unit", "表一", "下降率")]


def test_a_formula_without_a_value_is_said_once(rates, refused, as_bytes):
    book = Workbook()
    book.active.append(["地区", "下降率(%)"])
    for row in ROWS[1:]:
        book.active.append([row[1], int(row[2])])
    book.active["B3"] = "=20+2"
    findings = refused(rates, as_bytes(book), "rates.xlsx")
    assert [(f.code, f.place.cell) for f in findings] == [("formula_without_value", "B3")]


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "'=x", "''=x", "'plain", "南宁"])
def test_escaped_names_come_back(name):
    assert unescape_text(escape_text(name)) == name


def test_escaped_names_are_matched(tmp_path, guangxi):
    names = ("=1+1", *guangxi.regions.names[1:])
    regions = replace(guangxi.regions, names=names)
    (tmp_path / "t.csv").write_text(PUBLISHED.replace("450100,南宁", f",{escape_text('=1+1')}"), "utf-8")
    assert read_rates(tmp_path / "t.csv", regions).rates[0] == Decimal("0.17")


@pytest.mark.parametrize("nines", [20, 23, 27, 28, 29, 41, 55])
def test_no_digit_of_a_rate_is_rounded_away(nines, guangxi, tmp_path):
    written = f"16.{'9' * nines}"
    lines = [f"{name},{written}%" for name in guangxi.regions.names]
    (tmp_path / "t.csv").write_text("region,rate\n" + "\n".join(lines) + "\n", "utf-8")
    rates = read_rates(tmp_path / "t.csv", guangxi.regions).rates
    assert {Fraction(rate) for rate in rates} == {Fraction(17, 100) - Fraction(1, 10 ** (nines + 2))}


# what headers and cells say in words


def written(header, form, title=None):
    """Return a table of the published rates: a header, and how each rate stands in its cell."""
    rows = [f"{row[1]},{form.format(row[2])}" for row in ROWS[1:]]
    return "\n".join([*([f"{title},"] if title else []), f"地区,{header}", *rows])


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("下降率", "{}%"), ("累计下降（%）", "{}"), ("累计下降率", "{}%"), ("较2015年下降（%）", "{}"),
        ("碳强度比2015年降低（%）", "{}"), ("单位GDP二氧化碳排放累计下降（%）", "{}"), ("降幅（%）", "{}"),
        ("碳强度下降幅度（%）", "{}"), ("变化率（%）", "-{}.0"), ("碳强度变化率", "-{}%"), ("增减（%）", "-{}"),
        ("下降率", "下降{}%"), ("下降率（%）", "降低{}"), ("下降目标", "下降 {} 个百分点"), ("变化率", "下降{}%"),
    ],
)  # fmt: skip
def test_a_fall_is_a_fall_however_it_is_said(rates, published, header, form):
    assert rates(written(header, form)) == published


def test_a_rise_in_words_is_one(rates, published):
    first = rates(written("下降率", "下降{}%").replace("下降17%", "上升1%", 1))
    assert first == (Decimal("-0.01"), *published[1:])


@pytest.mark.parametrize(
    "header", ["比上年下降（%）", "碳强度比上年下降（%）", "同比下降（%）", "能耗强度累计下降（%）"]
)
def test_a_fall_of_a_year_or_of_energy_is_no_rate_of_the_period(rates, refused, header):
    (finding,) = refused(rates, written(header, "{}"))
    assert finding.code == "missing_columns"
    assert "比上年" not in finding.values["paste"]


def test_a_fall_since_another_year_is_asked_about(tmp_path, guangxi, refused):
    path = tmp_path / "rates.csv"
    path.write_text(written("较2014年下降（%）", "{}"), "utf-8")
    (finding,) = refused(read_meant_rates, path, guangxi.regions, period=(2015, 2020))
    assert (finding.code, finding.severity) == ("rates_of_period", "question")


def test_changes_that_are_all_above_zero_are_asked_about(tmp_path, guangxi, refused):
    path = tmp_path / "rates.csv"
    path.write_text(written("变化率（%）", "{}"), "utf-8")
    (finding,) = refused(read_meant_rates, path, guangxi.regions, period=(2015, 2020))
    assert (finding.code, finding.values["meant"]) == ("all_below_zero", "-17")


@pytest.mark.parametrize("more", ["增减", "降幅（%）", "累计下降（%）", "较2014年下降（%）", "碳强度变化率（%）"])
def test_beside_a_target_other_falls_are_columns_more(rates, published, more):
    text = "\n".join([f"地区,{more},下降目标（%）", *(f"{row[1]},3,{row[2]}" for row in ROWS[1:])])
    assert rates(text) == published


def test_provinces_are_no_totals_of_a_split_of_the_country(guangxi, tmp_path):
    regions = replace(guangxi.regions, ids=("450000", *guangxi.regions.ids[1:]))
    rows = [{"id": i, "name": n, "rate": "17%"} for i, n in zip(regions.ids, regions.names, strict=True)]
    (tmp_path / "t.json").write_text(json.dumps(rows), "utf-8")
    (tmp_path / "t.csv").write_text("id,name,rate\n" + "".join(f"{r['id']},{r['name']},17%\n" for r in rows), "utf-8")
    assert read_rates(tmp_path / "t.json", regions).rates == read_rates(tmp_path / "t.csv", regions).rates
    rows[0]["id"] = guangxi.regions.ids[0]
    whole = [*rows, {"id": "450000", "name": "全省", "rate": "18%"}]  # of cities it is one
    (tmp_path / "t.json").write_text(json.dumps(whole), "utf-8")
    assert len(read_rates(tmp_path / "t.json", guangxi.regions).rates) == 14


def test_what_a_table_says_of_the_province_where_it_can_be_read(tmp_path, guangxi):
    def whole(*rows):
        (tmp_path / "rates.csv").write_text(PUBLISHED + "".join(f"450000,广西,{cell}\n" for cell in rows), "utf-8")
        found = read_rates(tmp_path / "rates.csv", guangxi.regions).whole
        return None if found is None else (found[0].text, found[1])

    assert whole("17") == ("17", Decimal("0.17"))
    assert whole() is None
    assert whole("n/a") is None
    assert whole("n/a", "16.5") == ("16.5", Decimal("0.165"))


def test_a_plan_of_another_quantity_is_no_table_of_rates(tmp_path, guangxi, refused):
    regions = [{"name": row[1], "published_rate": 0.17} for row in ROWS[1:]]
    plan = {"schema_version": 1, "provenance": {}, "scenario": {"quantity": "coal"}, "regions": regions}
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan), "utf-8")
    (finding,) = refused(read_rates, path, guangxi.regions)
    assert (finding.code, finding.place.key, finding.values["found"]) == (
        "rates_of_another", "scenario.quantity", "coal",
    )  # fmt: skip
    path.write_text(json.dumps(plan | {"scenario": {"quantity": "carbon"}}), "utf-8")
    assert set(read_rates(path, guangxi.regions).rates) == {Decimal("0.17")}


@pytest.mark.parametrize(("is_share", "whole"), [(True, True), (False, False)])
def test_all_of_it_is_a_share_and_no_rate(tmp_path, guangxi, refused, monkeypatch, is_share, whole):
    monkeypatch.setattr("scenarios.tables.rates.spoken", lambda: SimpleNamespace(is_share=is_share))
    path = tmp_path / "plan.json"
    for rate in (1, 1.0):
        regions = [{"name": row[1], "published_rate": rate} for row in ROWS[1:]]
        path.write_text(json.dumps({"schema_version": 1, "provenance": {}, "regions": regions}), "utf-8")
        if whole:
            assert set(read_rates(path, guangxi.regions).rates) == {Decimal(1)}
        else:
            assert {finding.code for finding in refused(read_rates, path, guangxi.regions)} == {"rate_question"}


def at_17(**changed):
    """Return a record of each region at 17 %, those of some positions changed."""
    made = [{"name": row[1], "rate": 0.17} for row in ROWS[1:]]
    return [{**record, **changed.get(f"r{n}", {})} for n, record in enumerate(made)]


def test_the_province_may_stand_first(rates):
    first = "\n".join([ROWS[0][0] + "," + ",".join(ROWS[0][1:]), "450000,广西,17", *PUBLISHED.splitlines()[1:]])
    assert rates(first) == rates(PUBLISHED)
    for whole in ({"name": "全省"}, {"region": "合计"}, {"id": "450000", "name": "广西"}):
        assert rates([{**whole, "rate": 0.5}, *at_17()]) == (Decimal("0.17"),) * 14


def test_every_record_with_a_name_that_is_no_text_is_named(tmp_path, guangxi, refused):
    path = tmp_path / "rates.json"
    path.write_text(json.dumps(at_17(r1={"id": True, "name": []}, r3={"name": {}})), "utf-8")
    found = [f for f in refused(read_rates, path, guangxi.regions) if f.code == "not_text"]
    assert [(f.place.key, f.values["found"]) for f in found] == [("[1]", "true"), ("[3]", "{}")]


def test_two_rates_that_differ_are_named_by_their_keys(tmp_path, guangxi, refused):
    path = tmp_path / "rates.json"
    path.write_text(json.dumps(at_17(r2={"published_rate": 0.18})), "utf-8")
    (finding,) = refused(read_rates, path, guangxi.regions)
    said = {key: finding.values[key] for key in ("first", "second", "found", "other")}
    assert said == {"first": "published_rate", "second": "rate", "found": "0.18", "other": "0.17"}


def test_incentive_rates_are_read_where_they_are_asked_for(tmp_path, guangxi):
    path = tmp_path / "rates.json"
    path.write_text(json.dumps([{**record, "incentive_rate": 0.19} for record in at_17()]), "utf-8")
    assert read_rates(path, guangxi.regions).incentive is None
    assert read_rates(path, guangxi.regions, incentive=True).incentive == (Decimal("0.19"),) * 14
    path.write_text(json.dumps(at_17()), "utf-8")
    assert read_rates(path, guangxi.regions, incentive=True).incentive is None
