"""What is said of judgements: why a matrix is refused, what weights the others give, of whom, and how combined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from scenarios.errors import Collector, Finding
from scenarios.file.document import Document
from scenarios.file.judgements import CRITERIA, Judgements, Level
from scenarios.file.schema import ScenarioFile
from scenarios.judging import ahp
from scenarios.messages import MESSAGES
from scenarios.wording import LANGUAGES, Language, Text, colon, phrases, running, stopped


def say_judgements(scenario: ScenarioFile, document: Document, collector: Collector) -> None:
    """Refuse judgements that are not consistent and not forced; say what weights the others give, and how."""
    for level, said in scenario.judgements.items():
        path = ("judgements", level)
        called = _Called(scenario, level)
        matrices: list[tuple[tuple[str | int, ...], str, Judgements]] = [
            ((*path, "group", n, "matrix"), one.name, one.matrix) for n, one in enumerate(said.group)
        ]
        if said.matrix is not None:
            matrices.append(((*path, "matrix"), "", said.matrix))
        for place, who, matrix in matrices:
            found = ahp.judge(matrix.rows)
            if not found.consistent:
                finding = _inconsistent(called, who, matrix, found)
                severity: Literal["notice", "error"] = "notice" if said.force else "error"
                collector.extend([replace(finding, place=document.place(place), severity=severity)])
        if said.group and not said.judged.consistent and not said.force:
            collector.error("judgement_group_cr", document.place(path), ratio=f"{said.judged.ratio:.3f}")
        _say_weights(scenario, level, said, called, document, collector)


def _say_weights(
    scenario: ScenarioFile, level: str, said: Level, called: _Called, document: Document, collector: Collector
) -> None:
    """Say what weights a level's judgements give, of whom, and how they are combined; or that they are not used."""
    place, weights = document.place(("judgements", level)), said.weights()
    entries = scenario.criteria if level == CRITERIA else scenario.criteria[level].indicators
    if any(entries[name].weight != weight for name, weight in weights.items()):
        collector.notice("judgement_unused", place, level=called.level)
        return
    index = ahp.INDEX.get(len(said.names))
    told = {"level": called.level, "weights": called.weights(said.judged.weights, said.names)}
    shown = {"ratio": f"{said.judged.ratio:.3f}", "n": len(said.names), "index": "–" if index is None else f"{index:g}"}
    collector.notice("judgement_weights", place, **told, **shown)
    if said.group:
        members = tuple(called.member(one.name, ahp.judge(one.matrix.rows), said.names) for one in said.group)
        collector.notice("judgement_members", place, count=len(said.group), members=members)
    if said.beside:
        combined, fell_back = said.combined()
        sets = tuple(
            f"{name} {share:g}"
            for name, share in zip(("AHP", *(b.name for b in said.beside)), said.shares, strict=True)
        )
        reason = Text("", "") if said.reason is None else Text(*map(said.reason.say, LANGUAGES))
        reason = Text(reason.zh and stopped(reason.zh, "zh"), reason.en and stopped(reason.en, "en") + " ")
        how = {"sets": sets, "weights": called.weights(combined, said.names), "reason": reason}
        collector.notice(
            "judgement_game_refused" if fell_back else _COMBINED[said.combine], place, level=called.level, **how
        )


_COMBINED = {"additive": "judgement_added", "multiplicative": "judgement_multiplied", "game": "judgement_played"}


class _Called:
    """What the entries of a level are called in messages."""

    def __init__(self, scenario: ScenarioFile, level: str) -> None:
        entries = scenario.criteria if level == CRITERIA else scenario.criteria[level].indicators
        labels = {key: entry.label for key, entry in entries.items()}
        self.names = {
            key: Text(key, key) if label is None else Text(label.say("zh"), label.say("en"))
            for key, label in labels.items()
        }
        own = None if level == CRITERIA else scenario.criteria[level].label
        inside = Text(level, level) if own is None else Text(own.say("zh"), own.say("en"))
        self.level = Text("准则", "criteria") if level == CRITERIA else inside

    def weights(self, weights: Iterable[float], names: Iterable[str]) -> tuple[Text, ...]:
        """Return names with their weights."""
        return tuple(
            Text(*(f"{text} {weight:.4f}" for text in self.names[name]))
            for name, weight in zip(names, weights, strict=True)
        )

    def member(self, name: str, judged: ahp.Judged, names: Iterable[str]) -> Text:
        """Return one of a group with weights and consistency."""
        shown = self.weights(judged.weights, names)
        return Text(*(
            f"{name}{colon(language)}{phrases((one.say(language) for one in shown), language)}, CR {judged.ratio:.3f}"
            for language in LANGUAGES
        ))  # fmt: skip


def _inconsistent(called: _Called, who: str, matrix: Judgements, found: ahp.Judged) -> Finding:
    """Return what is said of an inconsistent matrix: the worst triple, whether one is turned, the cheapest repair."""
    names, rows = [called.names[name] for name in matrix.names], matrix.rows
    worst = ahp.worst_triple(rows)
    assert worst is not None

    i, j, k = worst.i, worst.j, worst.k
    triple = _said(
        "judgement_triple", a=names[i], b=names[j], c=names[k], ab=rows[i][j], bc=rows[j][k], ac=rows[i][k],
        factor=f"{worst.factor:.3g}",
    )  # fmt: skip
    turned, repair = ahp.turned(rows), ahp.cheapest_repair(rows)
    asked, mended = Text("", ""), _said("judgement_no_repair")
    if turned is not None:
        ((row, column, value),) = turned.changes
        others = f"{ahp.others_say(rows, row, column):.3g}"
        asked = _said(
            "judgement_turned", a=names[row], b=names[column], found=rows[row][column], value=value,
            ratio=f"{turned.ratio:.3f}", others=others,
        )  # fmt: skip
    if turned is not None and repair is not None and turned.changes == repair.changes:
        mended = Text("", "")
    elif repair is not None:
        changes = [_said("judgement_change", a=names[r], b=names[c], value=v) for r, c, v in repair.changes]
        told = Text(*(running((one.say(language) for one in changes), language) for language in LANGUAGES))
        mended = _said("judgement_repair", changes=told, ratio=f"{repair.ratio:.3f}")
    whose = Text(f"（{who}）", f" ({who})") if who else Text("", "")
    values = {"level": called.level, "who": whose, "ratio": f"{found.ratio:.3f}", "n": len(names)}
    more = {"index": f"{ahp.INDEX[len(names)]:g}", "triple": triple, "turned": asked, "repair": mended}
    return Finding("judgement_cr", values={**values, **more})


def _said(code: str, **values: object) -> Text:
    """Return a message in both languages, to be part of another."""

    def in_language(language: Language) -> str:
        told = {key: value.say(language) if isinstance(value, Text) else value for key, value in values.items()}
        return MESSAGES.say(code, language, **told)

    return Text(*map(in_language, LANGUAGES))
