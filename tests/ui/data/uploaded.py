"""A table that is edited and uploaded on the Data page."""

import csv
import io


def uploaded(open_page, name, data):
    test = open_page("data")
    test.file_uploader(key="bring-in").upload(name, data, "text/csv").run()
    assert not test.exception
    return test


def edited(data, **cells):
    """Return a table with cells of L-01 edited."""
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    next(row for row in rows if row["id"] == "L-01").update(cells)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0], delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-16")
