"""Data of a TOML file as the dataclasses of `etl.transform.profiles`, every fault told by its key.

By hand and not by pydantic, which checks the configuration: each process that reads pages or writes them knows the profiles, and
pydantic would be a seventh of what it takes to start one.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache, partial
from types import NoneType
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")
Fault = tuple[str, str]
"""The key (`layouts[0].fields.title`, empty for the whole) and what is wrong there."""


class Faults(Exception):
    """All that is wrong with the data."""

    def __init__(self, found: list[Fault]) -> None:
        super().__init__(found)
        self.found = found


def made(form: type[T], data: Mapping[str, Any]) -> T:
    """A table as an instance of a dataclass whose types are text, booleans, days, enumerations, literals, dataclasses, tuples of
    these and functions that check (`Annotated`). Where several values may stand, one can stand alone. Raises Faults."""
    found: list[Fault] = []
    value: T = _value(form, data, "", found)
    if found:
        raise Faults(found)
    return value


def _value(form: Any, data: Any, key: str, found: list[Fault]) -> Any:
    """The value; where faults are found they are added and it means nothing."""
    known, origin = len(found), get_origin(form)
    if origin is Annotated:
        form, *checks = get_args(form)
        value = _value(form, data, key, found)
        for check in checks if len(found) == known else ():
            value = _called(partial(check, value), key, found)
        return value
    if origin is tuple:
        member = get_args(form)[0]
        if isinstance(data, str):
            data = [data]
        if not isinstance(data, list):
            found.append((key, f"input should be a list, found {data!r}"))
            return ()
        return tuple(_value(member, item, f"{key}[{number}]", found) for number, item in enumerate(data))
    if origin is Literal or (isinstance(form, type) and issubclass(form, enum.Enum)):
        return _chosen(form, data, key, found)
    if is_dataclass(form):
        return _table(form, data, key, found)
    if NoneType in get_args(form):
        return _value(get_args(form)[0], data, key, found)
    if type(data) is not form:
        found.append((key, f"input should be a valid {_NAMES[form]}, found {data!r}"))
    return data


_NAMES = {str: "string", bool: "boolean", dt.date: "date (2024-12-31, without quotes)"}


def _chosen(form: Any, data: Any, key: str, found: list[Fault]) -> Any:
    """One of a few words."""
    options = [str(option) for option in (get_args(form) or form)]
    if data in options:
        return data if get_origin(form) is Literal else form(data)
    found.append((key, f"{data!r} is not allowed; allowed: {', '.join(options[:-1])} or {options[-1]}"))
    return None


def _table(form: Any, data: Any, key: str, found: list[Fault]) -> Any:
    if not isinstance(data, dict):
        found.append((key, f"input should be a table, found {data!r}"))
        return None
    known, types, prefix = len(found), _types(form), f"{key}." if key else ""
    values = {name: _value(types[name], data[name], prefix + name, found) for name in types if name in data}
    found += [(prefix + field.name, "is missing") for field in _required(form) if field.name not in data]
    found += [(prefix + name, f"unknown key; known here: {', '.join(sorted(types))}") for name in data if name not in types]
    return _called(partial(form, **values), key, found) if len(found) == known else None


@cache
def _types(form: Any) -> dict[str, Any]:
    return get_type_hints(form, include_extras=True)


def _required(form: Any) -> Iterator[Field[Any]]:
    return (field for field in fields(form) if field.default is MISSING and field.default_factory is MISSING)


def _called(make: Callable[[], Any], key: str, found: list[Fault]) -> Any:
    """What a check or a dataclass makes of its values; its ValueError is a fault."""
    try:
        return make()
    except ValueError as error:
        found.append((key, str(error)))
        return None
