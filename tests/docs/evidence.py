"""Makes docs/evidence.md and docs/zh/evidence.md: what the published splits among the bundled cases imply.

`python tests/docs/evidence.py` writes both, `--check` says whether they are as they would be written. The chapter on
what explains the tables is filled by `allocator explain` where there is such a command.
"""

import sys
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from typer.main import get_command
from typer.testing import CliRunner

from allocator.cli import app
from reports.verifying.verification import Verification, verify_rates
from scenarios.load import Scenario, load_scenario
from scenarios.tables.rates import read_rates
from tests.docs.example import DOCS

CASES = ("guangxi-13fyp", "zhejiang-13fyp", "shandong-13fyp", "jiangsu-12fyp", "provinces-12fyp", "eu-2030")
"""Cases of splits that were published, in the order of the page."""
EXPLAINED = (*((case, "published") for case in CASES), ("eu-2030", "gdp-per-head"))
"""Case and table; the last was made by a known rule."""
PAGES = {"en": DOCS / "evidence.md", "zh": DOCS / "zh" / "evidence.md"}
CHAPTER = {"en": "## What explains them", "zh": "## 什么能解释它们"}
WORDS = {
    "en": {
        "head": """# What published splits imply

Six splits that governments published, each bundled with its sources, judged by `allocator verify`: were every
region to make exactly its target, what would the whole make? Made by `python tests/docs/evidence.py`.
""",
        "columns": ("case", "table", "regions", "target", "plain mean", "weighted by emissions", "implied",
                    "over or short", "composition effect", "equal rates"),
        "below": """All in per cent, the composition effect and what is over or short in points. *Plain mean* and
*weighted by emissions* (of the base year) are what a table looks like; the second is what it would give were all
regions to grow alike. *Implied* is what it gives at the growth of the case, *equal rates* what every region would
have to cut.

## How to read it

""",
        "readings": """- **A mean is no proof.** Guangxi's table has a plain mean of {gx_mean} %, of {gx_weighted} %
  weighted by emissions; at the growth that its cities then had it gives {gx} %. Carbon-heavy cities grew faster:
  {gx_sigma} points. In Shandong they grew more slowly, and its table gives more than either mean.
- **Backed here is not proved there.** Where growth is assumed alike or CO2 stands in for energy use, the figure says
  what the table gives on these inputs and no more; each case says so itself, below.
- **A misprint shows.** Zhejiang's table as reprinted implies {zj} %; ten times its rates are the only reading
  that backs.
- **Law and proposals.** The regulation of the EU adds up to {eu} % on the emissions of 2005 used here, against the 40 %
  that the EU states; four proposals of a study share one total of {eu_study} %.
""",
        "cases": "## Case by case",
        "verdict": "- `{table}`, {low} to {high} %. {said}",
        "basis": "- Basis: {text}",
        "notes": "- What the figures cannot say:",
        "sources": "- Sources:",
        "explained": "What `allocator explain` says of each table, weights as ranges or not at all.",
        "last": "The last table is a study's that measures capability by GDP per head: a known rule, to compare with.",
    },
    "zh": {
        "head": """# 公布过的分解意味着什么

六个政府公布过的分解，各自连同来源内置在程序里，用 `allocator verify` 核对：
各地区都恰好完成目标，全省（全国、欧盟）能降多少？
本页由 `python tests/docs/evidence.py` 生成，英文见 [evidence.md](../evidence.md)。
""",
        "columns": ("案例", "表", "地区数", "总目标", "简单平均", "按排放加权", "实际合计", "富余或缺口", "结构效应",
                    "同降所需"),
        "below": """单位是百分数，富余或缺口和结构效应是百分点。“简单平均”和“按（基年）排放加权”是一张表
看上去的样子，后者也是各地区增长相同时的合计；“实际合计”按案例里的增长计算；“同降所需”是各地区同降时达到总目标要降多少。

## 怎样看

""",
        "readings": """- **平均数不是证明。** 广西的表简单平均 {gx_mean}%，按排放加权 {gx_weighted}%，
  按各市后来的增长只有 {gx}%：高碳城市增长更快，结构效应 {gx_sigma} 个百分点。
  山东相反，高碳城市增长较慢，合计高于两种平均。
- **这里支撑，不等于当时就支撑。** 增长假定相同、以二氧化碳代能耗的，数字只说明在这些数据上如何；各案例在下面自己说明。
- **漏写一位数看得出来。** 浙江的表照转载只有 {zj}%；十倍于它是唯一能支撑总目标的读法。
- **法律与方案。** 欧盟条例按这里的 2005 年排放合计 {eu}%，欧盟公布为 40%；一项研究的四个方案合计都是 {eu_study}%。
""",
        "cases": "## 各个案例",
        "verdict": "- `{table}`，{low}% 到 {high}%。{said}",
        "basis": "- 依据：{text}",
        "notes": "- 数据说不清的：",
        "sources": "- 来源：",
        "explained": "`allocator explain` 对每张表怎么说，只列结论，全文见英文页。",
        "last": "最后一张表是一项研究按人均国内生产总值衡量能力得出的：规则已知，供对照。",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Split:
    """A published table and what is computed of it."""

    case: str
    table: str
    scenario: Scenario
    rates: tuple[Fraction, ...]
    verified: Verification

    @property
    def mean(self) -> Fraction:
        """The plain mean of the rates."""
        return sum(self.rates, Fraction(0)) / len(self.rates)

    @property
    def weighted(self) -> Fraction:
        """Their mean weighted by emissions of the base year: what they give were all regions to grow alike."""
        emissions = [Fraction(e) for e in self.scenario.regions.emissions]
        return sum(e * r for e, r in zip(emissions, self.rates, strict=True)) / sum(emissions)


def splits() -> list[Split]:
    """Return the published tables of all cases, judged."""
    found = []
    for case in CASES:
        scenario = load_scenario(case)
        for table in scenario.file.tables:
            rates = read_rates(scenario.table_path(table), scenario.regions).rates
            exact = tuple(Fraction(rate) for rate in rates)
            found.append(Split(case, table, scenario, exact, verify_rates(scenario, rates)))
    return found


def per_cent(value: Fraction, signed: bool = False) -> str:
    """Return a share in per cent, two digits, with a proper minus."""
    text = f"{float(value) * 100:{'+' if signed else ''}.2f}".replace("-", "−")
    return text.replace("+0.00", "0.00").replace("−0.00", "0.00")


def line(split: Split) -> list[str]:
    """Return the cells of a split."""
    verified, target = split.verified, Fraction(split.scenario.file.target)
    return [
        f"`{split.case}`", f"`{split.table}`", str(len(split.rates)), per_cent(target), per_cent(split.mean),
        per_cent(split.weighted), f"**{per_cent(verified.implied_reduction)}**",
        per_cent(verified.implied_reduction - target, signed=True), per_cent(verified.sigma, signed=True),
        per_cent(verified.uniform_rate),
    ]  # fmt: skip


def table_of(rows: list[list[str]], head: tuple[str, ...]) -> str:
    """Return rows as a table of Markdown."""
    lines = [list(head), ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def section(of_case: list[Split], language: str) -> str:
    """Return what is said of one case: its title, verdicts, basis, notes and sources."""
    words, file = WORDS[language], of_case[0].scenario.file
    lines = [f"### {file.title.say(language)}", "", f"`{file.name}`", ""]
    for split in of_case:
        said = _said(language, "verify", split.case, split.table)[0]
        low, high = _plain(min(split.rates)), _plain(max(split.rates))
        lines += [words["verdict"].format(table=split.table, low=low, high=high, said=said)]
    lines += [words["basis"].format(text=file.basis.say(language))] if file.basis else []
    for key, texts in (("notes", file.notes), ("sources", file.sources)):
        lines += [words[key], *(f"  - {text.say(language)}" for text in texts)]
    return "\n".join(lines) + "\n"


def _plain(value: Fraction) -> str:
    return f"{float(value) * 100:.2f}".rstrip("0").rstrip(".")


def _said(language: str, *words: str) -> list[str]:
    """Return the lines that a command prints."""
    return CliRunner().invoke(app, [*words, "--lang", language]).stdout.strip().splitlines()


def readings(found: list[Split], language: str) -> str:
    """Return what the table shows, in sentences with its figures."""
    by_name = {(split.case, split.table): split for split in found}
    guangxi, law = by_name["guangxi-13fyp", "published"], by_name["eu-2030", "published"]
    printed, study = by_name["zhejiang-13fyp", "published-as-printed"], by_name["eu-2030", "quality"]
    return WORDS[language]["readings"].format(
        gx_mean=per_cent(guangxi.mean), gx_weighted=per_cent(guangxi.weighted),
        gx=per_cent(guangxi.verified.implied_reduction), gx_sigma=per_cent(guangxi.verified.sigma),
        zj=per_cent(printed.verified.implied_reduction), eu=per_cent(law.verified.implied_reduction),
        eu_study=per_cent(study.verified.implied_reduction),
    )  # fmt: skip


def page(found: list[Split], language: str) -> str:
    """Return the page of a language, without the chapter on what explains the tables."""
    words = WORDS[language]
    cases = [section([split for split in found if split.case == case], language) for case in CASES]
    figures = table_of([line(split) for split in found], words["columns"])
    opening = f"{words['head']}\n{figures}\n{words['below']}{readings(found, language)}"
    return f"{opening}\n{words['cases']}\n\n" + "\n".join(cases)


def can_explain() -> bool:
    """Return whether the program has the command."""
    return "explain" in getattr(get_command(app), "commands", {})


def explained(language: str) -> str:
    """Return the chapter on what explains the tables, in the words of the command; takes minutes.

    In Chinese, where pages are short, its verdict: the last line of its first paragraph.
    """
    told = []
    for case, table in EXPLAINED:
        print(f"explain {case} {table} --lang {language}", file=sys.stderr)
        lines = _said(language, "explain", case, table)
        fenced = [f"`{case}` `{table}`", "", "```text", *(line.rstrip() for line in lines), "```", ""]
        verdict = lines[[*lines, ""].index("") - 1]
        told += fenced if language == "en" else [f"- `{case}` `{table}`：{verdict}"]
    words = WORDS[language]
    lines = [CHAPTER[language], "", words["explained"], "", *told, "", words["last"], ""]
    return "\n".join(lines).replace("\n\n\n", "\n\n")


def without_chapter(text: str, language: str) -> str:
    """Return a page without that chapter, which is its last."""
    return text.split(f"\n{CHAPTER[language]}\n")[0]


def stale(found: list[Split]) -> list[str]:
    """Return the pages that are not as they would be written; of the chapter only whether it is there."""
    old = []
    for language, path in PAGES.items():
        text = path.read_text("utf-8") if path.exists() else ""
        has_chapter = f"\n{CHAPTER[language]}\n" in text
        if without_chapter(text, language) != page(found, language) or has_chapter != can_explain():
            old.append(path.name)
    return old


def main() -> None:
    """Write both pages, or with `--check` leave with 1 where one is not as it would be written."""
    found = splits()
    if "--check" in sys.argv[1:]:
        sys.exit(1 if stale(found) else 0)
    chapters = {language: f"\n{explained(language)}" if can_explain() else "" for language in PAGES}
    for language, path in PAGES.items():
        path.write_text(page(found, language) + chapters[language], "utf-8")


if __name__ == "__main__":
    main()
