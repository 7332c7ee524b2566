# make run       sets everything up and runs the demo
# make test      sets everything up and runs the tests
# make dev       sets up a small environment, without torch
# make quick     the tests that the small environment can run; names those that need more
# make check     ruff, mypy, import contracts, sizes, and whether the documentation builds; lists texts without a translation; brings what it needs itself, no torch
# make translations   collects new texts into resources/i18n for translators; release-check fails if one is missing
# make docs      builds the documentation, in build/docs
# make coverage  how much of each room the tests run
# make measure   sizes of functions, files and classes, chains of imports
# make lock      pins what releases are built with, in packaging/lock.txt
# make build     builds the program that needs no Python, in dist/ (EDITION=full for the one with torch)
# Everything lands in .venv (.venv-light, .venv-full); repeating any of them is safe and quick, but for the last.

PYTHON ?= python3
# Tests start hundreds of processes: where nothing is kept, each would compile the whole program anew.
export PYTHONDONTWRITEBYTECODE :=
BIN := .venv/bin
SYSTEM_PACKAGES := python3-venv
QT_PACKAGES := libgl1 libegl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 libx11-6 libxcb1

EDITION ?= light
EXTRAS_light := build
EXTRAS_full := build,models,clip

.PHONY: run test dev quick check translations release-check docs coverage measure lock build clean
.DELETE_ON_ERROR:

run: .venv/.program
	$(BIN)/shoal demo

test: .venv/.tests .venv/.qt
	$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist loadgroup

dev: .venv/.dev .venv/.qt

quick: .venv/.dev .venv/.qt
	$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist loadgroup

check: .venv/.checks docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/measure/sizes.py
	$(BIN)/python packaging/translations.py --check

translations: .venv/.program
	$(BIN)/python packaging/translations.py

release-check: .venv/.program
	$(BIN)/python packaging/translations.py --release

docs: .venv/.docs .venv/.qt
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going -b html resources/docs build/docs

coverage: .venv/.tests .venv/.qt
	$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist loadgroup --cov=shoal --cov-report=json:build/coverage.json
	$(BIN)/python tests/measure/coverage_by_room.py build/coverage.json

measure: .venv/.dev
	$(BIN)/python tests/measure/sizes.py

lock: .venv/.dev
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra build --extra models --extra clip \
	  --no-header --no-emit-index-url --no-emit-find-links --output-file packaging/lock.txt pyproject.toml

build:
	$(PYTHON) -m venv .venv-$(EDITION)
	.venv-$(EDITION)/bin/pip install --quiet --disable-pip-version-check --constraint packaging/lock.txt \
	  --editable '.[$(EXTRAS_$(EDITION))]'
	.venv-$(EDITION)/bin/python packaging/translations.py --release
	.venv-$(EDITION)/bin/python packaging/build.py --edition $(EDITION)

clean:
	rm -rf .venv .venv-light .venv-full build dist

.venv/.program: .venv/bin/pip pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/.dev: .venv/bin/pip pyproject.toml
	$(BIN)/pip install --quiet --no-compile --disable-pip-version-check --editable '.[dev]'
	touch $@ .venv/.program

.venv/.checks: .venv/.dev
	$(BIN)/pip install --quiet --no-compile --disable-pip-version-check --editable '.[checks]'
	touch $@

.venv/.docs: .venv/.dev
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[docs]'
	touch $@

.venv/.tests: .venv/bin/pip pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@ .venv/.checks .venv/.dev .venv/.docs .venv/.program

# Qt's wheels expect some libraries of the system; a bare Debian has none of them.
.venv/.qt: .venv/.dev
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -c 'from PySide6.QtWidgets import QApplication; QApplication([])' 2>/dev/null \
	  || $(MAKE) --no-print-directory system-packages SYSTEM_PACKAGES='$(QT_PACKAGES)'
	touch $@

# Debian leaves the part that makes virtual environments out of its python3 package.
.venv/bin/pip:
	$(PYTHON) -c 'import sys; sys.exit("Shoal needs Python 3.11 or newer." if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(MAKE) --no-print-directory system-packages
	$(PYTHON) -m venv .venv

.PHONY: system-packages
system-packages:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -q && apt-get install -qy --no-install-recommends $(SYSTEM_PACKAGES); \
	else \
	  echo "Please install first: $(SYSTEM_PACKAGES)   (Debian, Ubuntu: sudo apt install $(SYSTEM_PACKAGES))"; exit 1; \
	fi
