# The table of contents of what can be done here. Each target is one line that also works by hand.
PYTHON ?= python3
BIN := .venv/bin

UV := .venv-constraints/bin/uv
# pip of 25.3 and later builds under the second one alone, an older one under the first
PINNED := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt

.PHONY: install demo test test-latest test-lowest constraints lint types layers test-live bench growth instructions docs \
  site share mutants fuzz canaries clean

install: ## a virtual environment with everything, at the versions of constraints.txt
	$(PYTHON) -m venv .venv && $(PINNED) $(BIN)/pip install -q -e '.[test,lint,bench]'

demo: ## what a newcomer sees first
	$(BIN)/grantlint policies/

test: types ## all tests but the live ones, with lint and layers among them; `pytest` alone is the everyday run
	$(BIN)/pytest -m "not live"

test-latest: ## the tests on the newest versions that can be had
	PYTHON=$(PYTHON) bash .ci/test-latest

test-lowest: $(UV) ## the tests on the lowest versions that pyproject.toml allows
	$(PYTHON) -m venv .venv-lowest
	$(UV) pip compile -q --resolution lowest-direct --python .venv-lowest/bin/python --extra test \
	  --output-file .venv-lowest/constraints.txt pyproject.toml
	.venv-lowest/bin/pip install -q -c .venv-lowest/constraints.txt -e '.[test]'
	.venv-lowest/bin/pytest -n 2 -m "not live" --ignore=tests/meta/test_tools.py --ignore=tests/meta/test_layers.py

constraints: $(UV) ## constraints.txt anew: the newest versions of everything, for each Python that is supported
	$(UV) pip compile -q --upgrade --universal --python-version 3.11 --all-extras --no-annotate \
	  --custom-compile-command 'make constraints' --output-file constraints.txt pyproject.toml

$(UV):
	$(PYTHON) -m venv .venv-constraints && .venv-constraints/bin/pip install -q uv

lint:
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types:
	$(BIN)/mypy && $(BIN)/pyright

layers:
	$(BIN)/lint-imports

test-live: ## random account tables and clients against real servers
	$(BIN)/pytest -m live tests/live

bench: ## ratios of whole processes against peers, paired in one run; BENCH_TREES=DIR: real trees, too
	$(BIN)/python bench/run.py

growth: ## what each dimension of real files costs as it grows: 1, 2, 4 and 8 times
	$(BIN)/python bench/shapes.py

instructions: ## instructions of a few runs (valgrind): a change of 2 % is seen
	$(BIN)/python bench/instructions.py

docs: ## one page a rule, and the index of the pack
	$(BIN)/python docs/build.py

site: ## the docs as a site, in site/ (the extra `docs`)
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

share: ## completion for shells and the manual page, in build/share/ (the extra `build`)
	$(BIN)/python docs/share.py build/share

fuzz: ## a long run of every reader's fuzz target
	$(BIN)/python bench/fuzz.py

mutants: ## each condition of each rule broken, and whether its examples notice
	$(BIN)/python bench/mutants.py

canaries: ## a secret in every place of every format, damaged right at it, through every command
	$(BIN)/python bench/canaries.py --texts 200000

clean:
	rm -rf .venv .venv-* dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis build site .import_linter_cache
