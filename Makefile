# The two commands a newcomer needs: `make report` and `make test`. Everything is installed into .venv.
PYTHON ?= python3
BIN = .venv/bin

.PHONY: report test lint docs shown site check-reports lock audit test-minimal dist clean

# In CI (CI=true) exactly what requirements/ci.lock names is installed, each file by its hash; elsewhere what pip finds for
# pyproject.toml, so that a machine that cannot have one of those files still runs the tests. LOCKED=yes or no overrides.
LOCKED ?= $(if $(filter true,$(CI)),yes,no)
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check

.venv/installed: pyproject.toml $(if $(filter yes,$(LOCKED)),requirements/ci.lock)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (set PYTHON=…)"; exit 1; }
	$(PYTHON) -m venv .venv
ifeq ($(LOCKED),yes)
	$(PIP) --require-hashes --requirement requirements/ci.lock || { echo "The lock cannot be installed here (above). LOCKED=no installs what pip finds; make lock makes it anew."; exit 1; }
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch .venv/installed-dev
else
	$(PIP) --editable .
endif
	@touch $@

.venv/installed-dev: .venv/installed
ifneq ($(LOCKED),yes)
	$(PIP) --editable '.[dev]'
endif
	@touch $@

# The main job: the discrepancy report of the project's own sources.
report: .venv/installed
	$(BIN)/consistency report seeds -o reports/seeds.html -o reports/seeds.md -o reports/seeds.json

# All tests, the slow ones and those in a browser included.
test: .venv/installed-dev
	@sh tests/install-debian.sh
	$(BIN)/python -m pytest --numprocesses auto --dist loadscope --no-loadscope-reorder

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/consistency rules lint

# The pages that are made from the program: docs/cli.md, docs/rules.md, docs/settings.md, docs/schemas/, the example of
# README.md, and what `init` and others start from: action.yml, templates/, docs/examples/newsroom/.
docs: .venv/installed
	$(BIN)/python docs/make_cli.py
	$(BIN)/python docs/make_rules.py
	$(BIN)/python docs/make_settings.py
	$(BIN)/python docs/make_readme.py
	$(BIN)/python docs/make_schemas.py
	$(BIN)/python docs/make_starters.py

# What the commands in README.md and docs/ print, written anew below them: all of them are run, which takes minutes.
shown: .venv/installed-dev
	$(BIN)/python docs/make_shown.py

# The documentation as a site, build/site/index.html; nothing is fetched. A dead link or anchor stops it.
site: .venv/installed-dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

# The committed reports must be what the program prints today.
check-reports: report
	git diff --exit-code --stat -- reports
	@test -z "$$(git status --porcelain -- reports)" || { git status --short -- reports; echo "reports/ is not current: run make report and commit"; exit 1; }

# The locks, anew from pyproject.toml, for every Python that is supported. Today's versions are kept where they still fit;
# UPGRADE=--upgrade takes the newest.
lock: .venv/installed-dev
	$(COMPILE) --extra dev -o requirements/ci.lock
	$(COMPILE) --extra arrow --extra postgresql --extra review --constraints requirements/ci.lock -o requirements/runtime.lock

COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(UPGRADE)

# Known vulnerabilities of what is locked. Where nobody can be asked it says so and passes.
audit: .venv/installed-dev
	$(BIN)/python -m release.audit

# The fast tests with the lowest versions that pyproject.toml allows.
test-minimal: .venv/installed-dev
	bash release/minimal.sh

# What is released, in dist/: sdist and wheel (built twice, the same bytes), the bill of materials, the checksums.
dist: .venv/installed-dev
	bash release/build.sh dist

clean:
	rm -rf .venv dist build
