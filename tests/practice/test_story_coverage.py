"""What the stories cover together."""

from prep.practice import stories, story_coverage


def test_stories_of_the_same_title_stay_apart_in_the_matrix(db, clock, migration):
    stories.save(db, clock, {"title": "The migration"})
    stories.save(db, clock, {"title": "The outage"})
    assert set(story_coverage.matrix(db)["story"]) == {
        "The migration (ST-001)",
        "The migration (ST-002)",
        "The outage",
    }


def test_the_matrix_counts_questions_by_category(db, clock, migration):
    other = stories.save(db, clock, {"title": "The outage"})
    stories.link(db, clock, migration, {"L-01": "", "L-02": "", "C-01": ""})
    stories.link(db, clock, other, {"C-02": ""})
    frame = story_coverage.matrix(db)
    assert len(frame) == 2 * 16
    busy = frame[frame["questions"] > 0]
    assert busy[["story", "category", "questions"]].to_numpy().tolist() == [
        ["The migration", "Leadership", 2],
        ["The migration", "Conflict & Disagreement", 1],
        ["The outage", "Conflict & Disagreement", 1],
    ]
    assert story_coverage.single_story_categories(frame) == {"Leadership": "The migration"}
    unanswered = {row.id for row in story_coverage.gaps(db)["Leadership"]}
    assert {"L-01", "L-02", "L-09"} & unanswered == {"L-09"}
