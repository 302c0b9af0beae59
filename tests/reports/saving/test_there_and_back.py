"""A scenario as a workbook and as YAML is one scenario, whatever it says."""

import random
import time
from decimal import Decimal

import openpyxl
import pytest
from pydantic import ValidationError

from reports.saving.book import Contents, scenario_workbook
from reports.saving.rows import settings_rows
from reports.saving.yaml_text import yaml_text
from scenarios.file.book.sheets import ANSWERS, INDICATORS, JUDGEMENTS, RULES, columns_of
from scenarios.file.book.slots import NAME, OWN_SHEETS, settings_slots
from scenarios.file.book.tree import read_book
from scenarios.file.document import parse_document
from scenarios.file.schema import ScenarioFile
from scenarios.schema_types import Model

TEXTS = ["甲、乙", "a “b” c", '"quoted"', " blank before", "1e5", "007", "true", "是", "=SUM(A1)", "[a]", "{b}",
         "无，有", "50%", "2.50", "#N/A is no formula", "two\nlines", "甲市", "x" * 400]  # fmt: skip
FORMS = ("17%", "0.170", "12 points", "3.25个百分点", "0.5%", "0.12345678901234567")


class Chance:
    """Plain values of every kind."""

    def __init__(self, seed):
        self.of = random.Random(seed)

    def text(self):
        return self.of.choice(TEXTS)

    def number(self):
        digits = self.of.choice((1, 3, 9, 15, 20))
        return Decimal(self.of.randrange(10**digits)).scaleb(-self.of.randrange(max(0, digits - 15), digits + 3))

    def value(self, slot):
        if slot.choices and self.of.random() < 0.7:
            return self.of.choice(slot.choices)
        return {
            "text": self.text,
            "rate": lambda: self.of.choice(
                [*FORMS, Decimal("0.050"), f"{self.of.randrange(1, 30)}.{self.of.randrange(99):02}%"]
            ),
            "number": self.number,
            "whole": lambda: self.of.choice((1, 2, 5, 2019, 2030)),
            "flag": lambda: self.of.random() < 0.5,
            "table": lambda: self.of.choice(("a.csv", "各市 表.xlsx", "x.xlsx#数据")),
            "names": lambda: [self.text() for _ in range(self.of.randrange(1, 4))],
            "numbers": lambda: [self.number() for _ in range(self.of.randrange(1, 4))],
        }[slot.kind]()

    def settings(self):
        values = {}
        for slot in settings_slots():
            prefix = slot.path[: slot.path.index(NAME)] if slot.named else slot.path
            free = ["one", "甲市", "a.b"] if slot.path[0] in ("columns", "where", "publish") else ["one", "a-b", "c_d"]
            free = slot.names or free
            names = free[: self.of.randrange(4)] if slot.named else [None]
            for name in names if self.of.random() < 0.5 else ():
                keys = [name if part == NAME else part for part in slot.path]
                node = values
                for key in keys[:-1]:
                    below = node.setdefault(key, {})
                    node = below if isinstance(below, dict) else {}
                node[keys[-1]] = self.value(slot)
            if slot.listed and names:
                node = values
                for key in prefix[:-1]:
                    node = node.get(key, {})
                if isinstance(node.get(prefix[-1]), dict):
                    node[prefix[-1]] = [*node[prefix[-1]].values()]
        if self.of.random() < 0.5:
            values.get("energy", {}).pop("own_scope", None)
        if self.of.random() < 0.1:  # by chance they hardly ever go together
            values["track"] = {"path": "given", "weights": [self.of.choice((1, 2, Decimal("0.5"))) for _ in range(5)]}
        return values

    def criteria(self):
        def indicator(given):
            entry = {"column": self.text(), "direction": self.of.choice("+-")}
            entry |= {"normaliser": "rank"} if self.of.random() < 0.5 else {}
            entry |= (
                {"label": self.of.choice([self.text(), {"zh": "甲", "en": self.text()}])}
                if self.of.random() < 0.5
                else {}
            )
            return entry | ({"weight": self.number()} if given else {})

        def criterion():
            within = self.of.choice(("equal", "given", "entropy"))
            entry = {"weight": self.number(), "within": within}
            entry |= {"label": {"zh": self.text(), "en": "b"}} if self.of.random() < 0.5 else {}
            return entry | {
                "indicators": {f"i{n}": indicator(within == "given") for n in range(self.of.randrange(1, 4))}
            }

        return {f"c-{n}": criterion() for n in range(self.of.randrange(1, 4))}

    def judged(self, names):
        """Return judgements of a level that says its weights as well."""

        def matrix():
            values = ("1/9", "1/3", 1, 2, 9, "2/7", Decimal("0.33"), Decimal("2.5"), "5/3")
            return {name: [1 if k == n else self.of.choice(values) if k > n else None for k in range(len(names))]
                    for n, name in enumerate(names)}  # fmt: skip

        whose = {"matrix": matrix()} if self.of.random() < 0.5 else {
            "group": [{"name": self.text(), "matrix": matrix()} for _ in range(self.of.randrange(1, 4))]
        }  # fmt: skip
        for judge in whose.get("group", ()):
            judge |= {"share": self.of.choice((1, Decimal("0.5")))} if self.of.random() < 0.5 else {}
        more = {"force": True, "share": 2, "combine": self.of.choice(("additive", "game")), "reason": self.text(),
                "beside": [{"name": self.text(), "weights": dict.fromkeys(names, Decimal("0.25"))}]}  # fmt: skip
        return whose | {key: value for key, value in more.items() if self.of.random() < 0.5}

    def rules(self):
        where = [{"where": {"group": self.text()}}, {"where": [self.text(), "乙市"]}, {"where": "growth > 1.2"}, {}]
        kinds = [
            {"type": "gap", "at_most": "9 points"},
            {"type": "floor", "rate": "12.5%"},
            {"type": "floor", "above_target": Decimal("0.02")},
            {"type": "ceiling", "below_target": "1 point"},
            {"type": "ratchet", "column": self.text(), "at_least": Decimal("0.80"), "at_most": Decimal("1.25")},
            {"type": "budget", "limit": self.number(), "projects": 12},
            {"type": "column_floor", "column": "甲"},
            {"type": "order"},
            {"type": "peak"},
        ]
        rules = [{"id": f"r{n}", **self.of.choice(kinds), **self.of.choice(where), "reason": self.text()}
                 for n in range(self.of.randrange(4))]  # fmt: skip
        rules += [{"id": "fixed", "type": "negotiated", "region": self.text(), "rate": "17.0%", "reason": {"en": "so"}}]
        rules += [{"id": "works", "type": "project", "region": "甲市", "emissions": self.number(), "reason": "x"}]
        return [rule | ({"enabled": self.of.random() < 0.5} if self.of.random() < 0.3 else {}) for rule in rules]

    def mend(self, values, where):
        """Leave out what the models do not take: the key itself, or its section."""
        path, node = [], values
        for key in where:
            if isinstance(node, dict) and key in node:
                path.append(key)
                node = node[key]
        if not path:
            for key in ("quantity", "unit") if {"quantity", "unit"} & {*values} else ("total", "energy", "tiles"):
                values.pop(key, None)
            return
        *above, last = path
        node = values
        for key in above:
            node = node[key]
        if above and len(node) > 1:
            del node[last]
        else:
            del values[path[0]]

    def scenario(self):
        """Return a scenario that the models take: sections that they do not are left out."""
        values = {
            **self.settings(), "schema_version": 1, "name": "a-1", "criteria": self.criteria(), "rules": self.rules(),
            "accept": [{"id": f"a:{self.text().strip()}:{n}", "reason": "看过"} for n in range(self.of.randrange(3))],
        }  # fmt: skip
        if len(values["criteria"]) > 1 and self.of.random() < 0.5:
            values["judgements"] = {"criteria": self.judged([*values["criteria"]])}
        needed = {"title": "题", "period": {"base": 2025, "end": 2030}, "target": "17%", "regions": "t.csv",
                  "reference": {"map": "uniform"}}  # fmt: skip
        for _ in range(200):
            values = {**needed, **values}
            try:
                ScenarioFile.model_validate(values)
            except ValidationError as error:
                first = error.errors()[0]
                below = first.get("ctx", {}).get("below", ())
                self.mend(values, (*first["loc"], *([below] if isinstance(below, str | int) else below)))
            else:
                return values
        raise AssertionError("no scenario")


