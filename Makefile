# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makefile - build, test and install notmuch-digest (GNU make, no configure)
#
#   make deps          install what building and testing need (Debian)
#   make               build build/bin/notmuch-digest
#   make demo          the report of the bundled sample mailbox
#   make check         all tests; SAN=address,undefined for a sanitizer build
#   make help          the other targets
#
# Yours to set: CC CFLAGS CPPFLAGS LDFLAGS PREFIX DESTDIR V SAN DEV SHARED

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

VERSION := $(shell cat VERSION)
SAN ?=
B := build$(if $(SAN),-san)
V ?=
DEV ?=
# Tests at a time: for half of theirs they wait, for servers, terminals and locks.
JOBS := $(shell echo $$((2 * $$(nproc 2>/dev/null || echo 2))))

CC := $(if $(filter default,$(origin CC)),gcc,$(CC))
CFLAGS ?= -O2 -g -fstack-protector-strong -D_FORTIFY_SOURCE=2
PREFIX ?= /usr/local
DESTDIR ?=
SHARED ?= ../shared
NOTMUCH_LIBS ?= -lnotmuch
STEMMER_LIBS ?= -lstemmer

PACKAGES := talloc gmime-3.0 glib-2.0 json-c libcurl libxml-2.0 icu-uc icu-i18n \
	libgit2 libseccomp
DEBIAN_BUILD := gcc libc6-dev make pkg-config gettext notmuch libnotmuch-dev \
	libgmime-3.0-dev libtalloc-dev libjson-c-dev libcurl4-openssl-dev \
	libxml2-dev libicu-dev libstemmer-dev libgit2-dev libseccomp-dev
DEBIAN_TEST := libcmocka-dev liblinear-dev perl mandoc shellcheck codespell cppcheck \
	clang clang-format debhelper debootstrap lintian \
	git rsync valgrind strace python3 jq less man-db xz-utils \
	bash-completion zsh fish tmux neomutt mutt aerc alot emacs-nox elpa-notmuch \
	vim-nox notmuch-vim \
	ruby-mail libxml2-utils python3-feedparser xhtml-relaxng chromium systemd \
	$(if $(shell command -v npm),,nodejs npm)

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wvla -Wwrite-strings -Wdeprecated-declarations
# A newer library may call old what is used here: an error only for who works on it.
ND_CFLAGS := -std=c11 $(WARNINGS) -Werror=implicit-function-declaration -fPIE \
	$(if $(DEV),-Werror) \
	$(if $(SAN),-fsanitize=$(SAN) -fno-omit-frame-pointer -O1 -g \
	-U_FORTIFY_SOURCE)
ND_CPPFLAGS := -D_XOPEN_SOURCE=700 -Inotmuch-digest -Itests/unit -I$(B)/gen
ND_LDFLAGS := -Wl,--as-needed -pie -Wl,-z,relro,-z,now,-z,noexecstack -pthread \
	$(if $(SAN),-fsanitize=$(SAN))

