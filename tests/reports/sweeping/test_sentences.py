"""What is said about a sweep, against sentences written by hand."""

import pytest

from reports.printing.numbers import scientific
from reports.sweeping.phrases import enough, moved, share, to_move
from reports.sweeping.record import RadiusRecord
from reports.sweeping.sentences import headline, region_statement, sweep_statements
from reports.words.sweeping import WORDS
from scenarios.wording import speaking_on_page


def with_design(record, **parts):
    return record.model_copy(update={"design": record.design.model_copy(update=parts)})


def with_region(record, n, **parts):
    regions = list(record.regions)
    regions[n] = regions[n].model_copy(update=parts)
    return record.model_copy(update={"regions": tuple(regions)})


def test_chinese(made):
    assert headline(made, "zh") == (
        "3 个地区中，2 个类别稳定，1 个随权重而变。"
        "取整后的公布表：试了 60 个样本，与本方案完全相同的有 3 个，平均有 1.2 个地区的公布值不同。"
    )
    assert sweep_statements(made, "zh") == [
        "类别稳定（在不少于 95% 的样本中不变）的地区 2 个：乙市（第一类，100%）、丙市（第二类，97.0%）。",
        "类别随权重而变的地区 1 个：甲市（第一类 62.0%，第二类 38.0%）。",
        "本方案未分类；此处的类别是按测算下降率的自然断点得出的建议，各类平均下降率为：第一类 21.50%、第二类 14.50%。",
        "全部地区的类别均与本方案相同的样本占 60.0%；每个样本平均有 0.4 个地区换类，最多 2 个。",
        "另取 60 个样本，按本方案的办法取整：公布表与本方案完全相同的有 3 个（5.0%），"
        "平均有 1.2 个地区的公布值与本方案不同。",
        "最经不起权重变动的是甲市：把 25.0 个百分点的权重从能力转到潜力，甲市就由第一类变为第二类。",
        "高低次序最不确定的地区：甲市与乙市（前者较高的样本占 60.0%）；乙市与丙市（前者较高的样本占 80.0%）。",
        "变动范围最大的是甲市：下降率在 10.00%–31.00% 之间，相差 21.00 个百分点，相当于期末年 2,100.0 万吨二氧化碳。",
        "算出的 1,000 个分解全部支撑总目标 17.00%（与支撑条件的最大误差 2.0×10⁻¹⁴ 个百分点）。",
        "随机抽取 100 个样本，用线性规划模型重新求解，最大相差 3.0×10⁻¹¹ 个百分点。",
        "抽样：准则权重在全部可能取值上均匀抽取（狄利克雷分布）；随机种子 7，共 1,000 个样本。",
        "依据：虚构数据",
    ]


def test_english(made):
    said = sweep_statements(made, "en")
    assert headline(made, "en") == (
        "Of 3 regions, the class of 2 stands; that of 1 hangs on the weights. "
        "Of 60 samples that were rounded, 3 come out as the plan's printed table; on average 1.2 printed rates differ."
    )
    assert said[1] == "Class hangs on the weights for 1 region(s): 甲市 en (class 1 in 62.0 %, class 2 in 38.0 %)."
    assert said[5] == (
        "Most easily moved: 甲市 en. Moving 25.0 points of weight from capacity 能力 to potential 潜力 moves 甲市 en "
        "from class 1 to class 2."
    )
    assert said[-1] == "Basis: invented"


def test_the_headline_says_what_does_not_stand_though_every_class_does(made):
    regions = tuple(region.model_copy(update={"stands": 1.0}) for region in made.regions)
    whole = made.model_copy(update={"regions": regions, "rounded_kept": 0.0, "rounded_changed": 5.0})
    assert headline(whole, "zh") == (
        "3 个地区的类别都稳定。"
        "但取整后的公布表不然：试了 60 个样本，与本方案完全相同的只有 0 个，平均有 5.0 个地区的公布值不同。"
    )
    assert headline(whole, "en") == (
        "The class of every one of the 3 regions stands. The printed table does not: of 60 samples that were rounded, "
        "0 come out as the plan's, and on average 5.0 printed rates differ."
    )
    for still in ({"rounded_kept": 1.0}, {"rounded_samples": 0}):
        assert headline(whole.model_copy(update=still), "zh") == "3 个地区的类别都稳定。"
    regions = tuple(region.model_copy(update={"stands": 0.5}) for region in made.regions)
    none = made.model_copy(update={"regions": regions, "rounded_samples": 0})
    assert headline(none, "zh") == "3 个地区的类别都随权重而变。"


def test_on_the_page_no_figure_takes_a_mathematician(made):
    with speaking_on_page():
        said = "".join(sweep_statements(with_design(made, misfit=2.4e-7), "zh"))
    assert "全部支撑总目标 17.00%（误差小于 0.0001 个百分点）" in said  # 2.4e-5 points
    assert "相差小于 0.000001 个百分点" in said
    assert "10⁻" not in said
    assert "狄利克雷" not in said


def test_weights_that_change_in_three_criteria(made):
    said = region_statement(made, made.regions[2], "zh")
    assert said.endswith(
        "各准则之间共转移 33.5 个百分点的权重（能力 −33.4、责任 +3.0、潜力 +30.4），丙市就由第二类变为第一类。"
    )


