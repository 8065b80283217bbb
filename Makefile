# canvass: build, run, test, install. `make help` lists what there is.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# One shell per recipe, so that `if` and `for` stand over several lines.
.ONESHELL:
MAKEFLAGS += --no-print-directory

# Where tests find real surveys and reference values; tests that need them are skipped where the folder is missing.
export REFERENCE_DATA ?= ../shared

# An import of a sibling target that Package.swift does not allow is an error: that keeps raw tallies from the writers.
SWIFT_FLAGS = --explicit-target-dependency-import-check error
# The Swift runtime goes into the release binary, so that it runs where there is no toolchain, and starts faster.
RELEASE_FLAGS = -c release --static-swift-stdlib $(SWIFT_FLAGS)
CANVASS = .build/release/canvass

# C libraries as header:package. One counts as there if the compiler finds its header, or dpkg knows the package.
LIBRARIES = csv.h:libcsv-dev zlib.h:zlib1g-dev glpk.h:libglpk-dev expat.h:libexpat1-dev zip.h:libzip-dev Rmath.h:r-mathlib readstat.h:libreadstat-dev nettle/sha2.h:nettle-dev
CLANG = clang

PREFIX ?= /usr/local
DESTDIR ?=
bindir = $(DESTDIR)$(PREFIX)/bin
datadir = $(DESTDIR)$(PREFIX)/share
man1dir = $(datadir)/man/man1
bashdir = $(datadir)/bash-completion/completions
zshdir = $(datadir)/zsh/site-functions
fishdir = $(datadir)/fish/vendor_completions.d

.PHONY: help picture setup setup-spreadsheets setup-pages setup-renderer setup-pdf pdf-renderer toolchain build run test test-big test-spreadsheets test-pages test-pdf test-all soak fuzz bench bench-packages lint lint-scripts setup-scripts format man docs sbom test-sbom test-fuzz mutate gate setup-gate setup-python install uninstall clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

toolchain:
	@if ! command -v swift >/dev/null; then
	  echo "canvass needs a Swift 6.3 toolchain: there is no command 'swift'. See https://www.swift.org/install" >&2
	  exit 1
	fi
	version=$$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
	if [ "$$(printf '%s\n' 6.3 "$${version:-0}" | sort -V | head -n 1)" != 6.3 ]; then
	  echo "canvass needs a Swift 6.3 toolchain: this one is $${version:-of an unknown version}. See https://www.swift.org/install" >&2
	  exit 1
	fi

setup: toolchain ## Install the system packages that are missing, or name them
	@missing=()
	for library in $(LIBRARIES); do
	  if echo "#include <$${library%%:*}>" | $(CLANG) -fsyntax-only -x c - 2>/dev/null; then continue; fi
	  if dpkg -s "$${library##*:}" >/dev/null 2>&1; then continue; fi
	  missing+=("$${library##*:}")
	done
	$(install_missing)

# The end of a recipe that has put the names of packages into `missing`: installs them, or names them.
define install_missing
	if [ "$${#missing[@]}" -eq 0 ]; then exit 0; fi
	if [ "$$(id -u)" -eq 0 ]; then
	  as_root=()
	elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
	  as_root=(sudo)
	else
	  as_root=(false)
	fi
	if [ "$${as_root[*]}" = false ] || ! command -v apt-get >/dev/null; then
	  echo "These packages are missing, and installing them needs root and apt: $${missing[*]}" >&2
	  echo "On Debian or Ubuntu: sudo apt-get install $${missing[*]}" >&2
	  exit 1
	fi
	echo "Installing $${missing[*]}" >&2
	install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$${missing[@]}")
	# A fresh machine has no package lists yet; one that has them need not fetch them again.
	"$${as_root[@]}" "$${install[@]}" >/dev/null 2>&1 || {
	  "$${as_root[@]}" apt-get update >&2
	  "$${as_root[@]}" "$${install[@]}" >&2
	}
endef