def model(values):
    return ScenarioFile.model_validate(values)


def test_two_hundred_scenarios_go_there_and_back():
    began, said = time.process_time(), set()
    for seed in range(200):
        values = Chance(seed).scenario()
        language = ("zh", "en")[seed % 2]
        book = scenario_workbook(Contents(values), language)
        found, _ = read_book(book, "x.xlsx")
        assert model(found) == model(values), seed
        text = yaml_text(found)
        assert model(parse_document(text, "x.yaml").values) == model(values), seed
        said |= {row.slot.key for row in settings_rows(values) if row.slot is not None and row.value is not None}
    assert {slot.key for slot in settings_slots()} - said == set(), "what no scenario has said"
    assert time.process_time() - began < 60, "about 20 s on a quiet machine"


def keys_of(kind, path=()):
    """Yield the keys of a model and of those below it, as the models themselves say them."""
    for name, field in ((field.validation_alias or name, field) for name, field in kind.model_fields.items()):
        yield (*path, name)
        for below in models_in(field.annotation):
            yield from keys_of(below, (*path, name))


def models_in(annotation):
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return [annotation]
    return [model for inner in getattr(annotation, "__args__", ()) for model in models_in(inner)]


def test_every_key_of_the_models_has_a_row_or_a_column():
    in_rows = {tuple(part for part in slot.path if part != NAME) for slot in settings_slots()}
    columns = {sheet: {tuple(p for p in key.split(".") if p != NAME) for key in columns_of(sheet)}
               for sheet in (INDICATORS, RULES, ANSWERS, JUDGEMENTS)}  # fmt: skip
    columns[JUDGEMENTS] |= {("matrix",), ("group", "name"), ("group", "share"), ("group", "matrix"), ("beside", "name"),
                            ("beside", "share"), ("beside", "weights")}  # fmt: skip
    of = {"criteria": columns[INDICATORS], "rules": columns[RULES], "accept": columns[ANSWERS],
          "judgements": columns[JUDGEMENTS]}  # fmt: skip
    lost = []
    for path in keys_of(ScenarioFile):
        known = of[path[0]] if path[0] in OWN_SHEETS else in_rows
        own = path[1:] if path[0] in OWN_SHEETS else path
        if not any(one[: len(own)] == own for one in known):
            lost.append(path)
    assert lost == []


