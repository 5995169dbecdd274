"""Prep: question sheets, progress, coverage, study sequence and articles in one place."""