# What makes briefing.pdf, pinned: a typesetter in a virtual environment of its own, and the fonts it embeds. canvass finds it
# by the variable CANVASS_TYPST, or as canvass-typst on PATH.
RENDERER = .build/pdf
RENDERER_COMMAND = $(CURDIR)/$(RENDERER)/bin/canvass-typst
RENDERER_SOURCES = Sources/Briefing/Renderer

setup-renderer:
	@missing=()
	python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
	[ -r /usr/share/fonts/truetype/noto/NotoSans-Regular.ttf ] || missing+=(fonts-noto-core)
	[ -r /usr/share/fonts/opentype/unifont/unifont.otf ] || missing+=(fonts-unifont)
	$(install_missing)

pdf-renderer: setup-renderer ## Install what makes briefing.pdf into .build/pdf
	@python3 -m venv $(RENDERER)
	$(RENDERER)/bin/python3 -m pip install --quiet --disable-pip-version-check -r $(RENDERER_SOURCES)/requirements.txt
	mkdir -p $(RENDERER)/fonts
	while read -r font; do install -m 644 "/usr/share/fonts/$$font" $(RENDERER)/fonts/; done <$(RENDERER_SOURCES)/fonts.txt
	install -m 644 $(RENDERER_SOURCES)/canvass-typst.py $(RENDERER)/bin/
	install -m 755 $(RENDERER_SOURCES)/canvass-typst $(RENDERER)/bin/

build: setup ## Build the release binary, .build/release/canvass
	swift build $(RELEASE_FLAGS) --product canvass

run: build ## Run the bundled survey; the results go to Output/
	@# Without the typesetter a run says that it leaves briefing.pdf out.
	$(MAKE) pdf-renderer || true
	if [ -z "$${CANVASS_TYPST:-}" ] && [ -x "$(RENDERER_COMMAND)" ]; then export CANVASS_TYPST="$(RENDERER_COMMAND)"; fi
	$(CANVASS) run Surveys/staff

test: setup ## Run every test that needs the core packages alone
	CANVASS_TYPST= swift test $(SWIFT_FLAGS) --disable-xctest

# The chart that README shows, from the bundled release. A test holds it to what canvass makes.
PICTURE = Sources/Canvass/Documentation.docc/Resources/ict.svg

