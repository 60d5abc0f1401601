# Two commands do everything: `make run` opens the application, `make test` runs every check. What they
# do is in make.py, which needs no make: `python make.py run`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help install run demo test check pytest windows soak faults bench docs reference screenshots snapshots pins clean

help:  ## List these targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: $(STAMP)  ## Set up .venv with everything

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) make.py install

run:  ## Open the application on your own database
	@$(PYTHON) make.py run

demo:  ## Open the application on a throwaway example
	@$(PYTHON) make.py demo

test:  ## Every check, ending with pytest's summary
	@$(PYTHON) make.py test

check:  ## Format, lint, types, layers and the shipped banks and practice files
	@$(PYTHON) make.py check

pytest:
	@$(PYTHON) make.py pytest

windows: $(STAMP)  ## The tests on Windows's Python, where Wine is installed; ARGS go to pytest
	$(BIN)/python tests/windows/rig.py $(if $(ARGS),pytest $(ARGS))

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
	$(BIN)/python docs/kit_screenshots.py

snapshots: $(STAMP)  ## Accept the screens as they are now; look at each picture before you commit
	$(BIN)/pytest -n auto -q --snapshot-update tests/tui/test_snapshots.py

pins: $(STAMP)  ## Write constraints.txt from what is installed
	$(BIN)/python -m pip freeze --exclude-editable --exclude pip > constraints.txt

clean:  ## Delete what make made
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis snapshot_report.html
