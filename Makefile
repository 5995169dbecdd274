PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

.PHONY: run test test-full announce torture bench lint browser clean

run: .venv/run.stamp ## Start the app on localhost.
	$(BIN)/python -m prep.ui --server.port $(PORT)

test: announce .venv/test.stamp browser lint ## Everything that must hold.
	$(BIN)/python -m pytest -n 4 --dist worksteal

announce:
	@echo "Sets up what the tests need, checks style and types, and runs every test, many of"
	@echo "them in a real browser: six to nine minutes on two idle cores. A slow or busy machine takes"
	@echo "longer, and passes as well. A browser test that fails leaves pictures in tests/failures/."

test-full: export PREP_TEST_FULL = 1
test-full: test ## The same, with every article and more examples.

torture: export PREP_TORTURE = 1
torture: .venv/test.stamp browser ## Kills, faults and many writers, at length; prints a table.
	$(BIN)/python -m pytest -n 2 --dist worksteal tests/torture tests/browser/test_hostile.py

bench: .venv/test.stamp browser ## How fast each page is beside the smallest app; prints a table.
	$(BIN)/python -m tests.bench.performance
	$(BIN)/python -m tests.bench.forecast

lint: .venv/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# A Chromium for the tests: the one that is there, else Debian's, else Playwright's own.
browser: .venv/test.stamp
	@if command -v chromium >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq chromium; \
	else $(BIN)/playwright install chromium; fi

.venv/run.stamp: requirements.txt | .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/test.stamp: requirements.txt requirements-dev.txt | .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# Debian ships venv apart from Python; as root it can be fetched.
.venv:
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		apt-get update -qq && apt-get install -y -qq python3-venv && $(PYTHON) -m venv .venv; }

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
