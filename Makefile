# Two commands for a newcomer: `make demo` and `make test`. Everything is installed into .venv by the first of them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SHARED ?= ../shared
DEMO := build/demo.db
QUESTION := SELECT a.published_date, p.domain, group_concat(u.name, ', ') AS authors, a.word_count AS words, a.title \
  FROM articles a JOIN publishers p ON p.id = a.publisher_id \
  LEFT JOIN article_authors x ON x.article_id = a.id LEFT JOIN authors u ON u.id = x.author_id \
  GROUP BY a.id ORDER BY a.published_at DESC

.PHONY: help setup demo test check lint types docs docs-check format accuracy bench bench-smoke bench-compare rehearsal wheel clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 16

setup: $(READY) ## Make the virtual environment with everything in it

$(READY): pyproject.toml .ci/constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("news-etl needs Python 3.11 or newer") if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt --editable '.[dev]'
	@touch $@

demo: $(READY) ## Load the bundled samples into build/demo.db, ask it a question, write build/report.html
	@mkdir -p build && rm -f $(DEMO) $(DEMO)-wal $(DEMO)-shm
	$(BIN)/news-etl load samples --database sqlite:///$(DEMO)
	@echo
	@echo "Who wrote what, newest first:"
	$(BIN)/news-etl db query --database sqlite:///$(DEMO) "$(QUESTION)"
	@echo
	@echo "The morning report on it, to open in a browser:"
	$(BIN)/news-etl report --database sqlite:///$(DEMO) --output build/report.html

test: $(READY) ## Run the tests (they start their own PostgreSQL)
	$(BIN)/python -m pytest -n 2

check: lint types test docs-check bench-smoke ## All that a change must pass

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(READY)
	$(BIN)/mypy

docs: $(READY) ## Renew the generated pages of docs/, and the schema of a new SQLite file
	$(BIN)/cog -r -I docs -I . docs/*.md
	$(BIN)/python -m tests.notebooks docs/analysis.ipynb
	$(BIN)/python -m tests.snapshot

docs-check: $(READY)
	$(BIN)/cog --check -I docs -I . docs/*.md

format: $(READY) ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

accuracy: $(READY) ## Measure the extraction on the corpus; fails below benchmarks/accuracy-floors.json
	$(BIN)/python -m benchmarks.accuracy --shared $(SHARED)

bench: $(READY) ## Measure speed, memory and growth for docs/performance.md (long)
	$(BIN)/python -m benchmarks --write --shared $(SHARED)
	$(MAKE) docs

bench-smoke: $(READY)
	$(BIN)/python -m benchmarks --smoke

bench-compare: $(READY) ## Measure the ratio whole job / lxml parse and compare it with the committed figures
	$(BIN)/python -m benchmarks --compare --shared $(SHARED)

rehearsal: $(READY) ## Rehearse the nightly job: three nights, kills, two runs at once, against a server of this machine
	$(BIN)/python -m tests.night

wheel: $(READY) ## Build the wheel into dist/
	$(BIN)/python -m build --wheel

clean: ## Remove the virtual environment and everything built
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
