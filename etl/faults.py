"""What pydantic finds wrong with a TOML file, as key (`layouts[0].fields.title`) and problem, with what is allowed there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError


def faults(model: type[BaseModel], error: ValidationError) -> Iterator[tuple[str, str]]:
    """Every fault of the data that was to become a `model`."""
    for fault in error.errors(include_url=False):
        yield _fault(model, dict(fault))


def _fault(model: type[BaseModel], fault: Mapping[str, Any]) -> tuple[str, str]:
    place = tuple(part for part in fault["loc"] if not str(part).startswith("function-"))
    keys, known = _walk(model, place)
    context = fault.get("ctx") or {}
    kind = str(fault["type"])
    if kind == "extra_forbidden":
        problem = f"unknown key; known here: {', '.join(known)}"
    elif kind in {"missing", "union_tag_not_found"}:
        keys = (*keys, *(("kind",) if kind == "union_tag_not_found" else ()))
        problem = "is missing"
    elif kind == "union_tag_invalid":
        keys = (*keys, "kind")
        problem = f"{context['tag']!r} is not allowed; allowed: {str(context['expected_tags']).replace(chr(39), '')}"
    elif kind in {"enum", "literal_error"}:
        problem = f"{fault['input']!r} is not allowed; allowed: {str(context['expected']).replace(chr(39), '')}"
    elif kind == "value_error":
        problem = str(context["error"])
    else:
        problem = f"{str(fault['msg'])[:1].lower()}{str(fault['msg'])[1:]}, found {fault['input']!r}"
    return _dotted(keys), problem


def _walk(model: type[BaseModel], place: tuple[Any, ...]) -> tuple[tuple[Any, ...], list[str]]:
    """The place without the tags of unions, and the keys that the table there can have."""
    keys: list[Any] = []
    models, known = [model], sorted(model.model_fields)
    for part in place:
        tagged = [found for found in models if part in get_args(getattr(found.model_fields.get("kind"), "annotation", None))]
        if len(models) > 1 and tagged:
            models = tagged
            known = sorted(tagged[0].model_fields)
            continue
        keys.append(part)
        if isinstance(part, str):
            known = sorted(models[0].model_fields)
            field = models[0].model_fields.get(part)
            models = list(_models(field.annotation)) if field and list(_models(field.annotation)) else models[:1]
    return tuple(keys), known


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _dotted(place: tuple[Any, ...]) -> str:
    """`("layouts", 0, "fields", "title", 1)` → `layouts[0].fields.title[1]`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).removeprefix(".")
