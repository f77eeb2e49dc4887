"""Data of a TOML file as the dataclasses of `etl.transform.profiles`, checked by pydantic: every fault is told by its key.

The classes themselves know nothing of pydantic, which workers then need not import: it would be a seventh of what it takes to
start one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, TypeVar, cast, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError, create_model

from etl.faults import faults

T = TypeVar("T")


class Faults(Exception):
    """All that is wrong with the data: keys (`layouts[0].fields.title`, empty for the whole) and problems."""

    def __init__(self, found: list[tuple[str, str]]) -> None:
        super().__init__(found)
        self.found = found


def made(form: type[T], data: Mapping[str, Any]) -> T:
    """A table as an instance of a dataclass, whose types may be dataclasses again, tuples (for one of their values it can stand
    alone) and `Annotated` with functions that check a value. Raises Faults."""
    model = _model(cast("Any", form))
    try:
        value: T = _maker(form)(model.model_validate(data))
    except ValidationError as error:
        raise Faults(list(faults(model, error))) from error
    except ValueError as error:  # of the whole: pydantic tells those of the parts
        raise Faults([("", str(error))]) from error
    return value


@cache
def _model(form: Any) -> type[BaseModel]:
    """What checks the data of a dataclass."""
    types = get_type_hints(form, include_extras=True)
    made: dict[str, Any] = {field.name: (_checked(types[field.name]), _default(field)) for field in fields(form)}
    return create_model(form.__name__, __config__=ConfigDict(extra="forbid"), **made)


def _maker(form: type[T]) -> Callable[[BaseModel], T]:
    return lambda model: form(**{name: getattr(model, name) for name in type(model).model_fields})


def _default(field: Field[Any]) -> Any:
    return ... if field.default is MISSING else field.default


def _checked(form: Any) -> Any:
    """The type as pydantic reads it."""
    origin, inner = get_origin(form), get_args(form)
    if origin is Annotated:
        return Annotated[_checked(inner[0]), *map(AfterValidator, inner[1:])]
    if origin is tuple:
        return Annotated[tuple[_checked(inner[0]), ...], BeforeValidator(_listed)]  # type: ignore[misc]
    if is_dataclass(form):
        return Annotated[_model(form), AfterValidator(_maker(form))]  # type: ignore[arg-type]
    if type(None) in inner:
        return _checked(next(part for part in inner if part is not type(None))) | None
    return form


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value
