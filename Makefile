# Everything a newcomer types. Needs Python 3.11 or later (with venv) and make, nothing else.

PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
ANTHOLOGY ?=
PYTEST ?= -n auto --dist loadgroup

bin := $(VENV)/bin
pip_install := $(bin)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r
catalogues := $(patsubst %.po,%.mo,$(wildcard tracker/locale/*/LC_MESSAGES/django.po))
# Complete production settings that lead nowhere, to check that they are sound.
production_example = SPOOR_SECRET_KEY=$$($(bin)/python -c 'import secrets; print(secrets.token_hex(40))') \
    SPOOR_ALLOWED_HOSTS=spoor.example.org SPOOR_BASE_URL=https://spoor.example.org \
    SPOOR_DATABASE_URL=postgres://spoor:none@localhost:5432/spoor \
    SPOOR_REDIS_URL=redis://localhost:6379/0 SPOOR_SMTP_URL=smtp://localhost:25 \
    SPOOR_MAIL_FROM=spoor@example.org

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup start test lint format bench screenshots requirements clean

help: ## Show this list
	@echo "Spoor: from quote to result. Commands:"
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 22
	@echo
	@echo "make start also takes: HOST=127.0.0.1 PORT=8000 SPOOR_DATA_DIR=var ANTHOLOGY=\"file file …\""

setup: $(VENV)/base.stamp node_modules/.stamp $(catalogues) ## Prepare .venv, front-end parts and languages

start: setup ## Run the whole of Spoor on this machine, with an example; Ctrl-C stops it
	@exec $(bin)/python manage.py serve --host "$(HOST)" --port "$(PORT)" $(if $(strip $(ANTHOLOGY)),--anthology $(ANTHOLOGY))

test: setup $(VENV)/test.stamp ## Run the tests (on PostgreSQL too when SPOOR_TEST_POSTGRES_URL is set)
	$(bin)/python -m pytest $(PYTEST)
	$(if $(SPOOR_TEST_POSTGRES_URL),SPOOR_DATABASE_URL="$$SPOOR_TEST_POSTGRES_URL" $(bin)/python -m pytest $(PYTEST))

lint: setup $(VENV)/dev.stamp ## Check style, types, templates, settings and migrations
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/djlint --quiet --lint templates tracker actions quotes
	$(bin)/mypy
	$(bin)/python manage.py check --settings tracker.settings.test
	$(bin)/python manage.py makemigrations --check --dry-run --settings tracker.settings.test
	env $(production_example) $(bin)/python manage.py check --deploy --fail-level WARNING \
	    --settings tracker.settings.production

format: $(VENV)/dev.stamp ## Put the code in the house style
	$(bin)/ruff check --fix-only .
	$(bin)/ruff format .

bench: setup $(VENV)/test.stamp ## Measure speed against the bars (tests/benchmarks)
	$(bin)/python -m pytest -n 0 -m benchmark tests/benchmarks

screenshots: setup $(VENV)/test.stamp ## Make the pictures of the README anew (needs Chromium)
	$(bin)/python -m tests.e2e.screenshots

requirements: $(VENV)/dev.stamp ## Resolve requirements/*.in anew into pinned, hashed *.txt
	for name in base test dev; do \
	    $(bin)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
	        --upgrade requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done

clean: ## Remove what setup made (never the data folder)
	rm -rf $(VENV) node_modules $(catalogues)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Spoor needs Python 3.11 or later; $(PYTHON) is older. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "Preparing $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/%.stamp: requirements/%.txt | $(VENV)/bin/python
	@echo "Installing $< …"
	@$(pip_install) $<
	@touch $@

node_modules/.stamp: package.json package-lock.json | $(VENV)/base.stamp
	@echo "Installing the front-end parts …"
	@PATH="$(abspath $(bin)):$$PATH" $(bin)/npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error$(if $(HOME),, --cache $(abspath $(VENV))/npm)
	@touch $@

%.mo: %.po | $(VENV)/base.stamp
	@$(bin)/pybabel --quiet compile --input-file $< --output-file $@
