"""The SQLite file: tables, the change log, backups."""