def test_a_key_that_comes_into_the_models_comes_into_the_workbook(monkeypatch):
    from scenarios.file.book import slots

    schema = ScenarioFile.model_json_schema()
    schema["properties"]["new_one"] = {"default": "0", "anyOf": schema["properties"]["margin"]["anyOf"]}
    monkeypatch.setattr(slots, "_root", lambda: schema)
    slots.settings_slots.cache_clear()
    try:
        (slot,) = [slot for slot in slots.settings_slots() if slot.key == "new_one"]
        assert (slot.kind, slot.default) == ("rate", "0")
    finally:
        slots.settings_slots.cache_clear()


@pytest.mark.parametrize("section", ["track", "publish", "total"])
def test_a_section_with_nothing_in_it_stays(section):
    values = {"schema_version": 1, "name": "a", "title": "题", section: {}}
    found, _ = read_book(scenario_workbook(Contents(values), "zh"), "x.xlsx")
    assert found[section] == {}


ALONE = {
    "title": "题", "basis": "据", "sources": ["甲", {"zh": "乙", "en": "b"}], "notes": ["丙"],
    "track": {"beside": {"coal": "coal.yaml", "oil": {"scenario": "oil.yaml", "actuals": "a.csv"}},
              "actuals": {"a": {"file": "a.csv", "basis": "虚构"}}},
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_may_stand_alone_has_the_row_of_what_it_is_short_for(language):
    needed = {"schema_version": 1, "name": "a", "period": {"base": 2025, "end": 2030}, "target": "17%",
              "regions": "t.csv", "reference": {"map": "uniform"},
              "criteria": {"c": {"weight": 1, "label": "准", "indicators": {"i": {"column": "x", "direction": "+"}}}},
              "rules": [{"id": "r", "type": "gap", "at_most": "9 points", "reason": "因"}],
              "accept": [{"id": "a:b", "reason": "看过"}]}  # fmt: skip
    values = {**needed, **ALONE}
    found, _ = read_book(scenario_workbook(Contents(values), language), "x.xlsx")
    assert model(found) == model(values)
    assert found["track"]["beside"] == {
        "coal": {"scenario": "coal.yaml"}, "oil": {"scenario": "oil.yaml", "actuals": "a.csv"},
    }  # fmt: skip
    assert found["sources"] == [{"zh": "甲"}, {"zh": "乙", "en": "b"}]
    assert (found["title"], found["basis"]) == ({"zh": "题"}, {"zh": "据"})
    assert found["accept"] == [{"id": "a:b", "reason": {"zh": "看过"}}]


def test_a_row_of_the_short_key_is_read_as_well(tmp_path):
    """Workbooks that were written while a source was one text have `sources.*`."""
    values = {"schema_version": 1, "name": "a", "title": "题", "sources": ["甲", "乙"]}
    (tmp_path / "x.xlsx").write_bytes(scenario_workbook(Contents(values), "zh"))
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    for cell in book["设置"]["H"]:
        if cell.value in ("sources.*.zh", "title.zh"):
            cell.value = cell.value.removesuffix(".zh")
    book.save(tmp_path / "x.xlsx")
    found, _ = read_book((tmp_path / "x.xlsx").read_bytes(), "x.xlsx")
    assert (found["title"], found["sources"]) == ("题", ["甲", "乙"])


def test_sentences_in_one_language_and_in_both_keep_their_order():
    """Both have rows of their own in the sheet of settings; the order is that of the list, not of the rows' kinds."""
    sources = [{"zh": "甲", "en": "a"}, "乙", {"zh": "丙", "en": "c"}, "丁"] + [str(n) for n in range(5, 12)]
    rows = [row for row in settings_rows({"sources": sources}) if row.slot.path[0] == "sources" and row.value]
    assert list(dict.fromkeys(row.name for row in rows)) == [str(n) for n in range(1, 12)]
