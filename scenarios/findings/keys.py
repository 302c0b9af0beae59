"""What the keys of scenario files are called in Chinese; in English a key says itself what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scenarios.wording import Language

KEYS: dict[str, str] = {
    "energy.grid": "电网省名", "total.step": "取整单位",
    "schema_version": "格式版本", "quantity": "目标所指的量", "name": "名称", "title": "标题", "zh": "中文", "en": "英文",
    "province": "全省", "code": "行政区划代码", "members": "地区名单",
    "period": "规划期", "base": "基年", "end": "期末年", "target": "目标", "margin": "裕度",
    "below": "下一级", "scores": "怎样打分", "fold": "收紧本级上下限", "pass": "下达哪个值", "of": "上级表中的地区", "in": "上级的下降率表",
    "unit": "单位", "fit": "燃料排放系数", "coal": "煤炭", "oil": "石油", "gas": "天然气", "other": "其他排放",
    "total": "总量控制", "cap": "总量目标", "growth_at_most": "排放增幅上限", "increment": "排放增量", "reserve": "机动",
    "reserve_gdp_end": "机动带来的期末 GDP", "apart": "机动单列的文号", "caps": "各市总量", "subtotals": "分组小计先取整",
    "year_caps": "年度预算的走法", "draws": "动用机动的项目表",
    "regions": "地区", "bounds": "上下限", "lower": "下限", "upper": "上限",
    "reference": "参考值", "map": "参考值映射", "spread": "级差", "deviation": "偏离的算法",
    "normalize": "权重折算", "criteria": "准则", "weight": "权重", "within": "准则内赋权", "label": "名称",
    "indicators": "指标", "column": "列名", "direction": "方向", "normaliser": "归一化方法",
    "publish": "公布", "grid": "取整步长", "classes": "类数", "smallest_class": "每类最少地区数",
    "profile": "印发内容", "publish.columns": "另列各栏", "publish.notes": "印发表的附注", "office": "发文单位", "contact": "联系人和电话", "number": "文号", "paper": "版式", "mark": "附件标志",
    "title_font": "标题字体", "text_font": "正文字体", "head_font": "表头字体", "table_font": "表内字体",
    "title_size": "标题字号", "text_size": "正文字号", "table_size": "表内字号", "line_pitch": "行距",
    "solver": "求解", "time_limit": "时限", "threads": "线程数", "gap": "允许差距",
    "rules": "规则", "id": "编号", "reason": "理由", "where": "适用范围", "group": "组", "condition": "条件",
    "type": "规则类型", "enabled": "启用", "at_most": "至多", "at_least": "至少", "rate": "下降率",
    "above_target": "高于目标", "below_target": "低于目标", "limit": "总量", "projects": "项目", "region": "地区",
    "emissions": "排放", "gdp": "生产总值", "gdp_end": "期末生产总值",
    "growth_uncertainty": "增长不确定度", "protect": "防护地区数", "exceed": "能否超过目标",
    "potentials": "降碳潜力", "structure": "结构降碳", "technique": "技术降碳", "substitution": "替代降碳",
    "incentive": "激励目标", "step": "最小增幅", "step_column": "最小增幅的列",
    "judgements": "两两比较", "matrix": "判断矩阵", "force": "不一致仍采用", "share": "份额", "combine": "合成方法",
    "methods": "其他分解方法", "population": "人口", "population_table": "人口表", "converge": "人均趋同年份", "elasticity": "支付能力弹性", "nash": "纳什权重",
    "costs": "减排成本表",
    "energy": "能源数据", "file": "文件", "factors": "排放因子", "scope": "核算口径", "own_scope": "自定义口径",
    "non_energy": "原料用能", "processes": "工业过程", "electricity": "电力", "gases": "温室气体",
    "gwp": "增温潜势", "option": "电力算法", "factor_basis": "因子口径",
    "traded": "市场化交易非化石电量", "vintage": "数据版本", "price_base": "价格基期",
    "reconcile": "与省级数据的衔接", "growth": "增长倍数", "tolerance": "允许误差", "residual": "余项",
    "track": "跟踪", "path": "年度路径", "weights": "各年权重", "growth_tolerance": "增速允许误差",
    "warning": "预警", "offsets": "置换", "carry_over": "预算结转上限", "yellow": "黄灯阈值", "red": "红灯阈值", "effort": "力度倍数",
    "printed_rates": "公布的下降率", "beside": "同组方案", "nonfossil": "非化石能源", "scenario": "方案", "peak": "达峰年份", "actuals": "年度数据", "basis": "依据",
    "accept": "已核实的疑问", "columns": "列名对照", "sheet": "工作表",
    "shapes": "地图边界", "tiles": "地图方格", "tables": "下降率表", "last_period": "上一规划期", "notes": "附注", "sources": "数据来源",
    "sections": "部分", "items": "考核项", "points": "分值", "choices": "可选得分", "grades": "等级",
    "excellent": "优秀", "good": "良好", "qualified": "合格",
}  # fmt: skip


_SHAPE = re.compile(
    r"(?:objects\.(.+)\.)?(?:(?:features|geometries)\[(\d+)\])?(?: ?polygon (\d+))?(?: ?ring (\d+))?", re.ASCII
)
"""Where something stands in a map: ``features[0] polygon 2 ring 1``, ``objects.cities.geometries[3] ring 1``."""
_NAMED = ("rules", "criteria", "indicators", "tables", "actuals")
"""Keys below which stand names that the file gives itself."""


def key_alone(parents: Sequence[str], key: str) -> str:
    """Return what a key is called below others, where some are called otherwise than elsewhere."""
    return KEYS.get(".".join((*parents[-1:], key))) or KEYS.get(key) or _shape_in_words(key) or key


def _shape_in_words(key: str) -> str:
    """Return which ring of which shape of a map a key names, counted from one; ``""`` for any other key."""
    match = _SHAPE.fullmatch(key) if key else None
    if match is None:
        return ""
    name, shape, part, ring = match.groups()
    counted = (("个图形", shape and int(shape) + 1), ("块", part), ("个环", ring))
    return (f"“{name}”" if name else "") + "".join(f"第 {number} {what}" for what, number in counted if number)


def keys_called(keys: Sequence[str], language: Language) -> str:
    """Return what keys one below the other are called, without the keys themselves: 上下限·上限, or bounds · upper."""
    if language == "zh":
        return "·".join(key_alone(keys[:n], key) for n, key in enumerate(keys))
    return " · ".join(key.replace("_", " ") for key in keys)


def key_called(key: str, language: Language) -> str:
    """Return what a dotted key is called on the page; a name that the file gives itself stands alone."""
    *parents, last = key.split(".")
    if parents and parents[-1] in _NAMED:
        return f"{KEYS[parents[-1]]} {last}" if language == "zh" else f"{parents[-1]} {last}"
    return keys_called([*parents, last], language)


def key_in_words(key: str) -> str:
    """Return a dotted key as people call it, the key itself in brackets; what is no known key as it is."""
    if shape := _shape_in_words(key):
        return shape
    *parents, last = key.split(".")
    if last in KEYS:
        return f"{key_alone(parents, last)}（{key}）"
    if parents and parents[-1] in _NAMED:
        return f"{KEYS[parents[-1]]} {last}（{key}）"
    return f"字段（{key}）" if parents and " " not in key else key
