# One door for people, hooks and CI: `make help` lists what there is.

.DEFAULT_GOAL := help
.PHONY: help run test refresh check evaluate lock bench clean
SHELL := /bin/bash
PORT ?= 8501
PYTHON ?= python3
BIN := .venv/bin
RESULTS := build/bench
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV

help: ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: .venv/.ready ## set up, refresh the data, serve the dashboard
	@echo "==> refreshing the data"
	@$(BIN)/parley refresh
	@echo "==> serving the dashboard at http://localhost:$(PORT) (Ctrl-C ends it)"
	@$(BIN)/streamlit run dashboard/streamlit_app.py --server.port $(PORT) --server.address localhost

test: .venv/.ready-to-test ## set up what tests need and run all of them
	@echo "==> ruff"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@echo "==> mypy"
	@$(BIN)/mypy
	@echo "==> measured quality against its floors"
	@$(BIN)/parley evaluate
	@echo "==> pytest"
	@$(BIN)/python -m pytest

refresh: .venv/.ready ## documents -> a new published build
	@$(BIN)/parley refresh

check: .venv/.ready ## all problems in documents and rules
	@$(BIN)/parley check

evaluate: .venv/.ready ## agreement with the statements labelled by hand
	@$(BIN)/parley evaluate

lock: | .venv/bin/python ## pin the dependencies anew, with hashes
	@$(BIN)/pip install -q uv
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header \
	    --no-emit-index-url pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header \
	    --no-emit-index-url --extra test -c requirements.lock pyproject.toml -o requirements-test.lock
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header \
	    --no-emit-index-url --extra auth -c requirements.lock pyproject.toml -o requirements-auth.lock
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header \
	    --no-emit-index-url --extra dask -c requirements.lock pyproject.toml -o requirements-dask.lock

bench: .venv/.ready-to-test ## measure speed and memory into docs/performance.md (needs ../shared; an hour)
	@$(BIN)/python tests/benchmarks/refreshing.py --json $(RESULTS)/refreshing.json
	@$(BIN)/python tests/benchmarks/refreshing.py --statements 1000000 --json $(RESULTS)/million.json
	@$(BIN)/python tests/benchmarks/peers.py --json $(RESULTS)/peers.json
	@$(BIN)/python tests/benchmarks/starting.py --json $(RESULTS)/starting.json
	@$(BIN)/parley refresh
	@$(BIN)/python tests/benchmarks/million.py $(RESULTS)/million
	@cp -R data/rules $(RESULTS)/million
	@PARLEY_DATA=$(CURDIR)/$(RESULTS)/million $(BIN)/python tests/benchmarks/clicking.py --json $(RESULTS)/clicking.json
	@$(BIN)/python tests/benchmarks/reporting.py $(RESULTS)/*.json

clean: ## remove the environment and the published builds
	rm -rf .venv data/published

.venv/bin/python:
	@echo "==> making .venv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Parley needs Python 3.11 or newer; name one: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv .venv || bash .ci/install-venv $(PYTHON)

.venv/.ready: requirements.lock pyproject.toml | .venv/bin/python
	@echo "==> installing what Parley needs (once)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.ready-to-test: requirements-test.lock .ci/install-chromium .venv/.ready
	@echo "==> installing what the tests need (once)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-test.lock
	@bash .ci/install-chromium
	@touch $@