SRC := $(wildcard notmuch-digest/*/*.c)
OBJ := $(SRC:notmuch-digest/%.c=$(B)/obj/%.o)
LIB_OBJ := $(filter-out $(B)/obj/cmd/main.o,$(OBJ))
LIB := $(B)/obj/digest.a
BIN := $(B)/bin/notmuch-digest
FUZZ := $(B)/tests/fuzz
UNIT_SRC := $(wildcard tests/unit/*/*.c)
UNIT := $(UNIT_SRC:tests/unit/%.c=$(B)/tests/%.t)
LANGUAGES := $(patsubst po/%.po,%,$(wildcard po/*.po))
MO := $(LANGUAGES:%=$(B)/share/locale/%/LC_MESSAGES/notmuch-digest.mo)

Q := $(if $(V),,@)
say = $(if $(V),@:,@printf '  %-7s %s\n' $(1) '$(2)')

.PHONY: all deps demo peer browser llama gateway check check-unit check-e2e check-long \
	regold screens captures quality fit fit-acts left-out own-words read-digests \
	read-todo robots speakers missed prompt-tokens ablation lint tidy format pot fuzz valgrind \
	bench bench-twice install uninstall dist distcheck deb \
	clean help FORCE

all: $(BIN) $(MO)

# ---- what must be there -----------------------------------------------------

# Installs with apt-get; `peer` and `browser` below have npm fetch what a test needs.
deps:
	@echo "installing with apt-get: $(DEBIAN_BUILD) $(DEBIAN_TEST)"
	$(Q)sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	export DEBIAN_FRONTEND=noninteractive; \
	$$sudo apt-get update -qq && \
	$$sudo apt-get install -y -qq --no-install-recommends \
		$(DEBIAN_BUILD) $(DEBIAN_TEST) >/dev/null

# Written once; when a package is missing, one line says what to do.
$(B)/deps.ok: Makefile | $(filter deps,$(MAKECMDGOALS))
	@mkdir -p $(B)
	@missing=; \
	command -v $(CC) >/dev/null || missing="$$missing $(CC)"; \
	command -v msgfmt >/dev/null || missing="$$missing gettext"; \
	if command -v pkg-config >/dev/null; then \
		for p in $(PACKAGES); do \
			pkg-config --exists $$p || missing="$$missing $$p"; \
		done; \
	else missing="$$missing pkg-config"; fi; \
	for h in notmuch.h libstemmer.h; do \
		echo "#include <$$h>" | $(CC) $(CPPFLAGS) -E - >/dev/null 2>&1 || \
			missing="$$missing $$h"; \
	done; \
	if [ -n "$$missing" ]; then \
		echo "missing:$$missing; on Debian: make deps" >&2; exit 1; \
	fi
	@pkg-config --cflags $(PACKAGES) >$(B)/cflags
	@# Some are loaded when they are needed: util/library.h
	@{ pkg-config --libs $(filter-out libcurl libgit2,$(PACKAGES)); \
		echo -ldl -lm; } >$(B)/libs
	@touch $@

# ---- program ----------------------------------------------------------------

$(B)/gen/version.h: FORCE | $(B)/deps.ok
	@mkdir -p $(@D)
	@[ ! -e .git ] || commit=$$(git describe --always --dirty 2>/dev/null); \
	printf '#define ND_VERSION "%s"\n' \
		"$(VERSION)$${commit:+ ($$commit)}" >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

$(B)/obj/%.o: notmuch-digest/%.c $(B)/deps.ok | $(B)/gen/version.h
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ND_CPPFLAGS) $(CPPFLAGS) $(ND_CFLAGS) $(CFLAGS) \
		@$(B)/cflags -MMD -MP -c -o $@ $<

$(B)/obj/cmd/main.o: $(B)/gen/version.h

# The style and script of HTML pages as strings of C: page_css, page_js. Lines
# that are comments, and the tabs before others, stay behind.
PAGE := $(B)/gen/page.css.inc $(B)/gen/page.js.inc
$(PAGE): $(B)/gen/page.%.inc: notmuch-digest/render/page.%
	$(call say,GEN,$<)
	@mkdir -p $(@D)
	$(Q){ echo 'static const char page_$*[] ='; \
		sed -e '/^\/\*.*\*\/$$/d; /^[[:space:]]*\/\//d; s/^	*//' \
			-e 's/[\\"]/\\&/g; s/.*/"&\\n"/' $<; echo ';'; } >$@

$(B)/obj/render/htmlpage.o: $(PAGE)

$(BIN): $(OBJ)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ND_LDFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $(OBJ) \
		@$(B)/libs $(NOTMUCH_LIBS) $(STEMMER_LIBS)

$(B)/share/locale/%/LC_MESSAGES/notmuch-digest.mo: po/%.po $(B)/deps.ok
	$(call say,MSGFMT,$<)
	@mkdir -p $(@D)
	$(Q)msgfmt --check -o $@ $<

-include $(OBJ:.o=.d) $(UNIT:.t=.d)

# ---- tests ------------------------------------------------------------------

# Of it a test gets what it calls: linking all of it into each took minutes.
$(LIB): $(LIB_OBJ)
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

# Catalogues are looked for beside the program, ../share from its directory.
$(B)/tests/%.t: tests/unit/%.c $(LIB) | $(MO)
	$(call say,CCLD,$<)
	@mkdir -p $(@D) && ln -sfn ../share $(B)/tests/share
	$(Q)$(CC) $(ND_CPPFLAGS) $(CPPFLAGS) $(ND_CFLAGS) $(CFLAGS) \
		@$(B)/cflags -MMD -MP $(ND_LDFLAGS) $(LDFLAGS) -o $@ $< \
		$(LIB) @$(B)/libs $(NOTMUCH_LIBS) $(STEMMER_LIBS) -lcmocka

# Real mail and annotated threads, when they are there: $(SHARED).
TEST_ENV = ND_BIN=$(CURDIR)/$(BIN) ND_SRC=$(CURDIR) ND_BUILD=$(CURDIR)/$(B) \
	SHARED=$(abspath $(SHARED)) REQUIRE_ALL=$(REQUIRE_ALL) \
	CMOCKA_MESSAGE_OUTPUT=TAP \
	ASAN_OPTIONS=detect_leaks=1:abort_on_error=1 \
	LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0 \
	UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
PROVE := prove --failures --timer
# What a browser and mail clients make of it: once, not again with sanitizers,
# which do not look into those.
VIEWERS := tests/t0195-browser.t $(wildcard tests/t08[2-9]*.t)
# Nor what is about words (manuals, pages, completion) and runs commands that other
# tests run; nor what ends by a kill, which no sanitizer sees: how a run mends what
# another has left, t0230, t0375 and t0383 have with them.
PLAIN := $(addprefix tests/,t0152-manual.t t0154-completion.t t0270-kill.t \
	t0384-docs.t)
SH_TESTS := $(sort $(filter-out $(if $(SAN),$(VIEWERS) $(PLAIN)), \
	$(wildcard tests/t[0-9]*.t)))
LONG_TESTS := $(sort $(wildcard tests/long/t[0-9]*.t))

# A mock of language model services, written by others, for one test. Without
# npm, or without the registry, that test is skipped and says so. It wants a newer
# Node.js than Debian 12 has; that comes from the same registry.
PEER := @copilotkit/aimock@1.43.0
PEER_NODE := node-linux-$(if $(filter aarch64,$(shell uname -m)),arm64,x64)@22
PEER_STAMP := build/peer/$(subst /,-,$(PEER)).ok
peer: $(PEER_STAMP)

$(PEER_STAMP):
	@mkdir -p $(@D)
	$(call say,NPM,$(PEER))
	$(Q)node -e 'process.exit(parseInt(process.versions.node) < 20)' \
		2>/dev/null || node=$(PEER_NODE); \
	if npm install --silent --no-audit --no-fund --ignore-scripts \
		--prefix $(@D) $(PEER) $$node >$(@D)/log 2>&1; then touch $@; \
	else echo "no $(PEER): $$(tail -1 $(@D)/log)" >&2; \
		[ -z "$(REQUIRE_ALL)" ]; fi

# A browser's remote control and a checker of accessibility, for one test; which
# versions, tests/browser/package-lock.json says. As above without npm.
BROWSER_STAMP := build/browser/ok
browser: $(BROWSER_STAMP)

$(BROWSER_STAMP): tests/browser/package.json tests/browser/package-lock.json
	@mkdir -p $(@D)
	$(call say,NPM,$<)
	$(Q)cp $^ $(@D)/; \
	if npm ci --silent --no-audit --no-fund --ignore-scripts \
		--prefix $(@D) >$(@D)/log 2>&1; then touch $@; \
	else echo "no browser test: $$(tail -1 $(@D)/log)" >&2; \
		[ -z "$(REQUIRE_ALL)" ]; fi

# llama.cpp's own server, for a long test: sources and libraries from npm, and
# some minutes of a C++ compiler. Without them that test is skipped and says so.
llama:
	$(call say,MAKE,build/llama/llama-server)
	$(Q)mkdir -p build/llama; \
	if $(MAKE) --no-print-directory -f tests/llm/llama.mk DIR=build/llama \
		>build/llama/log 2>&1; then :; \
	else echo "no llama-server: $$(tail -1 build/llama/log)" >&2; \
		[ -z "$(REQUIRE_ALL)" ]; fi

# A gateway between model services, for another one.
GATEWAY := @portkey-ai/gateway@1.15.2
gateway:
	$(call say,NPM,$(GATEWAY))
	$(Q)mkdir -p build/gateway; \
	if npm install --silent --no-audit --no-fund --ignore-scripts \
		--prefix build/gateway $(GATEWAY) >build/gateway/log 2>&1; then :; \
	else echo "no $(GATEWAY): $$(tail -1 build/gateway/log)" >&2; \
		[ -z "$(REQUIRE_ALL)" ]; fi

check: all $(UNIT) $(FUZZ) peer $(if $(SAN),,browser)
	$(Q)$(TEST_ENV) $(PROVE) -j $(JOBS) $(UNIT) $(SH_TESTS)

check-unit: $(MO) $(UNIT)
	$(Q)$(TEST_ENV) $(PROVE) -j $(JOBS) $(UNIT)

check-e2e: all $(FUZZ) peer browser
	$(Q)$(TEST_ENV) $(PROVE) -j $(JOBS) $(SH_TESTS)

# What takes minutes.
check-long: all llama gateway deb distcheck
	$(Q)$(TEST_ENV) $(PROVE) $(LONG_TESTS)

tests/t0370-fuzz.t: $(FUZZ)

# One test: make tests/t0100-report.t, make tests/long/t0158-reproducible.t
tests/t%.t: all FORCE
	$(Q)$(TEST_ENV) $(PROVE) -v $@

tests/long/t%.t: all FORCE
	$(Q)$(TEST_ENV) $(PROVE) -v $@

# What some of the long ones are about.
tests/long/t0156-debian.t tests/long/t0157-clean-root.t \
	tests/long/t0158-reproducible.t: deb
tests/long/t0425-llama-server.t: llama
tests/long/t0426-gateway.t: gateway

valgrind: all
	$(Q)$(TEST_ENV) tests/valgrind.sh

demo: all
	$(Q)ND_BIN=$(BIN) tests/demo.sh

bench: all $(B)/tests/stages
	$(Q)$(TEST_ENV) tests/perf/bench.py $(BENCH)

bench-twice: all
	$(Q)$(TEST_ENV) tests/perf/twice.py $(BENCH)

$(B)/tests/stages: tests/perf/stages.c $(LIB_OBJ)
	$(call say,CCLD,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ND_CPPFLAGS) $(CPPFLAGS) $(ND_CFLAGS) $(CFLAGS) \
		@$(B)/cflags $(ND_LDFLAGS) $(LDFLAGS) -o $@ $< \
		$(LIB_OBJ) @$(B)/libs $(NOTMUCH_LIBS) $(STEMMER_LIBS)

# What measures and fits the choice of sentences, and what people do in them.
CANDIDATES := $(B)/tests/candidates
ACTS := $(B)/tests/fit-acts
SPEAKERS := $(B)/tests/speakers
ROBOTS := $(B)/tests/robots
LINES := $(B)/tests/lines
MAILS := tests/quality/mails.c tests/quality/mails.h
$(CANDIDATES): tests/quality/candidates.c $(MAILS)
$(ACTS): tests/quality/acts.c $(wildcard tests/quality/acts/*.[ch]) $(MAILS)
$(LINES): tests/quality/lines.c $(MAILS)
$(ROBOTS): tests/quality/robots.c $(MAILS)
$(ACTS): TOOL_LIBS := -llinear
$(SPEAKERS): tests/quality/speakers.c
$(CANDIDATES) $(ACTS) $(SPEAKERS) $(LINES) $(ROBOTS): $(LIB_OBJ)
	$(call say,CCLD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ND_CPPFLAGS) -Itests/quality $(CPPFLAGS) $(ND_CFLAGS) \
		$(CFLAGS) @$(B)/cflags $(ND_LDFLAGS) $(LDFLAGS) -o $@ \
		$(filter %.c %.o,$^) $(TOOL_LIBS) @$(B)/libs $(NOTMUCH_LIBS) \
		$(STEMMER_LIBS)

# The weights of acts/actmodel.h. liblinear fits them; only this needs it.
ACT_DATA := $(B)/acts/threads.tsv $(B)/acts/gold.tsv
FOLDS = $(shell cut -f1 $(B)/acts/threads.tsv 2>/dev/null | sort -u)
$(ACT_DATA) &: $(SHARED)/quality/lists.json tests/quality/acts.py
	@mkdir -p $(B)/acts
	$(Q)python3 tests/quality/acts.py $(SHARED) $(abspath $(B)/acts) \
		$(ACT_DATA)

fit-acts: $(ACTS) $(ACT_DATA)
	$(Q)$(ACTS) fit $(ACT_DATA) >$(B)/acts/actweights.c
	$(Q)mv $(B)/acts/actweights.c notmuch-digest/acts/actweights.c

# Whose words the mails below a folder are: make speakers MAIL=FOLDER
speakers: $(SPEAKERS)
	$(Q)find $(MAIL) -type f | sort | $(SPEAKERS)

# What is told of the mails of programs, and who may be one more: a mailbox is
# a folder with a notmuch configuration: make robots MAIL=FOLDER
robots: $(ROBOTS)
	$(Q)python3 tests/quality/robots.py $(ROBOTS) $(MAIL)

# A program for each list whose weights have not seen that list.
LEARNED := $(B)/obj/acts/actweights.o $(B)/obj/summarise/weights.o
left-out: $(ACTS) $(ACT_DATA) $(OBJ)
	$(Q)for list in $(FOLDS); do \
		$(MAKE) --no-print-directory $(B)/left-out/$$list/notmuch-digest || \
			exit 1; \
	done

$(B)/left-out/%/actweights.c: $(ACTS) $(ACT_DATA)
	$(call say,FIT,$@)
	@mkdir -p $(@D)
	$(Q)$(ACTS) fit $(ACT_DATA) $* >$@

# The choice of sentences has seen some of them, and gets weights without them.
CHOICE_LISTS := kvmarm iouring ltp usrp openbmc
LEFT_TOOLS := $(CHOICE_LISTS:%=$(B)/left-out/%/candidates)
$(CHOICE_LISTS:%=$(B)/left-out/%/weights.c) &: $(LEFT_TOOLS) \
		notmuch-digest/summarise/weights.c tests/quality/fit.py
	$(call say,FIT,$(B)/left-out/*/weights.c)
	$(Q)python3 tests/quality/fit.py '$(B)/left-out/{list}/candidates' \
		$(SHARED) --left-out $(B)/left-out

.PRECIOUS: $(B)/left-out/%/actweights.c $(B)/left-out/%/weights.c
$(B)/left-out/%/weights.c: notmuch-digest/summarise/weights.c
	@mkdir -p $(@D)
	@cp $< $@

$(B)/left-out/%/notmuch-digest: $(B)/left-out/%/actweights.c \
		$(B)/left-out/%/weights.c $(OBJ)
	$(call say,LD,$@)
	$(Q)$(CC) $(ND_CPPFLAGS) $(CPPFLAGS) $(ND_CFLAGS) $(CFLAGS) \
		@$(B)/cflags $(ND_LDFLAGS) $(LDFLAGS) -o $@ \
		$(filter-out $(LEARNED),$^) \
		@$(B)/libs $(NOTMUCH_LIBS) $(STEMMER_LIBS)

$(B)/left-out/%/candidates: $(B)/left-out/%/actweights.c $(LIB_OBJ) \
		tests/quality/candidates.c $(MAILS)
	$(call say,LD,$@)
	$(Q)$(CC) $(ND_CPPFLAGS) -Itests/quality $(CPPFLAGS) $(ND_CFLAGS) \
		$(CFLAGS) @$(B)/cflags $(ND_LDFLAGS) $(LDFLAGS) -o $@ \
		$(filter-out %.h $(B)/obj/acts/actweights.o,$^) \
		@$(B)/libs $(NOTMUCH_LIBS) $(STEMMER_LIBS)

# Words of earlier mails that count as own, in the mailboxes of the fit.
own-words: $(LINES) $(ACT_DATA)
	$(Q)python3 tests/quality/ownwords.py $(LINES) $(OWN_WORDS) \
		$(patsubst %/config,%,$(wildcard $(B)/acts/*/config))

# Thirty digests beside their threads, to be read and graded (doc/quality.md):
# make read-digests SEED=3 for others, LISTS='raid spi' for those of other lists.
SEED ?= 1
LISTS ?=
read-digests: all
	$(Q)if [ -d $(SHARED)/corpus ]; then \
		python3 tests/quality/digests.py $(BIN) $(SHARED) \
			$(B)/digests $(SEED) $(LISTS); \
	else echo "skipped: no mail in $(SHARED) (set SHARED)"; fi

# What todo lists beside what was said since, to be read (tests/quality/todo.md):
# make read-todo TODO='30 ltp' for more, or of one list.
TODO ?= 20
read-todo: all
	$(Q)if [ -d $(SHARED)/corpus ]; then \
		python3 tests/quality/todo.py $(BIN) $(SHARED) $(B)/todo \
			$(TODO); \
	else echo "skipped: no mail in $(SHARED) (set SHARED)"; fi

# Fits the weights anew, into summarise/weights.c; FIT=--search: how they are
# spread, too, which takes minutes.
fit: $(CANDIDATES)
	$(Q)if [ -d $(SHARED)/quality ]; then \
		python3 tests/quality/fit.py $(CANDIDATES) $(SHARED) \
			--write notmuch-digest/summarise/weights.c $(FIT); \
	else echo "skipped: no annotated threads in $(SHARED) (set SHARED)"; fi

# Which annotated key sentences no summary has, and why: make missed
# MISSED='--show unpresentable ltp' prints them.
missed: $(CANDIDATES)
	$(Q)python3 tests/quality/missed.py $(CANDIDATES) $(SHARED) $(MISSED)

# What the prompts of a week hold, and what a statement costs, with a stub or a
# model: make prompt-tokens PROMPTS='--url http://127.0.0.1:8080/v1 --model M ltp'
prompt-tokens: all
	$(Q)if [ -d $(SHARED)/quality ]; then \
		mkdir -p $(B)/acts && \
		python3 tests/quality/prompts.py $(BIN) $(abspath $(SHARED)) \
			$(B)/acts $(PROMPTS); \
	else echo "skipped: no annotated threads in $(SHARED) (set SHARED)"; fi

# What each weight is worth to lists it has not seen; writes doc/weights.md.
ablation: $(if $(wildcard $(SHARED)/quality),$(LEFT_TOOLS))
	$(Q)if [ -d $(SHARED)/quality ]; then \
		python3 tests/quality/fit.py \
			'$(B)/left-out/{list}/candidates' $(SHARED) \
			--ablate doc/weights.md; \
	else echo "skipped: no annotated threads in $(SHARED) (set SHARED)"; fi

# Summaries and facts against annotated threads; writes doc/quality.md.
quality: all $(if $(wildcard $(SHARED)/quality),$(LEFT_TOOLS))
	$(Q)if [ -d $(SHARED)/quality ]; then \
		python3 tests/quality/run.py $(BIN) \
			'$(B)/left-out/{list}/candidates' $(SHARED) --markdown doc/quality.md && \
		$(MAKE) --no-print-directory left-out && \
		sh tests/quality/facts.sh $(abspath $(B)) $(SHARED) $(ACTS) $(ACT_DATA) | \
			tee -a doc/quality.md && \
		ND_BIN=$(abspath $(BIN)) python3 tests/llm/statements.py \
			--markdown=doc/quality.md $(SHARED) && \
		cat tests/quality/grades.md tests/quality/todo.md \
			>>doc/quality.md; \
	else echo "skipped: no annotated threads in $(SHARED) (set SHARED)"; fi

# What clients show, anew in doc/clients.md.
SCREENS := $(abspath $(B)/screens)
screens: all
	$(Q)rm -rf $(SCREENS)
	$(Q)T_SCREENS=$(SCREENS) $(TEST_ENV) $(PROVE) \
		$(filter tests/t08%,$(filter-out %-setup.t %-docs.t,$(SH_TESTS)))
	$(Q)tests/screens.sh $(SCREENS) <doc/clients.md >$(SCREENS)/new && \
		cat $(SCREENS)/new >doc/clients.md

regold: all
	$(Q)$(TEST_ENV) tests/regold.sh

# What the report looks like, anew in doc/; its text comes with regold.
captures: all
	$(Q)REGOLD=yes $(TEST_ENV) tests/regold.sh
	$(Q)$(TEST_ENV) tests/captures.sh --images doc

# ---- what review should not have to say -------------------------------------

lint: all
	$(Q)B=$(B) CC='$(CC)' CPPFLAGS='$(ND_CPPFLAGS) $(CPPFLAGS)' \
		WARNINGS='$(WARNINGS)' tests/lint.sh

# What clang-tidy sees (.clang-tidy); make tidy TIDY=notmuch-digest/mail/db.c
TIDY ?= $(SRC)
tidy: all
	$(Q)printf '%s\n' $(TIDY) | xargs -P $(JOBS) -n 12 sh -c 'clang-tidy --quiet "$$@" \
		-- -std=c11 $(ND_CPPFLAGS) $(CPPFLAGS) $$(cat $(B)/cflags)' tidy

format:
	$(Q)clang-format -i notmuch-digest/*/*.[ch] tests/unit/*.h tests/unit/*/*.c

pot:
	$(Q)xgettext --language=C --from-code=UTF-8 --keyword --keyword=nd_tr:2 \
		--keyword=tr:2 --keyword=nd_label_tr:2 \
		--keyword=N_ --keyword=nd_trn:2,3 \
		--flag=nd_tr:2:pass-c-format --flag=tr:2:pass-c-format --flag=nd_label_tr:2:pass-c-format \
		--add-comments=TRANSLATORS --sort-by-file --no-wrap \
		--add-location=file --package-name=notmuch-digest \
		-o po/notmuch-digest.pot $(SRC)
	$(Q)sed -i '/^"POT-Creation-Date/d' po/notmuch-digest.pot
	$(Q)for po in po/*.po; do msgmerge --quiet --no-wrap \
		--add-location=file --update --backup=none $$po \
		po/notmuch-digest.pot || exit 1; done

# ---- fuzzing ----------------------------------------------------------------

# With our own driver, in each build: tests/fuzz/driver.c
FUZZ_SRC := $(wildcard tests/fuzz/*.c)
$(FUZZ): $(FUZZ_SRC) tests/fuzz/fuzz.h $(LIB_OBJ)
	$(call say,CCLD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ND_CPPFLAGS) $(CPPFLAGS) $(ND_CFLAGS) $(CFLAGS) \
		@$(B)/cflags $(ND_LDFLAGS) $(LDFLAGS) -o $@ \
		$(filter %.c %.o,$^) @$(B)/libs $(NOTMUCH_LIBS) $(STEMMER_LIBS)

# With clang's libFuzzer, which sees what an input reaches; it wants clang and
# libclang-rt-dev. One target: make fuzz FUZZ_TARGETS=html FUZZ_SECONDS=600; to begin
# with mail of your own: FUZZ_MAIL='FOLDER…'. What it finds that is new lies in
# build-fuzz/corpus, a bug in build-fuzz/TARGET-*.
FUZZ_CC ?= clang
FUZZ_SECONDS ?= 60
FUZZ_TARGETS ?= $(shell sed -n 's/^	{"\([a-z]*\)", [0-9].*/\1/p' tests/fuzz/fuzz.c)
FUZZ_FLAGS := -std=c11 -g -O1 -fno-omit-frame-pointer
FUZZ_OBJ := $(patsubst notmuch-digest/%.c,build-fuzz/obj/%.o,\
	$(filter-out %/cmd/main.c,$(SRC)))

build-fuzz/obj/%.o: notmuch-digest/%.c $(B)/deps.ok | $(B)/gen/version.h $(PAGE)
	$(call say,CLANG,$<)
	@mkdir -p $(@D)
	$(Q)$(FUZZ_CC) $(ND_CPPFLAGS) $(FUZZ_FLAGS) @$(B)/cflags -MMD -MP \
		-fsanitize=fuzzer-no-link,address,undefined -c -o $@ $<

build-fuzz/fuzz: $(filter-out %/driver.c,$(FUZZ_SRC)) tests/fuzz/fuzz.h $(FUZZ_OBJ)
	$(call say,CLANG,$@)
	$(Q)$(FUZZ_CC) $(ND_CPPFLAGS) $(FUZZ_FLAGS) @$(B)/cflags \
		-fsanitize=fuzzer,address,undefined -o $@ \
		$(filter %.c %.o,$^) @$(B)/libs $(NOTMUCH_LIBS) $(STEMMER_LIBS)

-include $(FUZZ_OBJ:.o=.d)

fuzz: build-fuzz/fuzz
	$(Q)python3 tests/fuzz/seeds.py build-fuzz/seeds tests/corpora/sample/cur \
		tests/corpora/hostile/cur $(FUZZ_MAIL)
	$(Q)for target in $(FUZZ_TARGETS); do \
		tests/fuzz/run.sh $$target -max_total_time=$(FUZZ_SECONDS) || exit 1; \
	done

# ---- installation -----------------------------------------------------------

MAN := $(wildcard doc/*.[157])
# What mail clients load; `setup` finds it there.
CLIENTS := $(filter-out completion,$(notdir $(wildcard contrib/*)))
ROOT = $(DESTDIR)$(PREFIX)
SHARE = $(ROOT)/share
COMPLETION := contrib/completion
BASHDIR = $(SHARE)/bash-completion/completions
# Debian's zsh looks for what packages bring in a directory of its own.
ZSHDIR = $(SHARE)/zsh/$(if $(filter /usr,$(PREFIX)),vendor-completions,site-functions)
FISHDIR = $(SHARE)/fish/vendor_conf.d
# "notmuch digest" is completed when this is read, too; in /usr, the first is
# notmuch's own.
BASHLINK = $(if $(filter /usr,$(PREFIX)),$(DESTDIR)/etc/bash_completion.d/notmuch-digest,$(BASHDIR)/notmuch)
BASHLINK_TO = $(if $(filter /usr,$(PREFIX)),$(PREFIX)/share/bash-completion/completions/)notmuch-digest

install: all
	install -d $(ROOT)/bin $(SHARE)/notmuch-digest/hooks \
		$(SHARE)/doc/notmuch-digest $(BASHDIR) $(ZSHDIR) $(FISHDIR)
	install -m 755 $(BIN) $(ROOT)/bin/notmuch-digest
	install -m 755 hooks/post-new $(SHARE)/notmuch-digest/hooks/
	for c in $(CLIENTS); do \
		d=$(SHARE)/notmuch-digest/$$c; \
		install -d $$d && install -m 644 contrib/$$c/* $$d/ || exit 1; \
	done
	for m in $(MAN); do \
		d=$(SHARE)/man/man$${m##*.}; \
		install -d $$d && install -m 644 $$m $$d/ || exit 1; \
	done
	install -m 644 README.md NEWS doc/*.md doc/*.png $(SHARE)/doc/notmuch-digest/
	install -m 644 $(COMPLETION)/notmuch-digest.bash $(BASHDIR)/notmuch-digest
	[ -e $(BASHLINK) ] || { install -d $(dir $(BASHLINK)) && \
		ln -sfn $(BASHLINK_TO) $(BASHLINK); }
	install -m 644 $(COMPLETION)/_notmuch_digest $(ZSHDIR)/
	install -m 644 $(COMPLETION)/notmuch-digest.fish $(FISHDIR)/
	for l in $(LANGUAGES); do \
		d=$(SHARE)/locale/$$l/LC_MESSAGES; \
		install -d $$d && install -m 644 \
		$(B)/share/locale/$$l/LC_MESSAGES/notmuch-digest.mo $$d/ || exit 1; \
	done

uninstall:
	for m in $(notdir $(MAN)); do rm -f $(SHARE)/man/man$${m##*.}/$$m; done
	for l in $(LANGUAGES); do \
		rm -f $(SHARE)/locale/$$l/LC_MESSAGES/notmuch-digest.mo; \
	done
	[ "$$(readlink $(BASHLINK))" != "$(BASHLINK_TO)" ] || rm $(BASHLINK)
	rm -f $(ROOT)/bin/notmuch-digest $(BASHDIR)/notmuch-digest \
		$(ZSHDIR)/_notmuch_digest $(FISHDIR)/notmuch-digest.fish
	rm -rf $(SHARE)/doc/notmuch-digest $(SHARE)/notmuch-digest

# What is committed, and nothing else: the same bytes each time.
DIST := notmuch-digest-$(VERSION)
dist:
	$(Q)mkdir -p $(B)/dist && git archive --prefix=$(DIST)/ \
		-o $(B)/dist/$(DIST).tar.gz HEAD && echo $(B)/dist/$(DIST).tar.gz

# The tarball builds, and passes its unit tests, with nothing of this tree.
distcheck: dist
	$(Q)rm -rf $(B)/dist/$(DIST) && tar -C $(B)/dist -xf $(B)/dist/$(DIST).tar.gz && \
		$(MAKE) --no-print-directory -C $(B)/dist/$(DIST) \
			SHARED=/nonexistent all check-unit && rm -rf $(B)/dist/$(DIST)

# A Debian package, of the tarball, looked over by lintian.
deb: dist
	$(call say,DEB,$(B)/deb)
	$(Q)rm -rf $(B)/deb && mkdir -p $(B)/deb && \
		tar -C $(B)/deb -xf $(B)/dist/$(DIST).tar.gz
	$(Q)cd $(B)/deb/$(DIST) && env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL \
		dpkg-buildpackage -us -uc -b >../log 2>&1 || { tail -30 ../log; exit 1; }
	$(Q)rm -rf $(B)/deb/$(DIST)
	$(Q)lintian --allow-root --tag-display-limit 0 --fail-on error,warning \
		$(B)/deb/*.changes
	@ls $(B)/deb/*.deb

clean:
	rm -rf build build-san build-fuzz build-clang

help:
	@sed -n 's/^#   \(make.*\)/\1/p' Makefile
	@echo 'check-unit check-e2e check-long valgrind fuzz bench bench-twice peer browser'
	@echo 'llama gateway lint tidy format pot regold screens captures quality ablation fit'
	@echo 'fit-acts left-out missed own-words prompt-tokens read-digests read-todo robots'
	@echo 'speakers install uninstall dist distcheck deb clean'
