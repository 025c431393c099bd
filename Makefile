# The commands of the house; each sets up what it needs. `make demo` and `make test` are the ones to know.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo demo-check test check bench clean system

demo: $(VENV)/ready  ## tool, small LMS and small LRS on this machine
	$(BIN)/python -m lti_tool.demo

demo-check: $(VENV)/ready  ## the whole way through, played by itself; prints a table
	$(BIN)/python -m lti_tool.demo --check

test: $(VENV)/ready-to-develop system  ## every test
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered $(ARGS)
	$(BIN)/python tests/coverage_by_room.py

check: $(VENV)/ready-to-develop  ## linters, types, contracts, the bank
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/pix-lti content check

bench: $(VENV)/ready-to-develop  ## launch and answer, measured; bench/results.json
	$(BIN)/python -m bench

system:  ## Chromium and PostgreSQL, by apt where root
	sh tests/system-packages.sh

$(VENV)/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/ready-to-develop: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[development,postgresql]'
	touch $@

clean:
	rm -rf $(VENV) demo-instance tests/output .mypy_cache .ruff_cache .pytest_cache
