"""The zone that a page's scripts name as the site's, for pages whose dates are all in UTC: `"timeZone":"Europe/Berlin"`."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from etl.records import DateValue, Precision
from etl.transform.document import Document
from etl.transform.fields.dates.zones import zone_info
from etl.transform.reading import Found

# "timezone":{"short":"ET","long":"America/New_York"}, timeZone: 'Europe\/Berlin'
_STATED = re.compile(
    r"[tT]ime_?[zZ]one\\?[\"']?\s{0,2}[:=]\s{0,2}(?:\{.{0,40}?)?\\?[\"']"
    r"((?:Africa|America|Asia|Atlantic|Australia|Europe|Pacific)\\{0,2}/[A-Za-z_]{2,30}(?:\\{0,2}/[A-Za-z_]{2,30})?)[\\\"']"
)
_HINTS = ("imezone", "imeZone", "ime_zone")


def in_stated_zone(found: Found[DateValue], document: Document) -> Found[DateValue]:
    """A date that the page gives in UTC alone, with day and offset of the one zone that its scripts name; else as it is.

    A day that is not the instant's in UTC was read off the page, and stands.
    """
    value = found.value
    if value.precision is Precision.DAY or value.utc_offset != 0 or value.day != value.at.date():
        return found
    zone = _stated_zone(document)
    if zone is None:
        return found
    local = value.at.astimezone(zone)
    offset = local.utcoffset() or dt.timedelta()
    value = replace(value, day=local.date(), utc_offset=round(offset.total_seconds() / 60))
    return replace(found, value=value, detail=f"{found.detail}; zone of the scripts")


def _stated_zone(document: Document) -> dt.tzinfo | None:
    names: set[str] = set()
    for _, script in document.state_scripts():
        if any(hint in script for hint in _HINTS):
            names.update(match.replace("\\", "") for match in _STATED.findall(script))
    return zone_info(names.pop()) if len(names) == 1 else None
