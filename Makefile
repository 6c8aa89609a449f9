# make bilagor  granskar katalogen och framställer varje kommuns bilaga i ut/
# make test     kör alla tester
# make check    kör allt som CI kör, utom testerna
# make fuzz     prövar programmet länge med trasiga, fientliga och avbrutna körningar
# make mutate   ändrar regler, definitioner, ordlistor och bedömningar lite i taget och ser att deras exempel märker det
# make law      prövar reglerna på insatser som ingen regel är skriven för, och visar hur många fel de finner
# make docs     skriver reglernas sidor i docs/regler, utfallens i docs/bedömningar och siffrorna i docs/kvalitet.md
# make site     bygger dokumentationen som webbplats i mappen webbplats, och ser att alla länkar leder någonstans
# make lock     skriver upp de versioner av paketen som provas, i tools/lock.txt; make LÅS= … tar de nyaste
# make bench    mäter hur snabbt programmet är bredvid andra, och skriver docs/hastighet.md

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OMGÅNGER ?= 50
LÅS ?= --constraint tools/lock.txt

.PHONY: bilagor test fuzz check mutate law docs site lock bench fix

bilagor: $(VENV)/.klar
	$(BIN)/insatskoll lint
	$(BIN)/insatskoll render --all --output ut

test: $(VENV)/.klar
	$(BIN)/python -m pytest tests/benchmarks
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder --ignore=tests/benchmarks

fuzz: $(VENV)/.klar
	INSATSKOLL_FUZZ=$(OMGÅNGER) $(BIN)/python -m pytest -n auto --dist load tests/fuzz

check: $(VENV)/.klar
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/insatskoll lint
	$(BIN)/insatskoll rules --format markdown --output docs/regler --check
	$(BIN)/insatskoll verdicts --format markdown --output docs/bedömningar --check
	PYTHONPATH=. $(BIN)/python tools/quality.py --check
	$(BIN)/python tools/site/site_build.py
	$(BIN)/python tools/mutate.py --sample 600

mutate: $(VENV)/.klar
	$(BIN)/python tools/mutate.py
	$(BIN)/python tools/mutate_verdicts.py

law: $(VENV)/.klar
	PYTHONPATH=. $(BIN)/python tools/law.py --each

docs: $(VENV)/.klar
	$(BIN)/insatskoll rules --format markdown --output docs/regler
	$(BIN)/insatskoll verdicts --format markdown --output docs/bedömningar
	PYTHONPATH=. $(BIN)/python tools/quality.py

site: $(VENV)/.klar
	$(BIN)/python tools/site/site_build.py

# A venv of its own, so that nothing stays that is no longer asked for.
lock:
	rm -rf $(VENV)-lås
	$(PYTHON) -m venv $(VENV)-lås
	$(VENV)-lås/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[bilaga,import,lsp,dev]'
	$(VENV)-lås/bin/python -m pip freeze --quiet --exclude-editable > tools/lock.txt
	rm -rf $(VENV)-lås

bench: $(VENV)/.klar
	$(BIN)/python tools/bench --output docs/hastighet.md

fix: $(VENV)/.klar
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(VENV)/.klar: pyproject.toml tools/lock.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "insatskoll behöver Python 3.11 eller senare. Ange en annan: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(LÅS) --editable '.[bilaga,import,dev]'
	@touch $@
