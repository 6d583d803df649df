# The table of contents of what can be done here. Each target is one line that also works by hand.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: install demo test lint types layers test-live bench docs fuzz clean

install: ## a virtual environment with everything
	$(PYTHON) -m venv .venv && $(BIN)/pip install -q -e '.[test,lint,bench]'

demo: ## what a newcomer sees first
	$(BIN)/grantlint policies/

test: ## all tests, with lint, types and layers among them
	$(BIN)/pytest

lint:
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types:
	$(BIN)/mypy && $(BIN)/pyright --pythonpath $(BIN)/python

layers:
	$(BIN)/lint-imports

test-live: ## random account tables and clients against real servers
	$(BIN)/pytest -m live tests/live

bench: ## ratios of whole processes against peers, paired in one run
	$(BIN)/python bench/run.py

docs: ## one page a rule
	$(BIN)/python docs/build.py

fuzz: ## a long run of every reader's fuzz target
	$(BIN)/python bench/fuzz.py

clean:
	rm -rf .venv dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
