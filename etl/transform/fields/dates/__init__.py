"""When the story was published and updated: one room for all dates.

`parse_date` reads one text, `strip_label` tells what a date line's label calls it; `extract_dates` finds, weighs
and chooses among the dates of a page.
"""

from etl.transform.fields.dates.labels import strip_label
from etl.transform.fields.dates.page import extract_dates
from etl.transform.fields.dates.parsing import parse_date
from etl.transform.fields.dates.printed import Habits, Printed, find_dates

__all__ = ["Habits", "Printed", "extract_dates", "find_dates", "parse_date", "strip_label"]
