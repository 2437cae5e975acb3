"""A self-made plan of one building: 40 rows from earthworks to the roof, with links and marks."""

from datetime import date, timedelta

from app.ui.kit.gantt.links import GanttLink, LinkKind
from app.ui.kit.gantt.rows import GanttRow, GanttRows, RowKind, StatusMark, build_rows
from app.ui.kit.gantt.shading import ChartCalendar

YEAR = 2026
DATA_DATE = date(2026, 3, 20)
TODAY = date(2026, 3, 24)

# code|level|Chinese|English|kind|duration|start|finish|float|percent|baseline start|finish
PLAN = """\
1|0|滨河里二期 5# 楼|Riverside II, block 5|S|112|0126|0630|0|31||
1.1|1|地基与基础|Foundations|S|28|0126|0310|0|100||
1.1.1|2|土方开挖至坑底|Excavate to formation|T|8|0126|0204|0|100|0126|0204
1.1.2|2|桩头处理及检测|Trim and test pile heads|T|4|0205|0210|0|100|0205|0210
1.1.3|2|垫层及底板防水|Blinding and waterproofing|T|6|0211|0225|0|100|0211|0224
1.1.4|2|筏板钢筋绑扎|Fix raft reinforcement|T|6|0226|0305|0|100|0225|0303
1.1.5|2|筏板混凝土浇筑|Pour raft concrete|T|3|0306|0310|0|100|0304|0306
1.1.6|2|基础验收|Foundations accepted|M|0|0310|0310|0|100|0306|0306
1.2|1|地下结构|Basement structure|S|28|0311|0420|0|21||
1.2.1|2|地下室墙柱|Basement walls and columns|T|8|0311|0320|0|75|0309|0317
1.2.2|2|地下室顶板|Basement slab|T|8|0323|0401|0|0|0318|0327
1.2.3|2|外墙防水及回填|Wall waterproofing, backfill|T|12|0402|0420|23|0|0330|0415
1.3|1|主体结构|Superstructure|S|57|0402|0622|0|0||
1.3.1|2|一至三层结构|Floors 1 to 3|T|15|0402|0423|0|0|0330|0420
1.3.2|2|四至六层结构|Floors 4 to 6|T|12|0424|0513|0|0|0421|0509
1.3.3|2|七至八层结构|Floors 7 and 8|T|8|0514|0525|0|0|0511|0520
1.3.4|2|八层结构完成|Floor 8 complete|M|0|0525|0525|0|0|0520|0520
1.3.5|2|九至十一层结构|Floors 9 to 11|T|13|0526|0611|0|0|0521|0608
1.3.6|2|屋面结构|Roof structure|T|7|0612|0622|0|0|0609|0617
1.3.7|2|主体封顶|Topping out|M|0|0622|0622|0|0|0617|0617
1.4|1|机电预埋|Embedded services|S|39|0228|0512|20|34||
1.4.1|2|防雷接地焊接|Earthing and lightning|T|10|0228|0312|0|100|0227|0311
1.4.2|2|给排水套管预埋|Pipe sleeves|T|18|0313|0408|23|35|0311|0403
1.4.3|2|电气配管预埋|Electrical conduits|T|20|0326|0423|20|0|0323|0420
1.4.4|2|人防预埋件安装|Civil defence inserts|T|12|0424|0512|12|0|0422|0509
1.5|1|措施与设备|Temporary works and plant|S|68|0313|0630|4|21||
1.5.1|2|塔吊安装及验收|Erect and test tower crane|T|6|0313|0320|0|100|0311|0318
1.5.2|2|外脚手架搭设|Erect scaffolding|T|15|0409|0430|4|0|0403|0427
1.5.3|2|施工电梯安装|Install hoist|T|7|0511|0519|4|0|0507|0514
1.5.4|2|安全文明施工管理|Site safety and upkeep|L|68|0313|0630|0|12||
1.6|1|二次结构与砌体|Masonry|S|33|0506|0630|6|0||
1.6.1|2|地下室砌体|Basement blockwork|T|10|0506|0519|18|0|0504|0515
1.6.2|2|一至四层砌体|Blockwork, floors 1 to 4|T|14|0520|0608|6|0|0518|0604
1.6.3|2|五至八层砌体|Blockwork, floors 5 to 8|T|14|0609|0629|6|0|0605|0625
1.6.4|2|砌体样板验收|Blockwork sample accepted|M|0|0519|0519|18|0|0515|0515
1.7|1|专项验收|Inspections|S|10|0615|0630|0|0||
1.7.1|2|主体结构实体检测|Structural testing|T|6|0615|0623|4|0|0611|0618
1.7.2|2|主体结构中间验收|Structure accepted|T|4|0624|0629|0|0|0619|0624
1.7.3|2|资料整理归档|File records|T|3|0626|0630|0|0|0623|0625
1.7.4|2|转入装饰阶段|Start of finishes|M|0|0630|0630|0|0|0625|0625
"""

