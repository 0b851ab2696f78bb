# make demo: play a village's year in the browser. The rest is for those who work on the code.
PORT ?= 8080
BIN = .venv/bin
RUN = .venv/installed
DEV = .venv/installed-dev
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate

.PHONY: help demo setup test check format bench messages lock clean

help:
	@echo "make demo [PORT=8123]   the whole story on this computer, in the browser"
	@echo "make test [ARGS=...]    all tests; ARGS go to pytest"
	@echo "make check              format, lint, types"
	@echo "make setup              the .venv only"
	@echo "make bench              the speed of a turn, beside python-telegram-bot and aiogram"
	@echo "make messages           collect the sentences of the code into the catalogues"
	@echo "make lock               renew the locked versions (needs uv)"

demo: $(RUN)
	$(BIN)/mrgvali demo --port $(PORT)

setup: $(DEV)

test: $(DEV)
	@tests/prepare
	TMPDIR=$$(tests/scratch) $(BIN)/python -m pytest --numprocesses 3 --dist worksteal $(ARGS)

check: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(DEV)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(DEV)
	$(BIN)/mrgvali bench turn --users 2000 --peers

messages: $(DEV)
	$(BIN)/python -m locales.messages

lock:
	$(LOCK) $(UPGRADE) requirements.in -o requirements.txt
	$(LOCK) $(UPGRADE) requirements-dev.in -o requirements-dev.txt

clean:
	rm -rf .venv build *.egg-info .mypy_cache .pytest_cache .ruff_cache

$(BIN)/python:
	@.ci/make-venv

$(RUN): $(BIN)/python requirements.txt pyproject.toml
	@echo "Installing into .venv: once, a minute or so ..."
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): $(RUN) requirements-dev.txt
	@echo "Installing what tests and checks need ..."
	@$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@
