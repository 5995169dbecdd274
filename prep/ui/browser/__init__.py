"""What needs JavaScript: each component, and its file in `static/`."""
