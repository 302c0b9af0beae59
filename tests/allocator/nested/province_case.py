"""An invented province of three cities, nine counties and one county directly under it, and its check figures by key.

The figures were made by exact rational arithmetic apart from the program: targets 18 %, bounds 8–28 %, spread 6 points,
grid 0.5 points, two criteria of one indicator each.
"""

from fractions import Fraction as F

SETTINGS = """\
schema_version: 1
name: {name}
title: {{zh: {title}, en: {name}}}
target: {target}
regions: regions.csv
period: {{base: 2025, end: 2030}}
bounds: {{lower: 8%, upper: 28%}}
reference: {{map: linear, spread: 6 points}}
criteria:
  capacity: {{weight: 0.5, within: equal, indicators: {{income: {{column: income, direction: "+"}}}}}}
  potential: {{weight: 0.5, within: equal, indicators: {{intensity: {{column: intensity, direction: "+"}}}}}}
publish: {{grid: 0.5 points}}
"""
HEAD = "id,name,emissions(万吨),gdp(亿元),growth,income(元)"
CITIES = {
    "甲市": "990100,甲市,2000,1000,1.41,70000",
    "乙市": "990200,乙市,2500,800,1.39375,60000",
    "丙市": "990300,丙市,800,500,1.39,52000",
    "丁县": "999001,丁县,200,100,1.40,45000",
}
COUNTIES = {
    "甲市": (
        "990101,甲一区,400,500,1.50,78000",
        "990102,甲二县,1000,300,1.40,60000",
        "990103,甲三县,600,200,1.20,48000",
    ),
    "乙市": (
        "990201,乙一区,300,400,1.25,68000",
        "990202,乙二县,1500,250,1.60,56000",
        "990203,乙三县,500,100,1.50,50000",
        "990204,乙四县,200,50,1.30,44000",
    ),
    "丙市": ("990301,丙一区,250,300,1.45,55000", "990302,丙二县,550,200,1.30,46000"),
}
ECOLOGICAL = ("甲三县", "乙四县", "丙二县")

PROVINCE = {
    "target": F(9, 50),
    "sigma_cities": F(-29, 61600),
    "sigma_counties": F(13, 616),
    "within": F(1329, 61600),
    "uniform_cities": F(11059, 61571),
    "uniform_counties": F(3097, 15725),
    "implied": F(69801, 385000),
    "point_10kt": F(77),
    "implied_by_counties": F(5627, 30800),
    "implied_if_handed_on_unchanged": F(101389, 616000),
}
NODES = {
    "甲市": {
        "A": F(141, 385),
        "rate": F(378392583, 2093414000),
        "published": F(9, 50),
        "sigma": F(-5, 141),
        "uniform_need": F(1019, 6800),
        "reach": (F(397, 3525), F(359, 1175)),
        "implied": F(849, 4700),
        "handed_on_unchanged": F(737, 3525),
        "counties": {
            "甲一区": (F(10, 47), F(89659, 686800), F(89659, 686800), F(13, 100)),
            "甲二县": (F(70, 141), F(120667, 686800), F(120667, 686800), F(7, 40)),
            "甲三县": (F(12, 47), F(79459, 686800), F(79459, 686800), F(3, 25)),
        },
    },
    "乙市": {
        "A": F(1115, 2464),
        "rate": F(25631353, 130838375),
        "published": F(1, 5),
        "sigma": F(481, 5575),
        "uniform_need": F(399, 1514),
        "reach": (F(87, 139375), F(30367, 139375)),
        "implied": F(28116, 139375),
        "handed_on_unchanged": F(3651, 27875),
        "counties": {
            "乙一区": (F(24, 223), F(170103, 700225), F(170103, 700225), F(49, 200)),
            "乙二县": (F(768, 1115), F(387897, 1400450), F(387897, 1400450), F(7, 25)),
            "乙三县": (F(48, 223), F(691767, 2800900), F(691767, 2800900), F(49, 200)),
            "乙四县": (F(416, 5575), F(30387, 140045), F(30387, 140045), F(43, 200)),
        },
    },
    "丙市": {
        "A": F(278, 1925),
        "rate": F(11446369, 83736560),
        "published": F(27, 200),
        "sigma": F(-69, 2224),
        "uniform_need": F(5781, 53875),
        "reach": (F(1207, 11120), F(1681, 5560)),
        "implied": F(6121, 44480),
        "handed_on_unchanged": F(14397, 88960),
        "counties": {
            "丙一区": (F(725, 2224), F(5781, 53875), F(5781, 53875), F(11, 100)),
            "丙二县": (F(715, 1112), F(5781, 53875), F(5781, 53875), F(11, 100)),
        },
    },
    "丁县": {"A": F(2, 55), "rate": F(35562101, 261676750), "published": F(27, 200)},
}
"""Node -> key -> exact figure; of counties share, reference, computed and published rate."""


def settings(name="levels-province", title="虚构省", target="18%"):
    """Return a scenario of the province, or of one of its cities."""
    return SETTINGS.format(name=name, title=title, target=target)


def written(folder, rows, more="", **said):
    """Write a scenario of some rows into a folder, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "regions.csv").write_text("\n".join((HEAD, *rows, "")), "utf-8")
    (folder / "scenario.yaml").write_text(settings(**said) + more, "utf-8")
    return folder