picture: build ## Draw the chart that README shows
	@work=$$(mktemp -d)
	trap 'rm -rf "$$work"' EXIT
	$(CANVASS) run Surveys/staff --pack force --format svg --output "$$work" --quiet
	cp "$$work"/staff/*/force/chart-b-ict.svg $(PICTURE)

# Tests that need a big package (a browser, an office suite) come here, each with a setup of its own.
test-big: test-spreadsheets test-pages test-pdf test-sbom test-fuzz

test-all: test test-big ## Run every test, also those that need big packages

setup-spreadsheets:
	@missing=()
	command -v soffice >/dev/null || missing+=(libreoffice-calc-nogui)
	python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
	$(install_missing)

# What reads workbooks and CSVW metadata, pinned, in a virtual environment of its own.
SPREADSHEETS_PYTHON = .build/spreadsheets/bin/python3

test-spreadsheets: build setup-spreadsheets ## Read workbooks and metadata back with LibreOffice, openpyxl and csvw
	@python3 -m venv .build/spreadsheets
	$(SPREADSHEETS_PYTHON) -m pip install --quiet --disable-pip-version-check -r Tests/Spreadsheets/requirements.txt
	work=$$(mktemp -d)
	trap 'rm -rf "$$work"' EXIT
	# A survey with a wave before.
	cp -r Tests/Cases/good-survey/tiny "$$work/again"
	$(CANVASS) simulate "$$work/again" --responses 400 --seed 3 --output "$$work/again/2027" 2>/dev/null
	for survey in Surveys/staff Tests/Cases/labels-that-try-the-formats/tiny Tests/Cases/coded-open-text/tiny "$$work/again"; do
	  $(CANVASS) run "$$survey" --output "$$work/$$(basename "$$(dirname "$$survey")")" --quiet \
	    --format csv --format xlsx --format ods --format pairs
	done
	$(SPREADSHEETS_PYTHON) Tests/Spreadsheets/check.py "$$work"/*/*/*/

# What only the tests of pages need: a browser from apt, and axe-core with a client of the browser's protocol, pinned, in a
# virtual environment of their own.
PAGES_PYTHON = .build/pages/bin/python3

setup-pages:
	@missing=()
	command -v chromium >/dev/null || missing+=(chromium)
	python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
	$(install_missing)

# The pages of larger packs are made of the same parts, and take minutes each: `make test-pages PACKS=` opens all.
PACKS ?= superintendents

test-pages: build setup-pages ## Open briefings in a browser (PACKS="force unison")
	@python3 -m venv .build/pages
	$(PAGES_PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps -r Tests/Browser/requirements.txt
	work=$$(mktemp -d)
	trap 'rm -rf "$$work"' EXIT
	$(CANVASS) run Surveys/staff $(addprefix --pack ,$(PACKS)) --output "$$work" --quiet
	$(CANVASS) run Tests/Cases/labels-that-try-the-formats/tiny --output "$$work" --quiet
	$(PAGES_PYTHON) Tests/Browser/check_pages.py "$$work"

# What reads PDFs back, beside pdftotext: the renderer's own pikepdf.
setup-pdf: pdf-renderer
	@missing=()
	command -v pdftotext >/dev/null || missing+=(poppler-utils)
	command -v qpdf >/dev/null || missing+=(qpdf)
	$(install_missing)

test-pdf: build setup-pdf ## Make briefing.pdf of bundled and hostile surveys and read it back with pikepdf, qpdf and pdftotext
	@work=$$(mktemp -d)
	trap 'rm -rf "$$work"' EXIT
	for survey in Surveys/staff Tests/Cases/labels-that-try-the-formats/tiny; do
	  CANVASS_TYPST="$(RENDERER_COMMAND)" $(CANVASS) run "$$survey" --output "$$work/one" --quiet
	  CANVASS_TYPST="$(RENDERER_COMMAND)" TZ=Pacific/Kiritimati LC_ALL=tr_TR.UTF-8 \
	    $(CANVASS) run "$$survey" --output "$$work/two" --quiet
	done
	$(RENDERER)/bin/python3 Tests/Paper/check.py "$$work/one" "$$work/two"

# The first seed and how many surveys. A failure prints its seed: `make soak SEED=1234 SURVEYS=1` tries it again.
SEED ?= 1
SURVEYS ?= 4000

soak: setup ## Attack the releases of thousands of made-up surveys (SEED=1 SURVEYS=4000), then fuzz for ten minutes a reader
	CANVASS_SOAK=$(SURVEYS) CANVASS_SOAK_FROM=$(SEED) swift test -c release -Xswiftc -enable-testing \
	  --scratch-path .build/soak $(SWIFT_FLAGS) --disable-xctest --filter RandomSurveyTests
	$(MAKE) fuzz SECONDS_EACH=600

# Readers of what others may have made, under libFuzzer and AddressSanitizer, in a build of its own. An input that stops a reader,
# takes ten seconds or two GiB is kept in .build/fuzz/found, and is tried again first thing:
# `make fuzz READERS=definition SECONDS_EACH=60`.
READERS ?= definition responses codings projects exports pictures release
SECONDS_EACH ?= 4
# A debug build is made sooner, and tries fewer inputs.
FUZZ_BUILD ?= release
FUZZ = .build/fuzz/$(FUZZ_BUILD)/CanvassFuzz
FUZZ_SURVEYS = good-survey coded-open-text scores-of-a-scale labels-that-try-the-formats

fuzz: build ## Give made-up files to what reads files (READERS="definition release" SECONDS_EACH=4)
	@# SwiftPM moves `main` aside for the fuzzer, and the compiler takes the last of its sanitizers alone: so both are named once more.
	CANVASS_FUZZ=1 swift build -c $(FUZZ_BUILD) --product CanvassFuzz --scratch-path .build/fuzz $(SWIFT_FLAGS) \
	  --sanitize fuzzer -Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=fuzzer-no-link,address >.build/fuzz.log 2>&1 || {
	    cat .build/fuzz.log >&2
	    exit 1
	  }
	mkdir -p .build/fuzz/found
	work=$$(mktemp -d)
	trap 'rm -rf "$$work"' EXIT
	for survey in $(FUZZ_SURVEYS); do
	  $(CANVASS) run "Tests/Cases/$$survey/tiny" --pack all --format csv --output "$$work/$$survey" --quiet
	  for wave in "$$work/$$survey"/*/*/; do mkdir -p "$$work/releases"; mv "$$wave" "$$work/releases/$$survey-$$(basename "$$wave")"; done
	done
	python3 Sources/CanvassFuzz/Seeds/seeds.py . "$$work/releases" "$$work/corpus"
	# Swift's own way to tell of a crash would wait for somebody to answer it.
	export SWIFT_BACKTRACE=enable=no
	status=0
	for reader in $(READERS); do
	  mkdir -p ".build/fuzz/corpus/$$reader"
	  known=$$(find .build/fuzz/found -name "$$reader-*")
	  export CANVASS_FUZZ_TARGET=$$reader
	  { [ -z "$$known" ] || $(FUZZ) -timeout=10 -rss_limit_mb=2048 $$known; } >"$$work/log" 2>&1 &&
	    $(FUZZ) -max_total_time=$(SECONDS_EACH) -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
	      -artifact_prefix=".build/fuzz/found/$$reader-" ".build/fuzz/corpus/$$reader" "$$work/corpus/$$reader" \
	      >"$$work/log" 2>&1 || { status=1; tail -n 60 "$$work/log"; echo "$$reader: stopped" >&2; }
	  # A build that does not count what an input reaches runs all the same, and finds nothing.
	  grep -q ' cov: [0-9]' "$$work/log" || { status=1; echo "$$reader: is not instrumented" >&2; }
	  awk -v reader="$$reader" '/number_of_executed_units/ { print reader ": " $$2 " inputs" }' "$$work/log"
	done
	exit $$status