FS, SS, FF = LinkKind.FS, LinkKind.SS, LinkKind.FF
LINKS: tuple[tuple[str, str, LinkKind, bool], ...] = (
    ("1.1.1", "1.1.2", FS, True),
    ("1.1.2", "1.1.3", FS, True),
    ("1.1.3", "1.1.4", FS, True),
    ("1.1.4", "1.1.5", FS, True),
    ("1.1.5", "1.1.6", FS, True),
    ("1.1.6", "1.2.1", FS, True),
    ("1.2.1", "1.2.2", FS, True),
    ("1.2.2", "1.2.3", FS, False),
    ("1.2.2", "1.3.1", FS, True),
    ("1.3.1", "1.3.2", FS, True),
    ("1.3.2", "1.3.3", FS, True),
    ("1.3.3", "1.3.4", FS, True),
    ("1.3.4", "1.3.5", FS, True),
    ("1.3.5", "1.3.6", FS, True),
    ("1.3.6", "1.3.7", FS, True),
    ("1.1.4", "1.4.1", SS, False),
    ("1.2.1", "1.4.2", SS, False),
    ("1.4.2", "1.4.3", SS, False),
    ("1.4.3", "1.4.4", FS, False),
    ("1.1.5", "1.5.1", FS, False),
    ("1.3.1", "1.5.2", SS, False),
    ("1.5.2", "1.5.3", FS, False),
    ("1.3.2", "1.6.1", SS, False),
    ("1.6.1", "1.6.2", FS, False),
    ("1.6.1", "1.6.4", FS, False),
    ("1.6.2", "1.6.3", FS, False),
    ("1.3.6", "1.7.1", SS, False),
    ("1.7.1", "1.7.2", FS, False),
    ("1.7.2", "1.7.3", FF, True),
    ("1.7.3", "1.7.4", FS, True),
)
CRITICAL = {"1.1.1", "1.1.2", "1.1.3", "1.1.4", "1.1.5", "1.1.6", "1.2.1", "1.2.2"} | {
    "1.3.1", "1.3.2", "1.3.3", "1.3.4", "1.3.5", "1.3.6", "1.3.7", "1.7.2", "1.7.3", "1.7.4"
}  # fmt: skip
MARKS = {"1.2.1": StatusMark.LATE, "1.4.2": StatusMark.RUNNING, "1.4.3": StatusMark.NOTE}
MARKS |= {"1.7.2": StatusMark.PENDING, "1.6.3": StatusMark.DRAFT}
KINDS = {"T": RowKind.TASK, "S": RowKind.SUMMARY, "M": RowKind.FINISH_MILESTONE}
KINDS |= {"L": RowKind.LEVEL_OF_EFFORT}


def sample_rows(language: str = "zh_CN") -> GanttRows:
    """The plan's 40 rows with 30 links; ids are the codes."""
    links = [
        GanttLink(
            first, second, kind, driving or _same_branch(first, second), _tight(first, driving)
        )
        for first, second, kind, driving in LINKS
    ]
    return build_rows([_row(line, language) for line in PLAN.splitlines()], links)


def sample_calendar(language: str = "zh_CN") -> ChartCalendar:
    """Weekends, three holidays and the make-up days around them."""
    chinese = language == "zh_CN"
    return ChartCalendar.of(
        holidays=(
            (date(YEAR, 2, 15), date(YEAR, 2, 23), "春节" if chinese else "Spring Festival"),
            (date(YEAR, 4, 4), date(YEAR, 4, 6), "清明" if chinese else "Qingming"),
            (date(YEAR, 5, 1), date(YEAR, 5, 5), "劳动节" if chinese else "Labour Day"),
            (date(YEAR, 6, 19), date(YEAR, 6, 21), "端午" if chinese else "Dragon Boat"),
        ),
        makeup_days=(date(YEAR, 2, 14), date(YEAR, 2, 28), date(YEAR, 5, 9)),
    )


def many_rows(count: int) -> GanttRows:
    """`count` rows in branches of ten, each task linked to the next and some far ahead."""
    begin = date(2026, 1, 5)
    rows = []
    for index in range(count):
        summary = index % 10 == 0
        start = begin + timedelta(days=(index * 7) % 900)
        length = 40 if summary else 3 + index % 17
        rows.append(
            GanttRow(
                row_id=f"t{index}",
                code=f"1.{index // 10}.{index % 10}",
                name=f"第{index}项施工任务",
                level=1 if summary else 2,
                start=start,
                finish=start + timedelta(days=length),
                kind=RowKind.SUMMARY if summary else RowKind.TASK,
                percent=float(index % 5) * 25,
                critical=index % 4 == 0,
                late_finish=start + timedelta(days=length + index % 9),
                baseline_start=start - timedelta(days=2),
                baseline_finish=start + timedelta(days=length - 2),
                mark=StatusMark(index % 5),
                duration=str(length),
                total_float=str(index % 9),
            )
        )
    near = [GanttLink(f"t{at}", f"t{at + 1}", FS, True, at % 4 == 0) for at in range(count - 1)]
    far = [
        GanttLink(f"t{at}", f"t{(at * 31 + 977) % count}", SS)
        for at in range(0, count, 3)
        if at != (at * 31 + 977) % count
    ]
    return build_rows(rows, near + far)


def _same_branch(first: str, second: str) -> bool:
    return first[:3] == second[:3]


def _tight(predecessor: str, driving: bool) -> bool:
    return driving and predecessor in CRITICAL


def _row(line: str, language: str) -> GanttRow:
    code, level, chinese, english, kind, days, start, finish, slack, done, base, base_end = (
        line.split("|")
    )
    milestone, finished = kind == "M", done == "100"
    end = _day(finish) + timedelta(days=1)
    return GanttRow(
        row_id=code,
        code=code,
        name=chinese if language == "zh_CN" else english,
        level=int(level),
        start=end if milestone else _day(start),
        finish=end,
        kind=KINDS[kind],
        percent=float(done),
        critical=code in CRITICAL,
        late_finish=end + timedelta(days=int(slack)) if slack != "0" and kind == "T" else None,
        baseline_start=_day(base) if base else None,
        baseline_finish=_day(base_end) + timedelta(days=1) if base_end else None,
        mark=StatusMark.DONE if finished and kind != "S" else MARKS.get(code, StatusMark.NONE),
        duration=days,
        total_float="–" if finished else slack,
    )


def _day(month_day: str) -> date:
    return date(YEAR, int(month_day[:2]), int(month_day[2:]))
