# Every target prepares what it needs; a second run finds it done.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TORCH := $(shell grep '^torch==' requirements.txt)

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.PHONY: demo
demo: setup ## deploy to the laptop cloud, upload the samples, ask questions, print cited answers
	$(BIN)/python -m demo

.PHONY: up
up: setup ## the same, and stay: prints the API address and a token, streams the logs
	$(BIN)/python -m demo --stay

.PHONY: test
test: setup-dev ## run every test
	$(BIN)/python -m pytest

.PHONY: check
check: setup-dev ## format, lint, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/pyright

.PHONY: setup setup-dev
setup: $(VENV)/.ready ## prepare .venv (about 2.5 GB, two minutes with a fast network)
setup-dev: $(VENV)/.ready-dev

$(VENV)/bin/uv:
	@echo "Preparing $(VENV): about 2.5 GB, mostly PyTorch; two minutes with a fast network."
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Rampart needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Pass PYTHON=/path/to/python3.11 to make.")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check $(shell grep '^uv==' requirements.txt)

# The CPU build of PyTorch where uv reaches its index; else whatever pip is configured to find.
$(VENV)/.torch: requirements.txt | $(VENV)/bin/uv
	UV_HTTP_RETRIES=0 $(BIN)/uv pip install --quiet --python $(BIN)/python --torch-backend=cpu $(TORCH) 2>/dev/null \
	  || $(BIN)/pip install --disable-pip-version-check $(TORCH)
	@touch $@

# Byte-compiled at once: the first import of pulumi_aws takes seconds without.
$(VENV)/.ready: requirements.txt $(VENV)/.torch
	$(BIN)/uv pip install --python $(BIN)/python --compile-bytecode -r requirements.txt
	@touch $@

$(VENV)/.ready-dev: requirements-dev.txt $(VENV)/.ready
	$(BIN)/uv pip install --python $(BIN)/python -r requirements-dev.txt
	@touch $@
