"""What the words that a scenario can choose from are called in Chinese; in English a word says itself what it is."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.wording import Language, listed, on_page

CHOICES: dict[str, str] = {
    "carbon": "碳排放", "quantity=energy": "能耗", "quantity=coal": "煤炭", "quantity=oil": "石油",
    "nonfossil": "非化石能源占比", "beside=energy": "能耗", "beside=coal": "煤炭", "beside=oil": "石油",
    "rates": "按下降率推算", "caps=total": "推算后分完", "caps=base": "按基年排放同比例",
    "even": "每年同样变化率", "year_caps=linear": "每年同样变化量", "peak=end": "期末年不高于基年",
    "linear": "线性", "proportional": "与得分成比例", "uniform": "各地区相同",
    "relative": "相对", "absolute": "绝对（百分点）", "auto": "自然断点", "protect=all": "全部",
    "refuse": "不允许", "allow": "允许",
    "cities": "以各市为准", "scale": "按比例调整", "residual": "列余项", "emissions=refuse": "不符即退回",
    "gdp=refuse": "不符即退回", "growth=refuse": "不符即退回",
    "geometric": "每年同样降幅", "front_loaded": "先多后少", "given": "给定", "three_level": "三级预警",
    "as_fuel": "按燃料计", "out": "不计", "released": "按释放计",
    "option=fossil": "只计化石燃料", "own": "本地区因子", "provincial": "全省因子", "balance": "按调入调出",
    "terminal": "终端消费", "attributed": "分摊到消费方",
    "average": "全部电量", "excluding_traded": "不含市场化交易非化石电量", "fossil": "只含化石能源电量",
    "traded=average": "与全部电量相同", "zero": "零排放",
    "equal": "等权", "entropy": "熵权", "critic": "CRITIC", "+": "正", "-": "负",
    "circular": "公文用表", "full": "完整表（含复核）",
    "minmax": "极差", "zscore": "标准分", "rank": "排序", "ratio": "与均值之比",
    "gap": "差距不超过", "floor": "不低于", "ceiling": "不高于", "peak": "率先达峰", "column_floor": "不低于表中一列",
    "ratchet": "与上期相比", "order": "高低次序", "budget": "排放总量", "negotiated": "商定值", "project": "重大项目单列",
    "nash=even": "各地区相同", "nash=population": "按人口", "nash=effort": "按对全省的作用",
    "together": "各市的县一起", "scores=own": "各市自己", "printed": "公布值", "computed": "测算值",
    "true": "是", "false": "否",
}  # fmt: skip
"""Word -> what it is called; ``KEY=WORD`` where it is called otherwise under a key."""

ENGLISH: dict[str, str] = {"+": "positive", "-": "negative", "true": "yes", "false": "no"}
"""Words that are called otherwise in English than they are written."""


def choice_in_words(key: str, word: str, language: Language) -> str:
    """Return what a word is called under the last key of its path, the word itself where it has no other name."""
    if language != "zh":
        return ENGLISH.get(word, word)
    return CHOICES.get(f"{key}={word}") or CHOICES.get(word, word)


@dataclass(frozen=True)
class Choices:
    """The words that can be chosen under a key, to be said: on the page as they are called, else as they are written too."""

    key: str
    words: tuple[str, ...]

    def say(self, language: Language, /) -> str:
        """Return them in a row."""
        called = [choice_in_words(self.key, word, language) for word in self.words]
        if on_page():
            return (" 或 " if language == "zh" else " or ").join(
                [*filter(None, [listed(called[:-1], language)]), called[-1]]
            )
        if language == "en":
            return listed(self.words, language)
        pairs = zip(called, self.words, strict=True)
        return listed((name if name == word else f"{name}（{word}）" for name, word in pairs), language)
