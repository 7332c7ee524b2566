# make run    sets everything up and runs the demo
# make test   sets everything up and runs the tests
# make check  the same for ruff, mypy and import-linter
# make build  builds the program that needs no Python, in dist/ (EDITION=full for the one with torch)
# Everything lands in .venv (.venv-light, .venv-full); repeating any of them is safe and quick, but for the last.

PYTHON ?= python3
BIN := .venv/bin
SYSTEM_PACKAGES := python3-venv
QT_PACKAGES := libgl1 libegl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 libx11-6 libxcb1

EDITION ?= light
EXTRAS_light := build
EXTRAS_full := build,models,clip

.PHONY: run test check build clean
.DELETE_ON_ERROR:

run: .venv/.program
	$(BIN)/shoal demo

test: .venv/.tests .venv/.qt
	$(BIN)/python -m pytest -q -n auto --maxprocesses 4

check: .venv/.tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

build:
	$(PYTHON) -m venv .venv-$(EDITION)
	.venv-$(EDITION)/bin/pip install --quiet --disable-pip-version-check --editable '.[$(EXTRAS_$(EDITION))]'
	.venv-$(EDITION)/bin/python packaging/build.py --edition $(EDITION)

clean:
	rm -rf .venv .venv-light .venv-full build dist

.venv/.program: .venv/bin/pip pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/.tests: .venv/bin/pip pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@ .venv/.program

# Qt's wheels expect some libraries of the system; a bare Debian has none of them.
.venv/.qt: .venv/.tests
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
