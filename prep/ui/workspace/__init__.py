"""A question as a workspace: its views, the list it stands in, what finishes it."""
