"""Which question is which when the site changes its sheets."""

from prep.content.matching import Match, match


def test_the_same_under_the_same_key_is_nothing():
    assert match({"A-1": "Design a Cache"}, {"A-1": "design a cache!"}, rewords=False) == Match()


def test_a_title_under_another_key_has_moved():
    known = {"A-1": "Web Crawler", "A-2": "Rate Limiter"}
    swapped = {"A-1": "Rate Limiter", "A-2": "Web Crawler"}
    assert match(known, swapped, rewords=False).moved == {"A-1": "A-2", "A-2": "A-1"}


def test_what_stands_where_another_moves_to_is_replaced():
    known = {"A-1": "Web Crawler", "A-2": "Rate Limiter"}
    found = match(known, {"A-1": "Rate Limiter"}, rewords=False)
    assert found == Match({"A-2": "A-1"}, ("A-1",))


def test_a_changed_wording_keeps_its_key():
    known = {"A-1": "Describe how you led a reorganisation of the payments department"}
    later = {"A-1": "Describe a payments reorganisation that you led"}
    assert match(known, later, rewords=False) == Match()


def test_something_else_under_the_same_key_is_new():
    known = {"A-1": "Design a Web Crawler", "A-2": "Design a Cache", "A-3": "Design a Queue"}
    later = known | {"A-1": "Design a Ride-Sharing Service"}
    assert match(known, later, rewords=False).replaced == ("A-1",)
    assert match(known, later, rewords=True).replaced == ()


def test_a_title_that_two_have_moves_nothing():
    known = {"A-1": "Other", "A-2": "Other"}
    assert match(known, {"A-3": "Other", "A-4": "Other"}, rewords=False).moved == {}
