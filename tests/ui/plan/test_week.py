"""One week of the calendar."""


def test_the_calendar_moves_questions_and_goes_by_weeks(open_page, planned, tracker):
    test = open_page("timeline")
    test.button(key="step-Week after").click().run()
    assert "today" not in " ".join(m.value for m in test.markdown if "violet-badge" in m.value)
    test.button(key="step-This week").click().run()
    assert any("violet-badge" in m.value for m in test.markdown)
    test.button_group(key="calendar").set_value("By week").run()
    weeks = test.dataframe[0].value
    assert list(weeks.columns) == ["week", "planned", "minutes", "done"]
    assert weeks["planned"].sum() == 291
