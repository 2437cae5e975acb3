from datetime import date

from app.ports.schedule_files.holidays import chinese_days


def test_the_rows_that_come_with_the_program_are_sound() -> None:
    days = chinese_days()
    assert {day.year for day in days} == set(range(2020, 2028))
    assert days[date(2026, 2, 17)].name_zh == "春节"
    assert chinese_days() is days
