"""Backups and imports."""