test-fuzz: ## Fuzz every reader for a few seconds, with a build that is soon made
	$(MAKE) fuzz FUZZ_BUILD=debug

setup-gate:
	@missing=()
	command -v valgrind >/dev/null || missing+=(valgrind)
	command -v strip >/dev/null || missing+=(binutils)
	$(install_missing)

gate: build setup-gate ## Count the instructions that a byte of responses takes
	@Tests/Gate/instructions.sh $(CANVASS)

# Whether the tests notice when the tally or the protection is wrong: a seeded sample of mutants, each of them run against the suites
# that reach it. Takes hours, and goes on where it was stopped; what each mutant met is in .build/mutation/result.tsv.
MUTANTS ?= 160

mutate: setup setup-scripts ## Try MUTANTS=160 wrong versions of tally and protection (SEED=1) against the tests
	@python3 Tests/Mutation/pass.py . .build/mutation --seed $(SEED) --mutants $(MUTANTS)

# What only the measurements need, pinned, in a virtual environment of its own.
BENCH_PACKAGES = numpy==2.4.6 scipy==1.17.1 PyYAML==6.0.3 highspy==1.15.1 polars==2.1.0 duckdb==2.0.0 pandas==3.1.1
BENCH_PYTHON = .build/bench/bin/python3

bench-packages: ## Install the Python packages that `make bench` needs into .build/bench
	python3 -m venv .build/bench
	$(BENCH_PYTHON) -m pip install --quiet --disable-pip-version-check $(BENCH_PACKAGES)

bench: build ## Measure loss, time, the minimality attack (tables of Measurements.md) and counting
	swift build $(RELEASE_FLAGS) --product CanvassBench
	python=python3
	if [ -x $(BENCH_PYTHON) ]; then python=$(BENCH_PYTHON); fi
	page=Sources/Canvass/Documentation.docc/Measurements.md
	.build/release/CanvassBench loss --canvass $(CANVASS) --python $$python --page $$page
	.build/release/CanvassBench time --page $$page
	.build/release/CanvassBench minimality --page $$page
	.build/release/CanvassBench counts --canvass $(CANVASS) --python $$python

