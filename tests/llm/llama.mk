# SPDX-License-Identifier: GPL-3.0-or-later
#
# llama.mk - llama.cpp's server, for tests/long/t0425-llama-server.t
#
#   make -f tests/llm/llama.mk DIR=build/llama
#
# The npm package node-llama-cpp carries the sources of llama.cpp as a git bundle,
# and another one its libraries, compiled. What is missing between them is the
# server: four minutes of a C++ compiler, without optimisation. Its web pages are
# left out.

VERSION := 3.21.1
ARCH := linux-$(if $(filter aarch64,$(shell uname -m)),arm64,x64)
DIR ?= build/llama
SRC := $(DIR)/src
LIB := $(DIR)/node_modules/@node-llama-cpp/$(ARCH)/bins/$(ARCH)

.DELETE_ON_ERROR:
.SUFFIXES:

# Sources are known only when they are there.
all: $(DIR)/src.ok
	@$(MAKE) -f $(firstword $(MAKEFILE_LIST)) DIR=$(DIR) $(DIR)/llama-server

$(DIR)/src.ok:
	@mkdir -p $(DIR)
	npm install --silent --no-audit --no-fund --ignore-scripts --prefix $(DIR) \
		-E @node-llama-cpp/$(ARCH)@$(VERSION)
	cd $(DIR) && npm pack --silent node-llama-cpp@$(VERSION) && \
		tar xzf node-llama-cpp-$(VERSION).tgz package/llama
	rm -rf $(SRC)
	git -c advice.detachedHead=false clone --quiet \
		$(DIR)/package/llama/gitRelease.bundle $(SRC)
	rm -rf $(DIR)/package $(DIR)/*.tgz
	touch $@

NAMES := $(patsubst $(SRC)/tools/%.cpp,%,$(filter-out %-cli.cpp \
	%deprecation-warning.cpp %server/main.cpp,$(wildcard $(SRC)/tools/server/*.cpp \
	$(SRC)/tools/mtmd/*.cpp $(SRC)/tools/mtmd/models/*.cpp)))
HASH := $(wildcard $(SRC)/vendor/hash/*.cpp $(SRC)/vendor/hash/*/*.c)
OBJ := $(NAMES:%=$(DIR)/obj/%.o) $(DIR)/obj/httplib.o $(DIR)/obj/ui.o \
	$(patsubst $(SRC)/vendor/%,$(DIR)/obj/%.o,$(HASH))
INCLUDE := $(DIR)/obj $(addprefix $(SRC)/,. tools/server tools/mtmd common include \
	ggml/include vendor vendor/cpp-httplib vendor/sheredom vendor/hash)
CXXFLAGS := -std=c++17 -O0 -w -fPIC -DLLAMA_SUBPROCESS $(INCLUDE:%=-I%) \
	-DCPPHTTPLIB_LISTEN_BACKLOG=512 -DCPPHTTPLIB_TCP_NODELAY=1
LIBS := -l:libllama-common.so $(patsubst $(LIB)/%,-l:%,$(wildcard \
	$(LIB)/libllama.v*.so $(LIB)/libggml.v*.so)) -l:libggml-base.so

# It looks for the code of its processor beside itself.
$(DIR)/llama-server: $(OBJ) $(DIR)/obj/server/main.o
	$(CXX) -o $@ $^ -L$(LIB) $(LIBS) -pthread \
		-Wl,-rpath,'$$ORIGIN/$(patsubst $(DIR)/%,%,$(LIB))'
	for so in $(LIB)/libggml-cpu-*.so; do \
		ln -sf $(patsubst $(DIR)/%,%,$(LIB))/$${so##*/} $(@D); done

$(DIR)/obj/%.o: $(SRC)/tools/%.cpp | $(DIR)/obj/ui.cpp
	@mkdir -p $(@D)
	$(CXX) $(CXXFLAGS) -c -o $@ $<

$(DIR)/obj/hash/%.cpp.o: $(SRC)/vendor/hash/%.cpp
	@mkdir -p $(@D)
	$(CXX) $(CXXFLAGS) -c -o $@ $<

# C++ in spite of its name.
$(DIR)/obj/hash/sha1/%.c.o: $(SRC)/vendor/hash/sha1/%.c
	@mkdir -p $(@D)
	$(CXX) -x c++ $(CXXFLAGS) -c -o $@ $<

$(DIR)/obj/hash/%.c.o: $(SRC)/vendor/hash/%.c
	@mkdir -p $(@D)
	$(CC) -O0 -w -fPIC $(INCLUDE:%=-I%) -c -o $@ $<

$(DIR)/obj/httplib.o: $(SRC)/vendor/cpp-httplib/httplib.cpp
	@mkdir -p $(@D)
	$(CXX) $(CXXFLAGS) -c -o $@ $<

$(DIR)/obj/ui.o: $(DIR)/obj/ui.cpp
	$(CXX) $(CXXFLAGS) -c -o $@ $<

$(DIR)/obj/ui.cpp: $(SRC)/tools/ui/embed.cpp
	@mkdir -p $(@D)
	$(CXX) -std=c++17 -o $(@D)/embed $<
	$(@D)/embed $@ $(@D)/ui.h
