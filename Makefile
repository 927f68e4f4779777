# The two commands a newcomer needs: `make report` and `make test`. Everything is installed into .venv.
PYTHON ?= python3
BIN = .venv/bin

.PHONY: report test lint docs shown site check-reports clean

.venv/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (set PYTHON=…)"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

# The main job: the discrepancy report of the project's own sources.
report: .venv/installed
	$(BIN)/consistency report seeds -o reports/seeds.html -o reports/seeds.md -o reports/seeds.json

# All tests, the slow ones and those in a browser included.
test: .venv/installed-dev
	@sh tests/install-debian.sh
	$(BIN)/python -m pytest --numprocesses auto --dist loadscope

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

clean:
	rm -rf .venv dist build
