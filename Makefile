# Every target prepares what it needs; a second run finds it done.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
TORCH := $(shell grep '^torch==' requirements.txt)
UV_PIN := $(shell grep '^uv==' components/requirements.txt)
INSTALL := $(UV) pip install --python $(BIN)/python --constraints requirements.lock
TESTS ?=
DISTRIBUTIONS := components policies local

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.PHONY: demo
demo: setup ## deploy to the laptop cloud, upload the samples, ask questions, print cited answers
	$(BIN)/python -m demo

.PHONY: up
up: setup ## judge the stack, then the same, and stay: prints the API address and a token, streams the logs
	$(BIN)/rampart-policies --stack dev --profile strict
	$(BIN)/python -m demo --stay

.PHONY: test
test: setup-dev ## run every test, or those named: make test TESTS=tests/components
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder $(TESTS)

.PHONY: check
check: setup-dev ## format, lint, types, import rules, and the policies on both stacks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/pyright
	$(BIN)/rampart-policies --stack dev --profile strict
	$(BIN)/rampart-policies --stack prod --profile strict

.PHONY: generated
generated: setup-dev ## write again what is generated: schema, golden graphs, pages, request schemas
	$(BIN)/python -m pulumi_rampart.package > components/schema.json
	$(BIN)/python -m tests.systems.golden
	$(BIN)/python -m tests.runtime.request_schemas
	$(BIN)/python -m tests.runtime.orders.event_page
	$(BIN)/rampart-policies --docs > docs/policies.md
	$(BIN)/rampart coverage

.PHONY: quality
quality: setup-dev ## ask Knowledge questions over public documents; writes docs/quality.md
	$(BIN)/python -m bench.quality

.PHONY: lock
lock: setup ## resolve all requirements again after an edit; commit the locks
	echo torch | $(UV) pip compile requirements.txt requirements-dev.txt --quiet --excludes /dev/stdin \
	  --universal --python-version 3.11 --custom-compile-command 'make lock' -o requirements.lock
	$(BIN)/python -m pulumi_rampart.packaging lock runtime --constraints requirements.lock

.PHONY: clean
clean: ## remove the virtual environment and what the laptop cloud keeps between runs
	rm -rf $(VENV) .rampart

.PHONY: setup setup-dev
setup: $(VENV)/.ready ## prepare .venv: 2.5 GB, about two minutes
setup-dev: $(VENV)/.ready-dev

# Debian's Python comes without ensurepip, which venv needs; with pip alone, uv makes the environment.
$(VENV)/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Rampart needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another: make PYTHON=/path/to/python3.11")'
	@echo "Preparing $(VENV): about 2.5 GB, mostly PyTorch, and about two minutes with a fast network."
	@if $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
	  $(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install --quiet --disable-pip-version-check $(UV_PIN); \
	elif $(PYTHON) -m pip --version >/dev/null 2>&1; then \
	  $(PYTHON) -m pip install --quiet --upgrade --target .rampart/uv $(UV_PIN) \
	  && .rampart/uv/bin/uv venv --quiet --seed --clear --python $(PYTHON) $(VENV) \
	  && .rampart/uv/bin/uv pip install --quiet --python $(BIN)/python $(UV_PIN); \
	else \
	  echo "This Python can make no virtual environment: it has neither ensurepip nor pip."; \
	  echo "On Debian and Ubuntu: sudo apt install python3-venv, then the same make again."; \
	  exit 1; \
	fi
	@touch $@

# PyPI's PyTorch carries 6 GB of CUDA; uv knows the index of the CPU builds. Where that index is out
# of reach, take the build that this machine's pip is configured to find.
$(VENV)/.torch: requirements.txt requirements.lock | $(VENV)/.uv
	@UV_HTTP_RETRIES=0 $(INSTALL) --torch-backend=cpu $(TORCH) \
	  || { echo "The index of PyTorch's CPU builds cannot be reached; asking pip for $(TORCH)."; \
	       $(BIN)/python -m pip install --disable-pip-version-check $(TORCH); }
	@touch $@

# Byte-compiled at once: without, the first import of pulumi_aws takes 5 s.
$(VENV)/.ready: $(VENV)/.torch $(DISTRIBUTIONS:%=%/pyproject.toml) $(DISTRIBUTIONS:%=%/requirements.txt)
	$(INSTALL) --compile-bytecode --requirements requirements.txt
	$(INSTALL) --no-deps $(DISTRIBUTIONS:%=--editable ./%)
	@touch $@

$(VENV)/.ready-dev: requirements-dev.txt $(VENV)/.ready
	$(INSTALL) --compile-bytecode --requirements requirements-dev.txt
	@touch $@
