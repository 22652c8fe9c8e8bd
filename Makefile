# Regiebord. `make` alone lists what can be done.

PYTHON ?=
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --require-hashes --only-binary :all: --disable-pip-version-check -q
LOCK := $(VENV)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
ARGS ?=
UREN ?= 1

ifeq ($(filter oneshell,$(.FEATURES)),)
$(error This Makefile needs GNU Make 4; on macOS: brew install make, then use gmake)
endif

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help install run test browser verapdf check lint format types docs docs-check bench soak pictures example lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

install: $(VENV)/.runtime ## Make .venv and install what the program needs

run: $(VENV)/.runtime ## Start ingestion and the dashboard; Ctrl-C stops both [HOST= PORT= REGIEBORD_CONFIG=]
	@export PYTHONUNBUFFERED=1
	stopping=
	trap 'stopping=y' INT TERM HUP QUIT
	set +e -m # each in its own process group, so that its workers can be stopped with it
	$(PY) -m ingest serve </dev/null & ingest=$$!
	$(PY) -m dashboard </dev/null & dashboard=$$!
	set +m
	alive() { kill -0 "$$@" 2>/dev/null; }
	# make passes on only SIGTERM: with another it blocks the signal and waits for us
	make_stops() {
		while read -r field value _; do
			[[ $$field$$value == State:Z ]] && return 0
			[[ $$field == SigBlk: ]] && return $$(( (16#$$value & 0x4007) == 0 ))
		done 2>/dev/null </proc/$$PPID/status
		! alive $$PPID
	}
	stops=0 # it also blocks them for a moment while it starts us, so one look is not enough
	while [[ ! $$stopping ]] && (( stops < 2 )) && alive $$ingest && alive $$dashboard; do
		sleep 0.5
		if make_stops; then (( ++stops )); else stops=0; fi
	done
	status=0
	if [[ ! $$stopping ]] && (( ! stops )); then
		if alive $$ingest; then name=dashboard; wait $$dashboard; else name=ingest; wait $$ingest; fi
		status=$$?
		echo "regiebord: $$name ended by itself (exit status $$status); stopping the rest" >&2
		(( status )) || status=1
	fi
	kill -TERM -- -$$ingest 2>/dev/null
	kill -TERM -- -$$dashboard 2>/dev/null
	for (( tick = 0; tick < 100; tick++ )); do
		alive -- -$$ingest || alive -- -$$dashboard || break
		sleep 0.1
	done
	kill -KILL -- -$$ingest 2>/dev/null
	kill -KILL -- -$$dashboard 2>/dev/null
	exit $$status

test: $(VENV)/.test browser verapdf ## Run all tests, with a browser and PostgreSQL [ARGS="-k wand"]
	@export CHROMIUM=$$(command -v chromium || command -v google-chrome || true)
	LC_ALL=C.UTF-8 $(PY) -m pytest $(ARGS)

browser: $(VENV)/.test
	@if command -v chromium google-chrome >/dev/null; then exit; fi
	if [[ $$(id -u) == 0 && -e /etc/debian_version ]] && ! grep -qs '^ID=ubuntu' /etc/os-release; then
		echo "Installing Chromium for the tests ..."
		apt-get update -qq
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
	elif [[ $$(id -u) == 0 ]]; then
		$(PY) -m playwright install --with-deps chromium
	else
		$(PY) -m playwright install chromium
	fi

verapdf: # what checks the PDFs needs Java with its compiler, and JAXB
	@jaxb=/usr/share/java/jaxb-runtime.jar
	if command -v javac >/dev/null && [[ -e $$jaxb ]]; then exit; fi
	packages="default-jdk-headless libjaxb-java"
	if [[ $$(id -u) == 0 ]] && command -v apt-get >/dev/null; then
		echo "Installing Java and JAXB for the tests ..."
		apt-get update -qq
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$packages >/dev/null
	else
		echo "The test of the PDFs will fail without Java and JAXB; run: sudo apt-get install $$packages" >&2
	fi

check: lint types docs-check test ## Everything a change must pass: lint, types, docs, tests

lint: $(VENV)/.test ## Check style and formatting
	@$(PY) -m ruff check .
	$(PY) -m ruff format --check .

format: $(VENV)/.test ## Repair style and formatting where that is safe
	@$(PY) -m ruff check --fix-only .
	$(PY) -m ruff format .

types: $(VENV)/.test ## Check types
	@$(PY) -m mypy

docs: $(VENV)/.runtime ## Write the generated pages of docs/ again
	@$(PY) -m dashboard docs
	$(PY) -m ingest docs

docs-check: $(VENV)/.runtime
	@$(PY) -m dashboard docs --check
	$(PY) -m ingest docs --check

bench: $(VENV)/.test ## Measure ingestion, queries and the live wall [ARGS=]
	@$(PY) -m tests.bench $(ARGS)

soak: $(VENV)/.test ## Keep a wall busy for hours; print the slope of its memory [UREN=1]
	@$(PY) -m tests.bench.soak --uren $(UREN)

pictures: $(VENV)/.test browser ## Make the pictures in docs/img/ again [ARGS=]
	@$(PY) -m tests.pictures $(ARGS)

example: $(VENV)/.test ## Make the example report in docs/voorbeeld/ again
	@$(PY) -m tests.report_example

lock: $(VENV)/.test ## Resolve requirements.in and tests/requirements.in again
	@$(LOCK) $(ARGS) requirements.in -o requirements.txt
	$(LOCK) $(ARGS) tests/requirements.in -o tests/requirements.txt

clean: ## Remove .venv and caches; data/var, with the database, stays
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.runtime: requirements.txt | $(PY)
	@echo "Installing what Regiebord needs ($<); the first time this takes a minute ..."
	$(PIP) -r $<
	touch $@

$(VENV)/.test: tests/requirements.txt $(VENV)/.runtime
	@echo "Installing what the tests need ($<); the first time this takes a few minutes ..."
	$(PIP) -r $<
	touch $@

$(PY):
	@fits() { "$$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; }
	find_python() {
		for python in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11); do
			if fits $$python; then return; fi
		done
		return 1
	}
	apt() {
		[[ $$(id -u) == 0 ]] && command -v apt-get >/dev/null || return
		echo "Installing $$1 ..."
		apt-get update -qq
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$1 >/dev/null
	}
	find_python || { [[ ! "$(PYTHON)" ]] && apt python3-venv && find_python; } || {
		echo "Regiebord needs Python 3.11, 3.12, 3.13 or 3.14; $(or $(PYTHON),python3) is $$($(or $(PYTHON),python3) --version 2>&1 | tail -1)." >&2
		echo "Install one of these, or name it: make install PYTHON=/path/to/python3.12" >&2
		exit 1
	}
	has_venv() { $$python -c 'import venv, ensurepip' 2>/dev/null; }
	package=$$($$python -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
	echo "Making $(VENV) with $$($$python --version) ..."
	if has_venv || { apt $$package && has_venv; }; then
		$$python -m venv --clear $(VENV)
	elif command -v uv >/dev/null; then
		uv venv -q --seed --clear --python "$$(command -v $$python)" $(VENV)
	elif command -v virtualenv >/dev/null; then
		virtualenv -q --clear --python "$$(command -v $$python)" $(VENV)
	else
		echo "$$python cannot make a virtual environment yet; run: sudo apt-get install $$package" >&2
		exit 1
	fi