lint: toolchain ## Check the layout of the Swift sources
	swift format lint --strict --recursive Sources Tests Package.swift

setup-scripts:
	@missing=()
	command -v shellcheck >/dev/null || missing+=(shellcheck)
	command -v python3 >/dev/null || missing+=(python3)
	$(install_missing)

# Scripts have no compiler to look at them before they run.
lint-scripts: setup-scripts ## Check the shell and Python scripts
	@git ls-files -z | xargs -0 grep -lE --null '^#!.*\b(ba)?sh$$' | xargs -0 shellcheck
	git ls-files -z '*.py' | xargs -0 python3 -c \
	  'import sys; [compile(open(path, encoding="utf-8").read(), path, "exec") for path in sys.argv[1:]]'

format: toolchain ## Lay the Swift sources out as `make lint` wants them
	swift format --in-place --recursive Sources Tests Package.swift

# The plugin's own run would build the package once more without $(RELEASE_FLAGS), over the binary that is installed, and
# SwiftPM would not notice. So it is only made to build its generator, which then reads the binary's help.
man: build ## Make the manual page, .build/man/canvass.1
	swift package generate-manual --help >/dev/null
	mkdir -p .build/man
	date=$$(git log -1 --format=%cs 2>/dev/null || date +%F)
	.build/debug/generate-manual-tool $(CANVASS) --section 1 --date "$$date" --output-directory .build/man

docs: setup ## Make the developers' documentation, .build/documentation
	swift package $(SWIFT_FLAGS) --allow-writing-to-directory .build/documentation generate-documentation \
	  --target Canvass --output-path .build/documentation --transform-for-static-hosting --warnings-as-errors

# What canvass is made of, with versions and licences, for programs that look for what is known of these.
SBOM = .build/canvass.spdx.json

sbom: build ## Write what canvass is made of as SPDX 2.3, .build/canvass.spdx.json
	python3 Sources/CanvassCLI/Supply/sbom.py --root . --libraries $(LIBRARIES) >$(SBOM).unfinished
	mv $(SBOM).unfinished $(SBOM)

# SPDX's own tools for Python, pinned, in a virtual environment of their own.
test-sbom: setup-python sbom ## Check it with SPDX's own tools
	@python3 -m venv .build/spdx
	.build/spdx/bin/python3 -m pip install --quiet --disable-pip-version-check spdx-tools==0.8.5
	.build/spdx/bin/pyspdxtools --infile $(SBOM)

setup-python:
	@missing=()
	python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
	$(install_missing)

install: man ## Install binary, manual and shell completions under PREFIX (/usr/local), staged in DESTDIR
	install -d "$(bindir)" "$(man1dir)" "$(bashdir)" "$(zshdir)" "$(fishdir)"
	install -m 755 $(CANVASS) "$(bindir)/canvass"
	if command -v strip >/dev/null; then strip "$(bindir)/canvass"; fi
	install -m 644 .build/man/canvass.1 "$(man1dir)/canvass.1"
	for shell in bash zsh fish; do
	  $(CANVASS) --generate-completion-script $$shell >.build/man/canvass.$$shell
	done
	install -m 644 .build/man/canvass.bash "$(bashdir)/canvass"
	install -m 644 .build/man/canvass.zsh "$(zshdir)/_canvass"
	install -m 644 .build/man/canvass.fish "$(fishdir)/canvass.fish"

uninstall: ## Remove what `make install` put under PREFIX
	rm -f "$(bindir)/canvass" "$(man1dir)/canvass.1" "$(bashdir)/canvass" "$(zshdir)/_canvass" "$(fishdir)/canvass.fish"

clean: ## Remove what was built; releases in Output/ stay
	rm -rf .build
