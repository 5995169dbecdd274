"""What a report says was changed."""


def changed_fields(report):
    """Return the old and new value of each field that was changed, by key and field."""
    return {found.key: dict(found.fields) for found in report.differences}
