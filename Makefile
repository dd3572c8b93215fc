# Luming (鹿鸣). `make` alone lists what there is.
#
# Needs Python 3.11 or later and make; everything else goes into .venv, pinned with hashes.

.DEFAULT_GOAL := help
SHELL := /bin/sh

PYTHON ?= $(shell command -v python3.11 || command -v python3.13 || command -v python3.12 || command -v python3)
PIP := .venv/bin/python -m pip --quiet --disable-pip-version-check
PACK ?= packs/baotou/2025-1
AS_OF ?= 2025-12-31
OUT ?= out
PORT ?= 8000
NAME ?=
WORKERS ?= 2
STARTED := $(shell date +%s)

help:  ## this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/web  ## set up, load Baotou's real document and registers, serve the portal and print the address
	@LUMING_DEBUG=1 .venv/bin/luming-portal setup
	@LUMING_DEBUG=1 .venv/bin/luming-portal serve --port $(PORT) --since $(STARTED)

report: .venv/base  ## the papers as files instead: lights, sheet, bulletin, letters into $(OUT)/
	@.venv/bin/luming run $(PACK) --as-of $(AS_OF) --out $(OUT)

test: .venv/dev  ## set up and run every test; what this machine lacks is skipped by name (STRICT=1: a skip fails)
	@.venv/bin/pytest -q -n $(WORKERS) --dist worksteal
	@.venv/bin/python tests/portal/with_postgresql.py .venv/bin/pytest -q -n $(WORKERS) --dist worksteal -m both_databases tests/portal

quick: .venv/dev  ## the quick part of the tests, under two minutes
	@.venv/bin/pytest -q -n $(WORKERS) --dist worksteal -m "not slow"

check: .venv/dev  ## format, lint, types, import contract, docs
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@LUMING_HOME=.mypy_cache .venv/bin/mypy
	@LUMING_HOME=.mypy_cache .venv/bin/luming-portal makemigrations --check --dry-run
	@.venv/bin/lint-imports --no-logo 2>/dev/null || .venv/bin/lint-imports
	@.venv/bin/pytest -q tests/meta

bench: .venv/dev  ## measure, one JSON line per figure (NAME=extract for one of benchmarks/)
	@set -e; for file in benchmarks/$(if $(NAME),$(NAME),*).py; do .venv/bin/python $$file; done

docs: .venv/dev  ## make the generated parts of the docs again
	@.venv/bin/luming schema > docs/reference/new && mv docs/reference/new docs/reference/pack.schema.json
	@.venv/bin/python docs/reference/make_cli.py > docs/reference/new && mv docs/reference/new docs/reference/cli.md

messages: .venv/dev  ## collect the texts to translate into the English catalogue (needs gettext), then compile it
	@.venv/bin/python -m luming_portal.messages
	@.venv/bin/python -m luming_portal.translations

format: .venv/dev  ## format the code
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

lock: .venv/dev  ## resolve requirements/*.in into hashed lock files
	@for set in base web dev spark; do .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header requirements/$$set.in --output-file requirements/$$set.txt; done

bundle: .venv/web  ## one archive in dist/ that installs and runs the portal without any network
	@.venv/bin/python bundle/make_bundle.py

clean:  ## remove what was made, keep what was written
	@rm -rf .venv node_modules src/luming_portal/static/vendor $(OUT) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更高版本 / Python 3.11 or later is needed"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "需要 Python 3.11 或更高版本,找到的是 / found only: $$($(PYTHON) --version)"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/base: requirements/base.txt pyproject.toml requirements/hatch_dependencies.py | .venv/bin/python
	@echo "安装运行所需的组件 / installing into .venv ..."
	@$(PIP) install --require-hashes --requirement requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# What the portal needs beyond the command line; `make report` does without it.
.venv/web: requirements/web.txt package-lock.json src/luming_portal/assets.py $(wildcard src/luming_portal/locale/*/LC_MESSAGES/*.po) .venv/base
	@echo "安装门户所需的组件 / installing what the portal needs ..."
	@$(PIP) install --require-hashes --requirement requirements/web.txt
	@.venv/bin/python -m luming_portal.assets
	@.venv/bin/python -m luming_portal.translations
	@touch $@

# Apache Spark, for those who want `luming assess --engine spark`; needs Java 17. 450 MB.
.venv/spark: requirements/spark.txt .venv/base
	@echo "安装 Apache Spark / installing Apache Spark into .venv ..."
	@$(PIP) install --require-hashes --requirement requirements/spark.txt
	@touch $@

.venv/dev: requirements/dev.txt .venv/web
	@echo "安装测试所需的组件 / installing test dependencies into .venv ..."
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@.venv/bin/python -m luming_portal.assets --with-dev
	@touch $@

.PHONY: help run report test quick check bench docs messages format lock bundle clean
