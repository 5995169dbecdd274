"""What spreadsheet programs make of a CSV file that is opened and saved, each in its own way.

As Excel, LibreOffice, Numbers and pandas do it: cells that look like days, numbers or truth values
are rewritten, long texts are cut, delimiters and encodings are the program's own.
"""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

import pandas as pd

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MAX_CELL = 32_767


@dataclass(frozen=True)
class Program:
    """How a program saves: the form of days, the delimiter, the encoding, the longest cell."""

    day: str
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    longest: int = MAX_CELL
    blank_rows: int = 0
    line_end: str = "\r\n"

    def save(self, data, edit=None):
        """Return a table as it is saved; `edit` alters its rows, each a dict, before."""
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        head, rows = rows[0], [[self._cell(cell) for cell in row] for row in rows[1:]]
        if edit:
            named = [dict(zip(head, row, strict=True)) for row in rows]
            edit(named)
            rows = [[self._cut(row[name]) for name in head] for row in named]
        rows += [[""] * len(head)] * self.blank_rows
        text = io.StringIO(newline="")
        quoting = csv.QUOTE_ALL if "\r" not in self.line_end else csv.QUOTE_MINIMAL
        writer = csv.writer(
            text, delimiter=self.delimiter, lineterminator=self.line_end, quoting=quoting
        )
        writer.writerows([head, *rows])
        return text.getvalue().encode(self.encoding, "replace")

    def _cell(self, cell):
        if DAY.fullmatch(cell):
            return written(date.fromisoformat(cell), self.day)
        return self._cut(rewritten(cell).replace("\r\n", "\n"))

    def _cut(self, cell):
        units = cell.encode("utf-16-le", "surrogatepass")[: 2 * self.longest]
        return units.decode("utf-16-le", "ignore")


def written(day, form):
    """Return a day in a form of strftime, where `%-d` and `%-m` have no zero before them."""
    form = form.replace("%-d", str(day.day)).replace("%-m", str(day.month))
    return day.strftime(form)


@cache
def rewritten(cell):
    """Return a cell as it is saved where a program takes it for something else than text."""
    text = cell.strip()
    if text.casefold() in ("true", "false"):
        return text.upper()
    if re.fullmatch(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?", text, re.ASCII):
        return f"{float(text):g}" if len(text) < 300 else text
    for form in ("%m/%d", "%d-%b", "%b %d", "%d/%m/%Y", "%d %B %Y", "%H:%M", "%d.%m.%Y"):
        try:
            return f"{datetime.strptime(text, form):%d-%b}"
        except ValueError:
            continue
    return cell


def pandas_save(data, edit=None):
    """Return a table as pandas saves it: whole numbers of a column with gaps become floats."""
    frame = pd.read_csv(io.BytesIO(data))
    if edit:
        named = frame.astype(object).where(frame.notna(), "").to_dict("records")
        edit(named)
        frame = pd.DataFrame(named, columns=frame.columns)
    return frame.to_csv(index=False, lineterminator="\r\n").encode()  # as on Windows


PROGRAMS = {
    "Excel, US": Program("%-m/%-d/%Y").save,
    "Excel, UK": Program("%d/%m/%Y", blank_rows=5).save,
    "Excel, German": Program("%d.%m.%Y", ";").save,
    "Excel, with times": Program("%Y-%m-%d 00:00:00").save,
    "Excel, months in words": Program("%d-%b-%y", line_end="\n").save,
    "Excel, Unicode text": Program("%-m/%-d/%Y", "\t", "utf-16").save,
    "LibreOffice": Program("%Y-%m-%d", longest=10**6, encoding="utf-8").save,
    "LibreOffice, US": Program("%m/%d/%y", longest=10**6, encoding="utf-8").save,
    "Numbers": Program("%-d/%-m/%y", ";", longest=10**6, blank_rows=2).save,
    "pandas": pandas_save,
}
ANSI = {
    "Excel, US, ANSI": Program("%-m/%-d/%Y", encoding="cp1252").save,
    "Excel, German, ANSI": Program("%d.%m.%Y", ";", encoding="cp1252").save,
}
EVERY = PROGRAMS | ANSI
