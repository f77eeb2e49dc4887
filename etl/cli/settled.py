"""The configuration file as the command line's defaults, so that environment and options outweigh it without a word of ours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs
import typer

from etl.hiding import hidden as hidden

if TYPE_CHECKING:
    from etl.config import Config

_SECRET_PATH = re.compile(r"(https?://[^/\s]{1,300}/)\S+")


def configure(context: typer.Context, file: Path | None) -> Path | None:
    """Callback of `--config`, before any other option is looked at. Gives the file in force."""
    if context.resilient_parsing:
        return None
    found = find_config(file)
    if found is not None:
        from etl.config import read_config

        config = read_config(found)
        context.meta[_META] = config
        context.default_map = {**(context.default_map or {}), **defaults(config)}
    return found


def find_config(named: Path | None) -> Path | None:
    """The file that counts: the one named (by `--config` or NEWS_ETL_CONFIG), that in the current folder, that in the user's
    configuration folder; None where there is none."""
    if named is not None:
        return named
    places = (Path(_FILE_NAME), platformdirs.user_config_path("news-etl") / _FILE_NAME)
    return next((place for place in places if place.is_file()), None)


def config_of(context: typer.Context) -> Config:
    """The configuration in force: that of the file, or an empty one."""
    from etl.config import Config

    found: Config = context.meta.get(_META) or Config()
    return found


def defaults(config: Config) -> dict[str, Any]:
    """Options by their parameter's name, as text where the option is text."""
    from etl.quantities import duration

    values = config.model_dump(exclude={"sources", "fetch"}, exclude_none=True)
    if "wait" in values:
        values["wait"] = duration(values["wait"]).total_seconds()
    return values


def hidden_path(url: str) -> str:
    """An address whose path is a secret."""
    return _SECRET_PATH.sub(r"\1***", hidden(url))


_FILE_NAME = "news-etl.toml"
_META = "etl.config"
