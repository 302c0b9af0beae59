"""Names of regions with what is no part of them: a number, a province, a mark, a note, a second language.

1.南宁市   （一）南宁市   南宁市[1]   南宁市2   南宁市（含横州）   南宁市 Nanning   广西柳州市
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from scenarios.tables.adcodes.prefectures import CODE_OF, code_of
from scenarios.tables.regions import PROVINCES, alias, called_part, called_total, province_name

_COUNT = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_NUMBER = re.compile(
    rf"(?:[(（]{_COUNT}[)）][、.．]?|{_COUNT}\s*[、.．:：)）]|(?:no\.?\s*)?\d{{1,3}}\s*[-–—_]|no\.?\s*\d{{1,3}}|0\d"
    r"|[①-⑳⑴-⒇⒈-⒛㈠-㈩]|[•·●○■□▪◆◇※△▲☆★*＊–—-]+)\s*(?=[A-Za-z\u4e00-\u9fff])",
    re.IGNORECASE,
)
_SIGNS = r"(?:\d{1,2}(?:[,，、]\d{1,2})*|[a-z①-⑳*＊†‡])"
_MARK = re.compile(
    rf"(?<=[A-Za-z\u4e00-\u9fff)）\]】〕])\s*(?:[(（\[【〔](?:注\s*)?{_SIGNS}?[)）\]】〕]|[①-⑳*＊†‡][)）])$"
    rf"|(?<=[市州盟县旗区])(?:\s*注\s*\d{{1,2}}|[a-z][)）]|[：:])$"
)
_LOOSE_NUMBER = re.compile(r"\d{1,3}\s*(?=[\u4e00-\u9fff]{2})")
_LOOSE_MARK = re.compile(r"(?<=[市州盟县旗区])\d{1,2}(?:[,，、]\d{1,2})*$")
_CODED = re.compile(r"(\d{6})(?:0{6})?[\s_-]*(.{2,})|(.{2,}?)\s*[(（\[【]?(\d{6})(?:0{6})?[)）\]】]?")
_WITH = re.compile(
    r"[(（](?:(?:含|包括|包含)([^()（）]+)|全[市州](?:口径|数据)?|全[域境]|市域|设区市|地级市|省会|首府)[)）]$"
)
_AND = re.compile(r"[、，,;；和及与]")
_OF_ALL = re.compile(r"等?$")
_CHINESE = r"([\u4e00-\u9fff][\u4e00-\u9fff ]*[\u4e00-\u9fff])"
_LATIN = r"[A-Za-z][A-Za-z .'’\-]+[A-Za-z]"
_BETWEEN = r"\s*[/／|｜,，\-—–]?\s*"
_CHINESE_FIRST = re.compile(rf"{_CHINESE}(?:{_BETWEEN}{_LATIN}|\s*[(（]\s*{_LATIN}\s*[)）])")
_LATIN_FIRST = re.compile(rf"(?=.*[a-z]){_LATIN}(?:{_BETWEEN}{_CHINESE}|\s*[(（]\s*{_CHINESE}\s*[)）])")
_TITLE = r"(?:省|(?:维吾尔|壮族|回族)?自治区)"
_IN_PROVINCE = re.compile(rf"(?:中国)?({'|'.join(PROVINCES)})({_TITLE}?)[\s\-—–·・,，/／:：_]*(.{{2,}})")
_KIND = re.compile(r".+[市州盟县旗区]")


def plain_names(texts: Iterable[str], province: Collection[str] = ()) -> dict[str, str]:
    """Return the names of a column by what stands in its cells, those alone that are another.

    Where two cells would then be one region and that is not certain, both keep what tells them apart.

    Parameters
    ----------
    texts
        What stands in the cells.
    province
        Names of the scenario's province; empty where it is not known, or any may be meant.
    """
    own = frozenset(map(province_name, province)) - {""}
    regions = (text for text in texts if not (called_part(text) or called_total(text)))
    certain = _apart({text: _undressed(text, own) for text in regions})
    loosely = {text: _loosely(plain, own) for text, plain in certain.items()}
    groups: dict[str, set[str]] = {}
    for text, plain in loosely.items():
        groups.setdefault(alias(plain), set()).add(certain[text])
    names = {text: plain if len(groups[alias(plain)]) == 1 else certain[text] for text, plain in loosely.items()}
    return {text: plain for text, plain in names.items() if plain != text}


def _apart(names: Mapping[str, str]) -> dict[str, str]:
    """Return names, as they stand where several would be one that is no prefecture's: ``片区(1)`` and ``片区(2)``."""
    count = Counter(alias(plain) for plain in names.values())
    return {text: text if count[alias(plain)] > 1 and not code_of(plain) else plain for text, plain in names.items()}


def english_name(text: str) -> str:
    """Return the English name that stands beside a Chinese one in a cell, ``""`` where there is none."""
    plain = _undressed(text, frozenset())
    if not any(form.fullmatch(plain) for form in (_CHINESE_FIRST, _LATIN_FIRST)):
        return ""
    return re.sub(rf"\s*[(（]?\s*{_CHINESE}\s*[)）]?\s*", "", plain).strip(" /／|｜,，-—–()（）")


@lru_cache(maxsize=10_000)
def _undressed(text: str, own: frozenset[str]) -> str:
    """Return a name without its number, its footnotes and its province."""
    plain = _without_code(_NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text)
    while (less := _MARK.sub("", plain)) != plain:
        plain = less
    return _without_province(plain, own)


def _without_code(text: str) -> str:
    """Return a name without its own code before or behind it; that of another one stays."""
    match = _CODED.fullmatch(text)
    if match is None:
        return text
    code, name = (match[1], match[2]) if match[1] else (match[4], match[3])
    return name if code_of(name) == code else text


def _loosely(text: str, own: frozenset[str]) -> str:
    """Return a name without what may tell it from another one: bare digits, a note in brackets, a second language."""
    plain = _LOOSE_MARK.sub("", _LOOSE_NUMBER.sub("", text, count=1) if _LOOSE_NUMBER.match(text) else text)
    for form in (_CHINESE_FIRST, _LATIN_FIRST):
        if match := form.fullmatch(plain):
            plain = next(filter(None, match.groups()))
    return _without_province(_without_note(plain), own)


def _without_note(text: str) -> str:
    """Return a name without a note that it is whole, or includes what is no prefecture of its own."""
    match = _WITH.search(text)
    held = [] if match is None else _AND.split(match.group(1) or "")
    return (
        text if match is None or any(code_of(_OF_ALL.sub("", part).strip()) for part in held) else text[: match.start()]
    )


def _without_province(text: str, own: frozenset[str]) -> str:
    """Return a name without its province before it: of one that is known to lie there, or behind the whole title."""
    match = _IN_PROVINCE.fullmatch(text)
    if match is None or (own and match.group(1) not in own):
        return text
    province, title, rest = match.groups()
    code = code_of(rest)
    there = code[:2] == CODE_OF[province] if code else bool(title) and _KIND.fullmatch(rest) is not None
    return rest if there else text
