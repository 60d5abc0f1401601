# Two commands do everything: `make run` opens the application, `make test` runs every check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help install run demo test check pytest soak faults bench docs reference screenshots snapshots pins clean

help:  ## List these targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: $(STAMP)  ## Set up .venv with everything

# pip 25.1 is the first that reads dependency groups.
$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group dev -e .
	@touch $(STAMP)

run: $(STAMP)  ## Open the application on your own database
	@$(BIN)/interviewkit

demo: $(STAMP)  ## Open the application on a throwaway example
	@$(BIN)/interviewkit demo

test: check pytest  ## Every check, ending with pytest's summary

check: $(STAMP)  ## Format, lint, types, layers, the shipped banks and practice files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/interviewkit bank check --strict question_banks
	$(BIN)/interviewkit practice check --strict practice_files

pytest: $(STAMP)
	$(BIN)/pytest -n auto -m "not soak" -q

soak: $(STAMP)  ## The longer runs: many kills at random moments
	$(BIN)/pytest -m soak -q

faults: $(STAMP)  ## Cause every fault for real and rewrite the table of docs/reliability.md
	PYTHONPATH=tests:tests/faults $(BIN)/python tests/faults/table.py

bench: $(STAMP)  ## Ratios to a floor measured in the same run; QUICK=1 for a quick look
	$(BIN)/python benchmarks/run.py $(if $(QUICK),--quick)

docs: $(STAMP)  ## Build the documentation as a site: open build/site/index.html
	$(BIN)/sphinx-build -W --keep-going -q -c docs -b html . build/site

reference: $(STAMP)  ## Rewrite the pages made from the program: commands, keys, man page
	$(BIN)/python docs/renew.py

screenshots: $(STAMP)  ## Redraw the pictures of the README
	$(BIN)/python docs/screenshots.py
	$(BIN)/python docs/moving.py

snapshots: $(STAMP)  ## Accept the screens as they are now; look at each picture before you commit
	$(BIN)/pytest -n auto -q --snapshot-update tests/tui/test_snapshots.py

pins: $(STAMP)  ## Write constraints.txt from what is installed
	$(BIN)/python -m pip freeze --exclude-editable --exclude pip > constraints.txt

clean:  ## Delete what make made
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis snapshot_report.html
