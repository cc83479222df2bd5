# xulp: every entry point.  `make help` lists them.
#
# One tree of objects a variant: VARIANT=release (build/) is what people run,
# VARIANT=sanitize (build/sanitize/) is what the tests run first.

.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

VARIANT ?= release
ifeq ($(VARIANT),sanitize)
  B := build/sanitize
  SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all
  OPTIMIZE := -O1 -g
else
  B := build
  SANITIZE :=
  OPTIMIZE := -O2 -g
endif

CC := gcc
LIBRARIES := libcyaml yaml-0.1 jansson mpfr gmp
WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Werror
# Floating-point results are measured everywhere: no contraction, no licence.
STRICT := -ffp-contract=off -fno-fast-math -frounding-math
CFLAGS := -std=c17 -D_GNU_SOURCE $(WARNINGS) $(STRICT) $(OPTIMIZE) $(SANITIZE) -fopenmp
CPPFLAGS := -Isrc
LDFLAGS := $(SANITIZE) -fopenmp
LDLIBS = $(shell pkg-config --libs $(LIBRARIES)) -lm

# src/impl/formulations/ and src/impl/evaluate.c are compiled once for every
# format and every source of elementary functions; the rest of src once.
FORMATS := $(shell sed -n 's/^FORMAT.\([a-z0-9]*\),.*/\1/p' src/core/formats.def)
MATHS := $(shell sed -n 's/^ *MATH_\([a-z]*\),.*/\1/p' src/impl/impl.h)
PER_FORMAT := $(wildcard src/impl/formulations/*.c) src/impl/evaluate.c
PLAIN := $(filter-out src/cli/main.c $(PER_FORMAT),$(wildcard src/*/*.c))

PLAIN_OBJECTS := $(PLAIN:src/%.c=$(B)/obj/%.o)
PER_FORMAT_OBJECTS := $(foreach f,$(FORMATS),$(foreach m,$(MATHS),\
  $(PER_FORMAT:src/impl/%.c=$(B)/obj/impl/$f-$m/%.o)))
OBJECTS := $(PLAIN_OBJECTS) $(PER_FORMAT_OBJECTS)

EXPERIMENTS := $(wildcard experiments/*.yaml)
SUITES := $(patsubst tests/%.c,$(B)/tests/%,$(wildcard tests/*/test_*.c))

.PHONY: all
all: $(B)/xulp ## build the program, build/xulp

$(B)/xulp: $(B)/obj/cli/main.o $(B)/xulp.a
	$(CC) $(LDFLAGS) $^ $(LDLIBS) -o $@

# Everything but main, for the program, the suites and the benchmark.
$(B)/xulp.a: $(OBJECTS)
	@rm -f $@
	@ar -rcs $@ $(OBJECTS)

$(B)/obj/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@

# $(call per_format_rule,format,math)
define per_format_rule
$(B)/obj/impl/$1-$2/%.o: src/impl/%.c Makefile
	@mkdir -p $$(@D)
	$$(CC) $$(CPPFLAGS) $$(CFLAGS) -DREAL_FORMAT=$1 -DREAL_MATH=$2 -MMD -MP -c $$< -o $$@
endef
$(foreach f,$(FORMATS),$(foreach m,$(MATHS),$(eval $(call per_format_rule,$f,$m))))

-include $(OBJECTS:.o=.d) $(B)/obj/cli/main.d $(SUITES:=.d)

# --- the report ---------------------------------------------------------------

.PHONY: report
report: build/xulp ## run every experiment and write build/report/ (report.md, report.html)
	build/xulp run $(EXPERIMENTS) --out build/results
	build/xulp report --results build/results --out build/report
	@echo "build/report/report.html"

# --- tests --------------------------------------------------------------------

# A suite tests/DIR/test_NAME.c is a Check program over all objects but main.
$(B)/tests/%: tests/%.c $(B)/xulp.a Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MF $@.d $< $(B)/xulp.a $(LDFLAGS) \
	  $(shell pkg-config --libs check) $(SUITE_LIBS) $(LDLIBS) -o $@

# Arb is the second oracle, in this one suite only.
$(B)/tests/oracle/test_arb: SUITE_LIBS := -lflint-arb -lflint

.PHONY: suites
suites: $(SUITES) ## build and run the Check suites of this VARIANT
	@for suite in $(SUITES); do $$suite || exit 1; done

# The suites and the end-to-end tests under AddressSanitizer and UBSan, planted
# mistakes in the oracle, then the real report, twice.
.PHONY: test
test: ## everything that must hold (under 5 minutes on 2 cores)
	$(MAKE) --no-print-directory format-check layers
	$(MAKE) --no-print-directory VARIANT=sanitize all suites
	XULP=build/sanitize/xulp tests/e2e/eval.sh
	XULP=build/sanitize/xulp tests/e2e/bad_input.sh
	tests/oracle/mutants.sh
	$(MAKE) --no-print-directory all
	tests/e2e/report.sh

.PHONY: bench
bench: build/bench/bench ## certified cases per second, beside plain MPFR at 113 bits
	build/bench/bench

build/bench/bench: bench/bench.c $(B)/xulp.a Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MF $@.d $< $(B)/xulp.a $(LDFLAGS) $(LDLIBS) -o $@

# --- housekeeping -------------------------------------------------------------

.PHONY: deps
deps: ## install the Debian packages that packages.txt names
	apt-get update
	DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
	  $$(sed 's/#.*//' packages.txt)

.PHONY: format
format: ## clang-format the sources in place
	clang-format -i $(shell find src tests bench -name '*.[ch]')

.PHONY: format-check
format-check: ## fail where clang-format would change something
	clang-format --dry-run --Werror $(shell find src tests bench -name '*.[ch]')

.PHONY: layers
layers: ## fail where a file includes what its layer may not see
	tests/layers.sh

.PHONY: clean
clean: ## remove build/
	rm -rf build

.PHONY: help
help: ## list the entry points
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20
