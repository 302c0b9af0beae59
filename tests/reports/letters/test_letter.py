"""What a letter says: its figures are the plan's, by hand; hostile names are text; a template acts on nothing."""

import io
import zipfile

import docx
import pytest

from allocator.planning.plan import plan
from allocator.tracking.pathways import planned_cities
from reports.letters.addressee import addressee
from reports.letters.docx_file import Filler, lines, says
from reports.letters.letter import About, letters
from reports.letters.template import template
from reports.planning.argument import weights
from reports.printing.document import one_line
from reports.publishing.circular import circular_sheet
from scenarios.errors import InputError, Place
from scenarios.load import load_scenario
from scenarios.quantities import speaking_of

TRACE = ("plan.json", "0123456789abcdef" * 4)
NAMES = (
    "{{ 7*7 }}", "{{ target }}", "{_{ 7*7 }_}", "{% if 1 %}", "{_% raw %_}", "{%p for x in y %}", "{%tr endfor %}",
    "</w:t></w:r></w:p><w:p/>", "<w:br/>&amp;", "A&lt;B&amp;C", "{#x#}", "}}", "\u202e倒写", "'\"引号",
)  # fmt: skip

FUELS = ("15fyp-energy/coal.yaml", "15fyp-energy/nonfossil.yaml")


def made(record, language="zh", about=None):
    with speaking_of(record.measured):
        return letters(record, language, TRACE, planned_cities(record), about or About())


def filler(language="zh", raw=None):
    return Filler(raw or template(language), Place(file="函.docx"))


def raw_of(letter, language="zh", raw=None):
    made = filler(language, raw)
    return made.saved(made.filled(letter), letter.subject)


def file_of(letter, language="zh"):
    return docx.Document(io.BytesIO(raw_of(letter, language)))


