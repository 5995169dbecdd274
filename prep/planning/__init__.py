"""The plan: what is due when, and where the person stands."""
