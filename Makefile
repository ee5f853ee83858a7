# rcmail: `make` lists what there is to do.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --require-hashes --only-binary :all: --requirement

.DEFAULT_GOAL := help
.PHONY: help run test test-api test-browser test-faults test-deploy deploy lint bench soak wheel lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.run ## set everything up and serve http://127.0.0.1:8000/ (HTTP_PORT=8123 make run: another port)
	@exec $(BIN)/rcmail dev

test: $(VENV)/.test ## run the tests against a real PostgreSQL
	$(BIN)/python -m pytest $(ARGS)

test-api: $(VENV)/.test-api ## run schemathesis against the service and docs/openapi.yaml
	$(BIN)/python -m pytest -m api $(ARGS)

test-browser: $(VENV)/.test ## run the tests in a real Chromium (needs /usr/bin/chromium)
	$(BIN)/python -m pytest -m browser $(ARGS)

test-faults: $(VENV)/.test ## do real faults to the real service: kills, hangs, full disks (all of them as root)
	$(BIN)/python -m pytest -m faults $(ARGS)

test-deploy: $(VENV)/.test-deploy ## run the playbook against a booted Debian 13 (as root; DEPLOY_SUITE=bookworm: Debian 12)
	$(BIN)/ansible-lint --offline deploy/ansible
	$(BIN)/python -m pytest -m deploy $(ARGS)

deploy: $(VENV)/.deploy ## install or upgrade the hosts in deploy/ansible/inventory/ (ARGS="--check --diff -K": look first)
	@ls deploy/ansible/inventory | grep -qv '^example\.yml$$' || { echo "Which Pi? cp deploy/ansible/inventory/example.yml deploy/ansible/inventory/hosts.yml, and put its name and your user into it"; exit 1; }
	cd deploy/ansible && $(CURDIR)/$(BIN)/ansible-playbook -i inventory $(ARGS) site.yml

lint: $(VENV)/.test ## check style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/.test ## measure speed and memory beside a bare aiohttp application, 3 min (ARGS=--quick: half a minute; needs wrk)
	@$(BIN)/python -m bench $(ARGS)

soak: $(VENV)/.test ## ten minutes of mixed use with faults mixed in (ARGS=60: so many seconds)
	@$(BIN)/python -m bench.soak $(ARGS)

wheel: $(VENV)/.test ## build the wheel into dist/
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .

lock: ## resolve the dependencies anew and write requirements/*.lock (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --upgrade --extra test pyproject.toml --output-file requirements/test.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --constraints requirements/test.lock --extra dev pyproject.toml --output-file requirements/dev.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --constraints requirements/test.lock pyproject.toml --output-file requirements/runtime.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --constraints requirements/test.lock --extra test-api pyproject.toml --output-file requirements/test-api.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --constraints requirements/test.lock --extra deploy pyproject.toml --output-file requirements/deploy.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --constraints requirements/test.lock --extra test-deploy pyproject.toml --output-file requirements/test-deploy.lock

clean: ## remove what make made; the development database in .rcmail/ stays
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis screenshots

# A half-made venv is made anew: the marker is written last.
$(VENV)/.made:
	rm -rf $(VENV)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "rcmail needs Python 3.11 or newer; name one with PYTHON=…")'
	@$(PYTHON) -m venv $(VENV) || { echo "python3 cannot make a venv: on Debian and Raspberry Pi OS, apt install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements/dev.lock pyproject.toml
	@echo "Installing what rcmail needs into $(VENV) …"
	@$(INSTALL) requirements/dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements/test.lock
	@echo "Installing what the tests need into $(VENV) …"
	@$(INSTALL) requirements/test.lock
	@touch $@

$(VENV)/.test-api: $(VENV)/.test requirements/test-api.lock
	@echo "Installing what the tests of the JSON surface need into $(VENV) …"
	@$(INSTALL) requirements/test-api.lock
	@touch $@

$(VENV)/.deploy: $(VENV)/.made requirements/deploy.lock
	@echo "Installing Ansible into $(VENV) …"
	@$(INSTALL) requirements/deploy.lock
	@touch $@

$(VENV)/.test-deploy: $(VENV)/.test requirements/test-deploy.lock
	@echo "Installing Ansible and what its tests need into $(VENV) …"
	@$(INSTALL) requirements/test-deploy.lock
	@touch $@
