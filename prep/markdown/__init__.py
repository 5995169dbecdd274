"""Markdown and HTML as text."""
