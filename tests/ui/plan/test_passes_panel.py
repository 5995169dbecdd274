"""A second pass."""

from tests.pages.conftest import unfold


def test_a_new_pass_begins_on_coverage_and_is_compared(open_page, half_done, tracker):
    test = unfold(open_page("coverage"), "new-pass")
    test.button(key="start-pass").click().run()
    assert "give the pass that ends a name" in test.error[0].value
    test.text_input(key="pass-title").set_value("Autumn").run()
    test.selectbox(key="pass-scope").set_value("Behavioral").run()
    test.button(key="start-pass").click().run()
    assert tracker.state("L-02").status == "todo"
    unfold(test, "pass-PA-001")
    assert any("status_then" in frame.value.columns for frame in test.dataframe)