def cells(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.fixture(scope="module")
def both(example_15fyp):
    return plan(example_15fyp).record


def test_the_figures_of_a_city_by_hand(guangxi_plan):
    letter = made(guangxi_plan.record)[0]
    assert (letter.city, letter.target) == ("南宁", "23.0%")
    assert letter.subject == "关于南宁市 2016—2020 年碳排放强度下降目标的函"
    assert (letter.whom, letter.you, letter.cap) == ("南宁市人民政府", "你市", "")
    # 1 - 0.77^(1/5) = 5.0927 % a year; 1 - 0.77^(2/5) = 9.9261 %; 2135 / 3410.08 (1 - 0.23)
    assert [year.year for year in letter.years] == ["2016", "2017", "2018", "2019", "2020"]
    assert {year.step for year in letter.years} == {"5.09"}
    assert [year.cumulative for year in letter.years][:2] == ["5.09", "9.93"]
    assert (letter.years[-1].cumulative, letter.years[-1].intensity) == ("23.00", "0.4821")
    # 2135 × 1.32126 / 100
    assert "2020 年二氧化碳排放 28.21 万吨" in letter.point
    assert "全省的 1 个百分点相当于 311.08 万吨" in letter.point
    assert "10%—25%" in letter.held
    assert letter.last == ""
    assert (letter.contact, letter.office, letter.date) == ("〔联系人〕", "〔发函单位〕", "〔日期〕")
    assert letter.reason == guangxi_plan.record.regions[0].reason.zh


def test_indicators_beside_the_mean_that_scores_are_held_against(guangxi_plan):
    letter, regions = made(guangxi_plan.record)[0], guangxi_plan.record.regions
    measure = letter.measures[0]
    values = [region.values[0] for region in regions]
    ends = [region.emissions_10kt * region.growth for region in regions]
    mean = sum(value * end for value, end in zip(values, ends, strict=True)) / sum(ends)
    assert measure.own == "66,749"
    assert measure.mean == f"{mean:,.0f}"
    assert measure.effect == "+1.55"
    assert (measure.own_bar.start, measure.own_bar.end) == (0.0, 66749 / max(values))
    assert measure.mean_bar.end == pytest.approx(mean / max(values))

    # what lies above the mean pulls the way of its indicator: min-max keeps order and distances
    for indicator, each, value in zip(guangxi_plan.record.indicators, letter.measures, regions[0].effects, strict=True):
        above = each.own_bar.end - each.mean_bar.end
        assert above * value * (1 if indicator.direction == "+" else -1) >= 0


def test_values_below_zero_begin_at_zero(guangxi_plan):
    record = guangxi_plan.record
    regions = [
        r.model_copy(update={"values": (-10.0 if n else 30.0, *r.values[1:])}) for n, r in enumerate(record.regions)
    ]
    first, second, *_ = made(record.model_copy(update={"regions": tuple(regions)}))
    assert (first.measures[0].own_bar.start, first.measures[0].own_bar.end) == (0.25, 1.0)
    assert (second.measures[0].own_bar.start, second.measures[0].own_bar.end) == (0.0, 0.25)


def test_a_plan_without_values_has_no_chart(guangxi_plan):
    record = guangxi_plan.record
    regions = tuple(region.model_copy(update={"values": None}) for region in record.regions)
    letter = made(record.model_copy(update={"regions": regions}))[0]
    assert letter.measures == ()
    assert "四、指标与全省平均" not in "\n".join(lines(raw_of(letter)))


def test_the_years_follow_the_path_of_the_tracking():
    record = plan(load_scenario("guangxi-13fyp", ["track.path=linear"])).record
    letter = made(record)[0]
    assert [year.cumulative for year in letter.years] == ["4.60", "9.20", "13.80", "18.40", "23.00"]
    assert letter.years[1].step == "4.82"  # 1 - 0.908 / 0.954
    assert letter.years_note == "年度目标按逐年等量下降推算。"


def test_the_last_period_stands_beside():
    record = plan(load_scenario("guangxi-13fyp", ["last_period=published"])).record
    said = {letter.city: letter.last for letter in made(record)}
    assert said["南宁"] == "上一规划期目标为 17%，本期为 23.0%，相差 +6.00 个百分点。"
    assert "\N{MINUS SIGN}2.50 个百分点" in said["来宾"]


def test_caps_have_their_budgets(both):
    letter = made(both)[0]
    assert [year.budget for year in letter.years] == ["5,094", "5,111", "5,128", "5,145", "5,162"]
    tables = file_of(letter).tables
    assert cells(tables[1])[0][-1] == "年度碳排放预算（万吨）"
    assert cells(tables[1])[-1] == ["2030", "18.00", "3.89", "0.2974", "5,162"]


@pytest.mark.parametrize("case", ["coal.yaml", "nonfossil.yaml", "scenario.yaml"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_other_quantities_in_their_own_words(case, language):
    record = plan(load_scenario(f"15fyp-energy/{case}")).record
    text = "\n".join(lines(raw_of(made(record, language)[0], language)))
    assert not {"碳排放", "carbon", "CO₂"} & set(text.split())
    assert "碳排放强度" not in text.split("三、")[0]
    assert "None" not in text
    if case == "nonfossil.yaml":
        assert "年度目标" not in text
        assert "Year by year" not in text


@pytest.mark.parametrize("case", ["guangxi-13fyp", "15fyp-example", "15fyp-energy", *FUELS])
def test_the_weights_of_the_mean_are_those_of_the_split(case):
    scenario = load_scenario(case)
    found, wanted = weights(plan(scenario).record), scenario.baseline.coefficients
    assert found == pytest.approx((wanted / wanted.sum() * sum(found)).tolist(), rel=1e-9)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_letter_read_back_is_the_official_row(guangxi_plan, language):
    from reports.publishing.official import official_sheet

    record = guangxi_plan.record
    table = official_sheet(record, language, TRACE).tables[-1]
    for letter, row in zip(made(record, language), table.rows, strict=False):
        document = file_of(letter, language)
        assert [cell for _, cell in cells(document.tables[0])[1:]] == [cell for cell in row[1:] if cell]
        whole = "\n".join(paragraph.text for paragraph in document.paragraphs)
        for said in (letter.subject, letter.lead, letter.reason, letter.held, letter.point, letter.contact):
            assert said in whole
        assert [row[0] for row in cells(document.tables[2])[1:]] == [measure.label for measure in letter.measures]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("names", [NAMES, None])
def test_hostile_names_are_printed_as_text(guangxi_plan, unruly_record, names, language):
    called = [{"name": name, "name_en": name} for name in names or [r.name for r in unruly_record.regions]]
    record, names = guangxi_plan.record, [each["name"] for each in called]
    regions = [r.model_copy(update=each) for r, each in zip(record.regions, called, strict=True)]
    about = About(contact="{{ 7*7 }}<b>", office="=1+1\x00", number="\u202e〔2026〕{{ you }}")
    said = made(record.model_copy(update={"regions": tuple(regions)}), language, about)
    made_of = filler(language)
    bodies = [made_of.filled(letter) for letter in said]
    for letter, body, name in zip(said, bodies, names, strict=True):
        text = lines(made_of.saved(body, letter.subject))
        assert text[0] == "⟨U+202E⟩〔2026〕{{ you }}"
        assert one_line(name) in letter.whom
        assert text[2] == (f"{letter.whom}：" if language == "zh" else f"To {letter.whom}")
        assert says(letter, text)
        assert "=1+1⟨U+0000⟩" in text
        assert any("{{ 7*7 }}<b>" in line for line in text)
    whole = lines(made_of.merged(bodies, "{{ x }}"))
    opening = [whole[n + 2] for n, line in enumerate(whole) if line == "⟨U+202E⟩〔2026〕{{ you }}"]
    assert [letter.city in line for letter, line in zip(said, opening, strict=True)] == [True] * 14


def test_all_in_one_file_has_a_section_each(guangxi_plan):
    said = made(guangxi_plan.record)
    made_of = filler()
    bodies = [made_of.filled(letter) for letter in said]
    document = docx.Document(io.BytesIO(made_of.merged(bodies, "全部")))
    assert len(document.sections) == 14
    assert [p.text for p in document.paragraphs if p.text.startswith("关于")] == [letter.subject for letter in said]
    starts = [s._sectPr.find("{*}pgNumType").values() for s in document.sections]
    assert starts == [["1"]] * 14
    assert document.core_properties.title == "全部"


def changed(part, old, new, *more):
    """Return our template with texts of a part replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template("zh"))) as old_zip, zipfile.ZipFile(stream, "w") as new_zip:
        for name in old_zip.namelist():
            raw = old_zip.read(name).decode("utf-8") if name == part else old_zip.read(name)
            if name == part:
                for before, after in ((old, new), *more):
                    assert before in raw
                    raw = raw.replace(before, after)
            new_zip.writestr(name, raw)
    return stream.getvalue()


BODY, FOOT = "word/document.xml", "word/footer1.xml"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (lambda: b"no zip", "not_a_document"),
        (lambda: changed(BODY, "{{ lead }}", "</w:t>"), "not_a_document"),
        (lambda: changed(BODY, "{{ asked }}", "18%"), "letter_template_lacks"),
        (lambda: changed(FOOT, "— ", "{{ city }} — "), "letter_template_outside"),
    ],
)
def test_a_template_that_cannot_be_one_is_refused(raw, code):
    with pytest.raises(InputError) as caught:
        filler(raw=raw())
    assert [finding.code for finding in caught.value.findings] == [code]
    assert "函.docx" in caught.value.findings[0].say("zh")


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("{{ targett }}", "letter_template_wrong"),
        ("{{ lead.__class__.__mro__ }}", "letter_template_wrong"),
        ("{% if %}", "letter_template_wrong"),
        ("{{ lead / 2 }}", "letter_template_failed"),
    ],
)
def test_a_tag_that_is_wrong_or_reaches_out_is_refused(guangxi_plan, tag, code):
    letter = made(guangxi_plan.record)[0]
    with pytest.raises(InputError) as caught:
        filler(raw=changed(BODY, "{{ lead }}", tag)).filled(letter)
    assert [finding.code for finding in caught.value.findings] == [code]


def test_a_tag_across_a_table_leaves_nothing_out_in_silence(guangxi_plan):
    raw = changed(BODY, ">项目<", ">{% if 0 %}<", ("{{ contact }}", "{% endif %}"))
    with pytest.raises(InputError) as caught:
        filler(raw=raw).filled(made(guangxi_plan.record)[0])
    assert [finding.code for finding in caught.value.findings] == ["letter_template_failed"]


def test_an_office_may_change_words_and_leave_parts_out(guangxi_plan):
    letter = made(guangxi_plan.record)[0]
    raw = changed(BODY, "{{ whom }}：", "{{ city }}市政府：")
    assert "南宁市政府：" in lines(raw_of(letter, raw=raw))


@pytest.mark.parametrize(
    ("name", "whom", "you"),
    [
        ("南宁", "南宁市人民政府", "你市"),
        ("南宁市", "南宁市人民政府", "你市"),
        ("大兴安岭地区", "大兴安岭地区行政公署", "你地区"),
        ("阿拉善盟", "阿拉善盟行政公署", "你盟"),
        ("恩施土家族苗族自治州", "恩施土家族苗族自治州人民政府", "你州"),
        ("秀山县", "秀山县人民政府", "你县"),
        ("丰台区", "丰台区人民政府", "你区"),
        ("甲", "甲", "你市（地区）"),
        ("市", "市", "你市（地区）"),
    ],
)
def test_whom_a_letter_addresses(name, whom, you):
    found = addressee(name, name, "zh")
    assert (found.whom, found.you) == (whom, you)
    assert addressee("南宁", "Nanning", "en").whom == "the People's Government of Nanning"


def test_a_letter_names_the_target_of_the_total_in_title_and_text(both):
    letter, region = made(both)[0], both.regions[0]
    assert letter.subject == "关于甲市 2026—2030 年碳排放强度下降和总量控制目标的函"
    assert letter.cap == "2030 年你市排放总量不超过 5,162 万吨。"
    assert region.cap.cap_10kt == 5162
    text = lines(raw_of(letter))
    assert "甲市人民政府：" in text
    assert "你市的目标：2030 年碳排放强度比 2025 年下降 18.0%。" in text
    assert letter.cap in text
    assert "5,162" in text  # the same figure in the table of targets
    english = made(both, "en")[0]
    assert english.cap == "In 2030 the emissions of your city are to be 5,162 × 10⁴ t at most."
    assert english.subject.endswith("target and cap for 2026–2030")


def test_a_letter_that_goes_out_holds_no_digest(guangxi_plan):
    letter = made(guangxi_plan.record)[0]
    assert TRACE[1][:16] in letter.proof  # a template of the office may still name it
    assert not [line for line in lines(raw_of(letter)) if TRACE[1][:8] in line or "SHA" in line or "plan.json" in line]


def test_office_and_contact_of_the_scenario_stand_in_letters_and_circular(guangxi_plan):
    said = ["publish.office={zh: 自治区厅, en: The Department}", "publish.contact=张三 0771-1234567"]
    record = plan(load_scenario("guangxi-13fyp", said)).record
    letter = made(record)[0]
    assert (letter.office, letter.contact) == ("自治区厅", "张三 0771-1234567")
    assert made(record, "en")[0].office == "The Department"
    assert made(record, about=About(office="市局"))[0].office == "市局"  # what is given counts first
    sheet = circular_sheet(record, "zh")
    assert (sheet.notes, sheet.signed, sheet.ask_line) == ((), "自治区厅", "（联系人：张三 0771-1234567）")
    assert sheet.issued_line == "发文单位：自治区厅。联系人：张三 0771-1234567。"
    plain = circular_sheet(guangxi_plan.record, "zh")
    assert (plain.notes, plain.signed, plain.ask_line, plain.issued_line, plain.mark) == ((), "", "", "", "附件")


def test_the_number_of_the_document_stands_where_one_is_given(guangxi_plan):
    record = plan(load_scenario("guangxi-13fyp", ["publish.number=桂环函〔2026〕12号"])).record
    assert (circular_sheet(record, "zh").mark, circular_sheet(record, "en").mark) == (
        "桂环函〔2026〕12号附件", "Annex to 桂环函〔2026〕12号",
    )  # fmt: skip
    letter = made(record)[0]
    assert lines(raw_of(letter))[:2] == ["桂环函〔2026〕12号", letter.subject]
    assert made(record, about=About(number="南环函〔2026〕3号"))[0].number == "南环函〔2026〕3号"
    assert lines(raw_of(made(guangxi_plan.record)[0]))[0] == letter.subject  # none where nobody gives one


def test_a_letter_says_whether_its_target_falls_rises_or_is_a_share(guangxi_plan):
    """Of −1.8 % it is a rise at most; with one decimal as in the official table."""
    record = guangxi_plan.record
    regions = (record.regions[0].model_copy(update={"published_rate": -0.018}), *record.regions[1:])
    letter, other = made(record.model_copy(update={"regions": regions}))[:2]
    assert letter.asked == "你市的目标：2020 年碳排放强度比 2015 年至多上升 1.8%。"
    assert other.asked == "你市的目标：2020 年碳排放强度比 2015 年下降 24.0%。"
    assert says(letter, lines(raw_of(letter)))
    english = made(record, "en")[1].asked
    assert english == "The target of your city: carbon intensity in 2020 falls by 24.0 % against 2015."
    share = plan(load_scenario(FUELS[1])).record
    assert (
        made(share)[0].asked == f"你市的目标：2030 年非化石能源消费占比达到 {made(share)[0].target}（基年为 2025 年）。"
    )
