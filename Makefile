# Everything a newcomer needs: `make demo`, `make test`, `make run`. `make help` lists the rest.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	if command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo $$p; break; fi; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
TORCH := 2.13.0
LOCK := $(if $(wildcard requirements.lock),-c requirements.lock,)
PORT ?= 8088

# One process a core, each with one thread of torch; a file's tests share what they have read.
PYTEST = OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo run once check test lint bench torture clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/.installed ## Create the environment with everything the bot needs
setup-dev: $(VENV)/.installed-dev

# The CPU build of torch, in three tries: a build found locally, PyTorch's CPU index, and the
# plain package (macOS, ARM), which on x86 Linux would bring gigabytes of GPU packages.
$(VENV)/.installed: requirements.txt requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; install it, or name it: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "[1/3] creating the environment in $(VENV) with $(PYTHON)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "[2/3] installing torch $(TORCH) (CPU build, about 200 MB)"
	@$(PIP) install -q "torch==$(TORCH)+cpu" $(LOCK) 2>/dev/null \
	 || $(PIP) install -q "torch==$(TORCH)+cpu" --no-deps --index-url https://download.pytorch.org/whl/cpu 2>/dev/null \
	 || $(PIP) install "torch==$(TORCH)" $(LOCK)
	@echo "[3/3] installing the other requirements"
	@$(PIP) install -q -r requirements.txt $(LOCK)
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	@echo "[dev] installing what the tests need"
	@$(PIP) install -q -r requirements-dev.txt $(LOCK)
	@touch $@

demo: setup ## Show the bot at work on sample coverage; no token, no account
	@$(BIN)/python -m bot demo --port $(PORT)

run: setup ## Run with config.yaml against Telegram (needs TELEGRAM_BOT_TOKEN)
	@$(BIN)/python -m bot run --config config.yaml

once: setup ## One cycle over the feeds of config.yaml, printed instead of posted
	@$(BIN)/python -m bot once --dry-run --config config.yaml

check: setup ## Check config.yaml and the conflict packs
	@$(BIN)/python -m bot check --config config.yaml

test: setup-dev ## Lint, type-check and run all tests
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(PYTEST)

lint: setup-dev ## Lint and type-check only
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: setup-dev ## Ratios of speed and peak memory, all in one run
	@$(BIN)/python -m benchmarks

torture: setup-dev ## Kill the bot 1,200 times in the middle of its work and compare the channels
	@$(BIN)/python -m tests.torture

clean: ## Remove the environment and caches (databases stay)
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
