"""The configuration file: where it is found, what outweighs it, what is said of a wrong one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from etl.cli.exits import Exit
from etl.config import Config, FeedSource, Fetch, FilesSource, read_config
from etl.errors import ConfigError
from tests.pages import write_stories
from tests.test_cli import ROOT, run

TEMPLATE = ROOT / "etl" / "cli" / "news-etl.toml"


def written(folder: Path, text: str, name: str = "news-etl.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def shown(folder: Path, *arguments: str, env: dict[str, str] | None = None) -> dict[str, tuple[object, str]]:
    """What `config show` says: setting to value and origin."""
    said = json.loads(run("config", "show", "--json", *arguments, cwd=folder, env=env).stdout)
    return {name: (setting["value"], setting["from"]) for name, setting in said["settings"].items()}


def test_paths_in_the_file_are_taken_from_its_folder(tmp_path: Path) -> None:
    text = """
        database = "sqlite:///data/news.db"
        publishers = "/etc/profiles"
        [[sources]]
        name = "saved"
        kind = "files"
        paths = ["pages/*.html", "@lists/old.txt", "/archive"]
    """
    config = read_config(written(tmp_path, text))
    assert (config.database, config.publishers) == (f"sqlite:///{tmp_path}/data/news.db", "/etc/profiles")
    paths = (f"{tmp_path}/pages/*.html", f"@{tmp_path}/lists/old.txt", "/archive")
    assert config.sources == (FilesSource(name="saved", kind="files", paths=paths),)


@pytest.mark.parametrize("url", ["sqlite:////var/news.db", "sqlite://", "postgresql+psycopg://me@host/news"])
def test_other_databases_are_taken_as_they_are(tmp_path: Path, url: str) -> None:
    assert read_config(written(tmp_path, f'database = "{url}"')).database == url


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("database = 3", "database", "found 3"),
        ('databse = "x"', "databse", "unknown key; known here: database, fetch, log_format, max_age"),
        ('log_format = "xml"', "log_format", "'xml' is not allowed; allowed: text or json"),
        ("workers = -1", "workers", "greater than or equal to 0"),
        ('max_age = "soon"', "max_age", "no length of time: write 90s, 15m, 26h"),
        ('max_rejected = "150%"', "max_rejected", "no share: write 0.05 or 5%"),
        ("max_age = true", "max_age", "True is no text"),
        ('[[sources]]\nkind = "files"\npaths = ["a"]', "sources[0].name", "is missing"),
        ('[[sources]]\nname = "a"\nkind = "files"\npaths = []', "sources[0].paths", "at least 1 item"),
        (
            '[[sources]]\nname = "a"\nkind = "files"\npaths = ["b"]\nurl = "x"',
            "sources[0].url",
            "known here: enabled, ev",
        ),
        ('[[sources]]\nname = " "\nkind = "files"\npaths = ["b"]', "sources[0].name", "is no name"),
        ('[[sources]]\nname = ".."\nkind = "files"\npaths = ["b"]', "sources[0].name", "is no name"),
        (
            '[[sources]]\nname = "a"\nkind = "gopher"\npaths = ["b"]',
            "sources[0].kind",
            "'gopher' is not allowed; allowed: files, feed, ",
        ),
        ('[[sources]]\nname = "a"\nkind = "feed"\nurls = ["ftp://x"]', "sources[0].urls[0]", "is no http or https address"),
        (
            '[[sources]]\nname = "a"\nkind = "feed"\nurls = ["http://x"]\ncontent = "all"',
            "sources[0].content",
            "allowed: page or feed",
        ),
        ('[[sources]]\nname = "a"\nurls = ["http://x"]', "sources[0].kind", "is missing"),
        (
            '[[sources]]\nname="a"\nkind="files"\npaths=["b"]\npublisher="https://jpost.com/"',
            "sources[0].publisher",
            "is no domain: write it as jpost.com",
        ),
        ('[[sources]]\nname="a"\nkind="files"\npaths=["b"]\nevery="daily"', "sources[0].every", "no length of time"),
        (
            '[[sources]]\nname="a"\nkind="files"\npaths=["b"]\nlimit_bytes=0',
            "sources[0].limit_bytes",
            "greater than or equal to 1",
        ),
        ('[fetch]\nlimit_time = "soon"', "fetch.limit_time", "no length of time"),
        ('[fetch]\ncontact = "me"', "fetch.contact", "is no contact: an e-mail address"),
        ('[fetch]\nagent = "me"', "fetch.agent", "unknown key; known here: allow_private"),
        ('[[sources]]\nname="a"\nkind="files"\npaths=["b"]\n' * 2, "", "two sources have the name 'a'"),
        ("database = ", "", "is not TOML"),
    ],
)
def test_a_wrong_file_is_named_with_the_key_and_what_is_allowed(tmp_path: Path, text: str, key: str, said: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(ConfigError) as wrong:
        read_config(file)
    assert (wrong.value.file, wrong.value.key, said in wrong.value.problem) == (str(file), key, True), wrong.value.problem


def test_a_wrong_file_ends_a_command_with_status_2(tmp_path: Path) -> None:
    written(tmp_path, "workers = -1")
    done = run("config", "show", cwd=tmp_path)
    assert (done.returncode, "news-etl.toml: workers: " in done.stderr) == (Exit.USAGE, True)
    assert run("runs", "--config", "nowhere.toml", cwd=tmp_path).returncode == Exit.USAGE


def test_options_outweigh_the_environment_and_that_the_file(tmp_path: Path) -> None:
    written(tmp_path, 'workers = 1\nmax_age = "1h"\nmax_rejected = "1%"\n')
    settings = shown(tmp_path, "--max-rejected", "3%", env={"NEWS_ETL_MAX_AGE": "2h", "NEWS_ETL_MAX_REJECTED": "2%"})
    assert [settings[name] for name in ("page_timeout", "workers", "max_age", "max_rejected")] == [
        (30.0, "default"),
        (1, "file"),
        ("2h", "environment"),
        ("3%", "option"),
    ]


def test_the_file_is_found_by_option_then_environment_then_here_then_in_the_users_folder(tmp_path: Path) -> None:
    def found(*arguments: str, env: dict[str, str] | None = None) -> object:
        return shown(tmp_path, *arguments, env=env)["workers"][0]

    written(tmp_path / "user" / "news-etl", "workers = 4")
    numbers = [found()]
    written(tmp_path, "workers = 3")
    numbers.append(found())
    env = {"NEWS_ETL_CONFIG": str(written(tmp_path, "workers = 2", "environment.toml"))}
    numbers.append(found(env=env))
    numbers.append(found("--config", str(written(tmp_path, "workers = 1", "option.toml")), env=env))
    assert numbers == [4, 3, 2, 1]


def test_every_command_takes_the_database_from_the_file(tmp_path: Path) -> None:
    written(tmp_path / "etc", 'database = "sqlite:///job.db"')
    write_stories(tmp_path / "pages", 1)
    config = ("--config", "etc/news-etl.toml")
    done = [
        run("load", "pages", "--in-process", *config, cwd=tmp_path),
        *(run(*words, *config, cwd=tmp_path) for words in (("runs",), ("pages",), ("status",), ("search", "bridge"))),
    ]
    assert ([one.returncode for one in done], (tmp_path / "etc" / "job.db").exists()) == ([0] * 5, True)


def test_passwords_and_secret_addresses_are_hidden(tmp_path: Path) -> None:
    written(tmp_path, 'database = "postgresql://me:hunter2@host/news"\nping_url = "https://hc.example/hunter2"')
    said = [run("config", "show", *form, cwd=tmp_path).stdout for form in ((), ("--json",))]
    assert ["hunter2" in text for text in said] == [False, False]
    assert "postgresql://me:***@host/news" in said[0]


def test_init_writes_a_file_that_is_valid_and_never_writes_over_one(tmp_path: Path) -> None:
    first, second = run("init", cwd=tmp_path), run("init", cwd=tmp_path)
    assert (first.returncode, second.returncode) == (Exit.DONE, Exit.USAGE)
    assert read_config(tmp_path / "news-etl.toml") == Config(
        database=f"sqlite:///{tmp_path}/news.db", fetch=Fetch(spool=f"{tmp_path}/spool")
    )


def test_the_commented_file_holds_every_key_and_is_valid_with_all_of_them(tmp_path: Path) -> None:
    lines = TEMPLATE.read_text("utf-8").splitlines()
    settings = [line.removeprefix("# ").strip() for line in lines if "://news@" not in line and not line.startswith("# Each")]
    text = "\n".join(line for line in settings if line.startswith("[") or line.split(" ")[1:2] == ["="])
    config = read_config(written(tmp_path, text))
    assert (config.model_fields_set, config.fetch.model_fields_set) == (set(Config.model_fields), set(Fetch.model_fields))
    files, feed, *others = config.sources
    shared = set(FilesSource.model_fields) - {"paths"}
    assert files.model_fields_set == set(FilesSource.model_fields)
    assert (feed.model_fields_set | shared, [source.kind for source in others]) == (
        set(FeedSource.model_fields),
        ["sitemap", "urls"],
    )
