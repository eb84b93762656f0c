# Every target sets up .venv/ from a lock file first, if it is missing or stale.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
UV := $(BIN)/uv pip install --quiet --python
LAKE := .venv-lake

# Prefect takes seconds to compile: not once per process of a test.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo refresh up test pytest lake-test slow-test bench check lint types walls audit lock lock-lake clean

help:                        ## Show these targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.runtime       ## Play the bundled sample portal's nights and show what changed (no network needed)
	$(BIN)/strategiemonitor demo

refresh: $(VENV)/.runtime    ## Visit every declared page now
	$(BIN)/strategiemonitor refresh

up: $(VENV)/.runtime         ## Put pool, deployments and automations on the Prefect server of PREFECT_API_URL
	$(BIN)/strategiemonitor setup

# Lint first: it takes seconds.  Types on one core and the audit, which waits for answers, go on beside the tests.
test: $(VENV)/.dev           ## Everything: lint, types, walls between the rooms, tests
	@$(MAKE) --no-print-directory lint walls
	@$(MAKE) --no-print-directory --jobs 3 types audit pytest

pytest: $(VENV)/.dev
	$(BIN)/python -m pytest --numprocesses 3 --dist loadfile -m "not slow"

slow-test: $(VENV)/.dev $(LAKE)/.lake  ## What takes minutes: a worker that is killed, on PostgreSQL (needs its programs), kills at length
	$(BIN)/python -m pytest -m slow
	$(LAKE)/bin/python -m pytest tests/lake -m slow

lake-test: $(LAKE)/.lake     ## The same tables in DuckLake, on a real PostgreSQL (needs its programs: apt-get install postgresql)
	$(LAKE)/bin/python -m pytest tests/lake -m "not slow"

bench: $(VENV)/.dev          ## Measure speed and memory; prints ratios
	$(BIN)/python -m tests.benchmarks

# Two at once: the audit mostly waits for answers.
check: $(VENV)/.dev          ## Lint, types, walls between the rooms, known vulnerabilities of the dependencies
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target lint types walls audit

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

walls:
	$(BIN)/lint-imports --no-cache

audit:
	$(BIN)/python -m tests.dependency_audit

lock: $(VENV)/.dev           ## Resolve the dependencies anew into all lock files
	$(BIN)/uv pip compile pyproject.toml --group build --python-version 3.11 --universal --generate-hashes --no-annotate --quiet --upgrade \
	  --custom-compile-command 'make lock' --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group build --group dev --constraint requirements.lock --python-version 3.11 --universal \
	  --generate-hashes --no-annotate --quiet --upgrade --custom-compile-command 'make lock' --output-file requirements-dev.lock
	$(MAKE) --no-print-directory lock-lake

lock-lake: $(VENV)/.dev      ## Resolve those of the lake anew: DuckDB is another one there
	grep '^[a-z]' requirements-dev.lock | grep -v '^duckdb==' | sed 's/ *\\$$//' > $(VENV)/without-duckdb.txt
	$(BIN)/uv pip compile pyproject.toml --extra lake --group build --group lake-test --constraint $(VENV)/without-duckdb.txt --python-version 3.11 \
	  --universal --generate-hashes --no-annotate --quiet --upgrade --custom-compile-command 'make lock' --output-file requirements-lake.lock

clean:                       ## Remove the environment and caches, never the data
	rm -rf $(VENV) $(LAKE) .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# uv takes seconds where pip takes minutes; where it does not reach the index that pip is told of, pip does its work.
$(BIN)/uv: $(VENV)/bin/python
	sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.lock > $(VENV)/uv.txt
	$(PIP) install --require-hashes --requirement $(VENV)/uv.txt

$(VENV)/.runtime: $(BIN)/uv requirements.lock pyproject.toml
	$(UV) $(BIN)/python --compile-bytecode --require-hashes --requirement requirements.lock || \
	  $(PIP) install --require-hashes --requirement requirements.lock
	$(UV) $(BIN)/python --no-deps --no-build-isolation --editable . || \
	  $(PIP) install --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q extract transform warehouse flows
	touch $@

# Not compiled: most of it is programs and modules that nothing imports, which would take twenty seconds of processor time.
$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	$(UV) $(BIN)/python --require-hashes --requirement requirements-dev.lock || \
	  $(PIP) install --require-hashes --requirement requirements-dev.lock
	touch $@

$(LAKE)/.lake: $(VENV)/.dev requirements-lake.lock pyproject.toml
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(LAKE)
	$(UV) $(LAKE)/bin/python --require-hashes --requirement requirements-lake.lock
	$(UV) $(LAKE)/bin/python --no-deps --no-build-isolation --editable .
	touch $@
