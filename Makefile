# make          sets everything up: system libraries, .venv, the locked packages; instant the second time
# make run      opens the sample content; without a display, builds and checks it into build/demo/
# make check    format, lint, types, contracts and the fast tests
# make test     make check's rules, then every test
# make torture  kills, fills and cuts everything at every step, and prints how that ended (Linux; many minutes)
# make bench    measures, and prints a table
# make lock     pins the newest packages pyproject.toml allows into requirements.lock (needs the network)
# make clean    removes what was made
#
# Needs python3 (3.11 or newer, with venv), git and make.

.PHONY: setup run check test torture read rules format lint types contracts bench lock clean
.SUFFIXES:

# Tests start hundreds of processes; without kept bytecode each would compile the whole program anew.
unexport PYTHONDONTWRITEBYTECODE

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

BIN := .venv/bin
READY := .venv/ready
# Set by hand to choose another one: make PYTHON=python3.13
PYTHON ?=
# Tests at the same time. Three keep two processors busy: each waits a third of its time, for disks and other
# programs. make test JOBS=auto uses all processors.
JOBS ?= 3
# Chromium's sandbox cannot start as root (containers, build machines); for everybody else it stays on.
AS_ROOT := $(if $(filter 0,$(shell id -u)),QTWEBENGINE_DISABLE_SANDBOX=1)

setup: $(READY)

$(READY): requirements.lock pyproject.toml .ci/system_libraries.sh
	@.ci/system_libraries.sh
	@command -v git >/dev/null || { echo "Please install git 2.34 or newer, then run make again."; exit 1; }
	@if [ ! -x $(BIN)/python ]; then \
	  for python in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	    if $$python -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi; \
	    python=; \
	  done; \
	  if [ -z "$$python" ]; then \
	    echo "Please install Python 3.11 or newer with venv (Debian, Ubuntu: sudo apt-get install python3-venv)."; exit 1; \
	  fi; \
	  echo "Making .venv with $$($$python --version)"; \
	  $$python -m venv .venv; \
	fi
	@echo "Installing the locked packages (some 600 MB the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
	  --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
	@echo "Ready. Next: make run, or make test."

run: setup
	$(AS_ROOT) $(BIN)/python -m soh_author demo

rules: format lint types contracts

format: setup
	$(BIN)/ruff format --check .

lint: setup
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

contracts: setup
	$(BIN)/lint-imports --no-logo

check: rules
	$(BIN)/python -m tests.house.sizes
	$(BIN)/python -m pytest -n $(JOBS) -m "not qt and not browser and not slow"

# Reads and compiles all tests while mypy leaves one processor idle; else each process would do it for itself.
read: setup
	@$(BIN)/python -m pytest --collect-only --quiet > /dev/null 2>&1 &

test: read rules
	$(BIN)/python -m tests.house.sizes
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal --durations 5

torture: setup
	$(BIN)/python -m tests.torture
	$(BIN)/python -m tests.histories

bench: setup
	$(AS_ROOT) $(BIN)/python -m tests.benchmarks

lock: setup
	$(BIN)/python -m venv build/lock
	build/lock/bin/python -m pip install --quiet uv
	UV_CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/uv pip compile --quiet --upgrade --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
	  --extra desktop --extra dev pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
