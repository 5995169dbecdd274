"""What the person has done: statuses, time, reading, settings."""
