# Every target sets up what it needs: a fresh machine wants Python 3.11 or newer, git and make.

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-postgresql check bench bench-readers serve pictures clean

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO_HOME := .demo
QUESTION := What is the mechanism of action of anakinra in hemophagocytic lymphohistiocytosis (HLH)?
DEMO := OSLER_HOME="$(CURDIR)/$(DEMO_HOME)" OSLER_OFFLINE=1 $(BIN)/osler

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: $(STAMP) ## make .venv and install Osler in it

$(STAMP): pyproject.toml constraints.txt scripts/setup
	@sh scripts/setup $(VENV)

demo: $(STAMP) ## load the starter library and answer one question
	@$(DEMO) add starter:hlh
	@echo
	@echo '$$ osler ask "$(QUESTION)"'
	@$(DEMO) ask "$(QUESTION)"

test: $(STAMP) ## run the whole suite
	@$(BIN)/python -m pytest $(ARGS)

test-postgresql: $(STAMP) ## run all tests that open a library with every library in PostgreSQL
	@OSLER_DEV_DATABASE=postgresql $(BIN)/python -m pytest $(ARGS)

check: $(STAMP) ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP) ## measure parsing and search against the raw building blocks
	@sh scripts/bench $(BIN)/python

bench-readers: $(STAMP) ## measure two hundred readers before one server, and its memory
	@$(BIN)/python bench/readers.py $(ARGS)

serve: $(STAMP) ## open the web page on http://127.0.0.1:8000, with the starter library
	@[ -f "$(DEMO_HOME)/osler.db" ] || $(DEMO) add starter:hlh
	@$(DEMO) serve

pictures: $(STAMP) ## take the pictures of docs/images anew (needs chromium)
	@$(BIN)/python scripts/take_screenshots.py

clean: ## remove everything that was made here, the demo library included
	rm -rf $(VENV) $(DEMO_HOME) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find src -name '*.egg-info' -type d -prune -exec rm -rf {} +