def test_a_trifle_of_a_third_weight_is_not_said(made):
    radius = RadiusRecord(shift=0.0710001, lower=0.0710001, weights=(0.571, 0.229, 0.2 + 1e-9), to_class=2)
    assert "把 7.2 个百分点的权重从责任转到能力" in region_statement(
        with_region(made, 0, radius=radius), made.regions[0].model_copy(update={"radius": radius}), "zh"
    )


def test_nothing_moves(made):
    still = made.model_copy(update={"regions": tuple(r.model_copy(update={"radius": None}) for r in made.regions)})
    assert "没有找到能使任何地区换类的准则权重。" in sweep_statements(still, "zh")
    unknown = still.model_copy(update={"regions": tuple(r.model_copy(update={"swings": ()}) for r in still.regions)})
    assert not [text for text in sweep_statements(unknown, "zh") if "换类的准则权重" in text]


def test_refused_and_unreached_samples_are_said_with_their_number(made):
    said = sweep_statements(with_design(made, refused=12, unreached=3456), "zh")
    assert "另有 12 个样本的参考下降率不大于零，未予采用。" in said
    assert "另有 3,456 个样本在上下限和规则内达不到总目标，没有分解。" in said
    assert "以上各比例均不含这些样本。" in said
    assert any(text.endswith("共 4,468 个样本。") for text in said)


@pytest.mark.parametrize(
    ("design", "said"),
    [
        (
            {"sampler": "around", "concentration": 30.0, "over": ("weights", "growth", "bounds")},
            "抽样：准则权重在本方案权重附近抽取（狄利克雷分布，集中度 30），"
            "同时变动：各地区增长倍数、上下限；随机种子 7，共 1,000 个样本。",
        ),
        (
            {"sampler": "grid", "fixed": {"capacity": 0.4}},
            "抽样：准则权重取遍等距网格上的各点，其中固定不变的有：能力 40%；随机种子 7，共 1,000 个样本。",
        ),
        (
            {"over": ("spread", "map", "normaliser", "within")},
            "抽样：准则权重同本方案，同时变动：参考下降率的级差、参考下降率的算法、"
            "归一化方法、准则内的指标权重；随机种子 7，共 1,000 个样本。",
        ),
        (
            {"sampler": "one-at-a-time"},
            "抽样：每次只变动一项准则的权重，其余各项按比例缩放；随机种子 7，共 1,000 个样本。",
        ),
    ],
)
def test_samplers_in_words(made, design, said):
    assert said in sweep_statements(with_design(made, **design), "zh")


def test_published_classes_and_a_region_printed_in_another(made):
    published = with_region(made.model_copy(update={"classes_published": True}), 0, published_rate=0.145)
    said = sweep_statements(published, "zh")
    assert said[2].startswith("类别即本方案公布的类别（第一类 21.5%、第二类 14.5%）")
    assert said[3] == "下列地区的测算值更接近另一类的公布值，其类别按测算值计：甲市（公布第二类，测算第一类）。"
    assert any("取整、分类" in text for text in said)


def test_pairs_not_compared_or_never_open(made):
    assert "地区较多，未逐对比较高低次序。" in sweep_statements(with_design(made, compared_pairs=0), "zh")
    assert "没有哪两个地区的高低次序会颠倒。" in sweep_statements(made.model_copy(update={"pairs": ()}), "zh")


def test_names_stay_as_they_are(hostile, hostile_names):
    said = "\n".join(sweep_statements(hostile, "zh"))
    for name in hostile_names:
        assert name in said


def test_shares_do_not_round_up_to_a_bar():
    assert [share(x) for x in (0, 0.0004, 0.9496, 0.95, 0.99999, 1)] == ["0", "<0.1", "94.9", "95.0", "99.9", "100"]
    assert share(0.62149) == "62.1"
    assert [enough(x) for x in (7.01, 7.1, 0.001, 33.41)] == ["7.1", "7.1", "0.01", "33.5"]
    assert [scientific(x, "×") for x in (0, 1.4e-14, 2.04e-7)] == ["0", "1.4×10⁻¹⁴", "2.0×10⁻⁷"]


def test_both_languages_name_the_same_values():
    from string import Formatter

    for code, text in WORDS.texts.items():
        fields = [
            {field for _, field, _, _ in Formatter().parse(words) if field and not field.startswith("q.")}
            for words in text
        ]
        assert fields[0] == fields[1], code


@pytest.mark.parametrize(
    ("lower", "zh", "en", "zh_end", "en_end"),
    [
        (0.25, "25.0", "25.0", "", ""),
        (
            0.1234,
            "12.3–25.0",
            "12.3–25.0",
            "转移不到 12.3 个百分点时一定不变。",
            "less than 12.3 points it certainly stays.",
        ),
        (0.0, "至多 25.0", "at most 25.0", "更少的转移也可能足够。", "less may be enough."),
    ],
)
def test_a_radius_that_is_not_exact_is_said_as_an_interval(made, lower, zh, en, zh_end, en_end):
    radius = RadiusRecord(shift=0.25, lower=lower, weights=(0.25, 0.3, 0.45), to_class=2)
    region = made.regions[0].model_copy(update={"radius": radius})
    assert (to_move(radius, "zh"), to_move(radius, "en")) == (zh, en)
    said = moved(made, region, "zh"), moved(made, region, "en")
    assert said[0].endswith(zh_end or "。")
    assert said[1].endswith(en_end or ".")
    assert ("一定不变" in said[0] or "可能足够" in said[0]) is bool(zh_end)
