"""Commands on stories: adding one from a file, showing, linking, suggesting, taking out."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import click
from sqlite_utils import Database

from prep.cli.base import command, group, json_option, opened, opened_db, print_json
from prep.errors import InvalidValue
from prep.exchange import story_files
from prep.planning.wording import many
from prep.practice import stories, story_suggestions
from prep.practice.stories import Story
from prep.store.database import writing

story = group("story", "The stories that answer behavioral questions.")
of_story = functools.partial(command, of=story)


@functools.partial(of_story, name="add")
@click.option("--file", required=True, type=click.Path(path_type=Path), help="The story's file.")
def story_add(file: Path) -> None:
    """Add the story in a Markdown file; print its id.

    The file has front matter (title; company, role, period, level EM or DIR, strength 1 to 5 where
    known) and a section for each part: `## Situation`, Task, Action, Result, Metric, What I
    learned. `story show` prints one.
    """
    fields = story_files.read(file)
    with opened() as (db, clock):
        click.echo(stories.save(db, clock, fields))


@functools.partial(of_story, name="list")
@json_option
def story_list(as_json: bool) -> None:
    """Print your stories, the strongest first, and how many questions each answers."""
    with opened_db() as db:
        found = [(story, _angles(db, story.id)) for story in stories.list_stories(db)]
    if as_json:
        print_json([_row(story, angles) for story, angles in found])
        return
    for story, angles in found:
        click.echo(f"{story.id}  {story.title} ({many(len(angles), 'question')})")


@functools.partial(of_story, name="show")
@click.argument("story_id", metavar="STORY")
@json_option
def story_show(story_id: str, as_json: bool) -> None:
    """Print a story as Markdown, in the form that `story add` reads."""
    with opened_db() as db:
        found = stories.get(db, story_id)
        angles = _angles(db, story_id)
    if as_json:
        print_json(_row(found, angles))
    else:
        click.echo(story_files.write(found), nl=False)


@functools.partial(of_story, name="link")
@click.argument("story_id", metavar="STORY")
@click.argument("question_id", metavar="ID")
@click.option("--angle", help="What to stress where the story answers this question.")
@click.option("--remove", is_flag=True, help="Take the link away.")
def story_link(story_id: str, question_id: str, angle: str | None, remove: bool) -> None:
    """Have a story answer a behavioral question; the angle of a link that is there stays."""
    if remove and angle is not None:
        raise InvalidValue("a link that is taken away has no angle: leave --angle or --remove out")
    with opened() as (db, clock), writing(db):
        known = _angles(db, story_id)
        if remove and question_id not in known:
            raise InvalidValue(f"{story_id} does not answer {question_id}: there is no such link")
        stands = known.get(question_id, "") if angle is None else angle
        stories.link(db, clock, story_id, {question_id: None if remove else stands})
    click.echo(f"{story_id}: {'no longer answers' if remove else 'answers'} {question_id}")


@functools.partial(of_story, name="suggest")
@click.argument("subject_id", metavar="ID")
@json_option
def story_suggest(subject_id: str, as_json: bool) -> None:
    """Print the likeliest questions for a story, or the likeliest stories for a question.

    Those that are linked are left out; the words are those that both have.
    """
    with opened_db() as db:
        is_story = subject_id in {story.id for story in stories.list_stories(db)}
        suggested = story_suggestions.questions_for if is_story else story_suggestions.stories_for
        found = suggested(db, subject_id if is_story else stories.answerable(db, subject_id).id)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        click.echo(f"{one.id}  {one.title} ({', '.join(one.words)})")


@functools.partial(of_story, name="remove")
@click.argument("story_id", metavar="STORY")
def story_remove(story_id: str) -> None:
    """Take a story out; undo brings it back, links and all."""
    with opened() as (db, clock):
        stories.remove(db, clock, story_id)
    click.echo(f"{story_id}: taken out")


def _angles(db: Database, story_id: str) -> dict[str, str]:
    """Return the angle from which a story answers each of its questions, by the question's id."""
    links = stories.links(db)
    return {link.question_id: link.angle for link in links if link.story_id == story_id}


def _row(story: Story, angles: Mapping[str, str]) -> dict[str, object]:
    return asdict(story) | {"questions": angles}
