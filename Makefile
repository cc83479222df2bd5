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
LIBRARIES := libcyaml yaml-0.1 jansson mpfr gmp libxxhash
WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Werror
# Floating-point results are measured everywhere: no contraction, no licence.
STRICT := -ffp-contract=off -fno-fast-math -frounding-math
CFLAGS := -std=c17 -D_GNU_SOURCE $(WARNINGS) $(STRICT) $(OPTIMIZE) $(SANITIZE) -fopenmp
CPPFLAGS = -Isrc $(CPPFLAGS_quick)
LDFLAGS := $(SANITIZE) -fopenmp
LDLIBS = $(shell pkg-config --libs $(LIBRARIES) openblas) -lm

# The formulations are compiled once a build of src/impl/real.h, all in one
# translation unit: for the types of the machine and for any format, with each
# source of elementary functions (maths.def); counted; on a tape; and blamed.
maths_of = $(shell sed -n 's/^MATH.\([a-z0-9]*\), $1, $2,.*/\1/p' src/impl/maths.def)
FUNCTIONS := canonical libm blas
$(foreach f,$(FUNCTIONS),$(foreach m,$(call maths_of,$f,[a-z]*),$(eval FUNCTIONS_$m := $f)))
MATHS := $(call maths_of,[a-z]*,[a-z]*)
BUILD_SOURCES := $(wildcard src/impl/formulations/*.c src/impl/gradients/*.c) \
  src/impl/entry.c src/impl/evaluate.c src/impl/evaluate_block.c src/impl/evaluate_gradient.c
BUILDS := $(foreach m,$(MATHS),binary32_$m binary64_$m) \
  $(foreach m,$(call maths_of,[a-z]*,any),any_$m) counted tape blamed
PLAIN := $(filter-out src/cli/main.c src/mpi/main.c $(BUILD_SOURCES),$(wildcard src/*/*.c))

# The fast path of the oracle is compiled once an instruction set as well, to be
# vectorised by the compiler and chosen at run time (src/oracle/quick.h).
QUICK_SOURCES := $(addprefix oracle/quick_,rows loss gradient block) measure/quick_measure_block
ifeq ($(shell uname -m),x86_64)
  QUICK_BUILDS := avx2 avx512
  CPPFLAGS_quick := -DQUICK_X86
endif
QUICK_MARCH_avx2 := x86-64-v3
QUICK_MARCH_avx512 := x86-64-v4 -mprefer-vector-width=512

PLAIN_OBJECTS := $(PLAIN:src/%.c=$(B)/obj/%.o)
BUILD_OBJECTS := $(BUILDS:%=$(B)/obj/impl/build_%.o)
QUICK_OBJECTS := $(foreach q,$(QUICK_BUILDS),$(QUICK_SOURCES:%=$(B)/obj/%.$q.o))
OBJECTS := $(PLAIN_OBJECTS) $(BUILD_OBJECTS) $(QUICK_OBJECTS)

EXPERIMENTS := $(wildcard experiments/*.yaml experiments/corpus/*.yaml)
PLATFORM_EXPERIMENTS := $(wildcard experiments/platform/*.yaml)
SUITES := $(patsubst tests/%.c,$(B)/tests/%,$(wildcard tests/*/test_*.c))

.PHONY: all
all: $(B)/xulp ## build the program, build/xulp

$(B)/xulp: $(B)/obj/cli/main.o $(B)/xulp.a
	$(CC) $(LDFLAGS) $^ $(LDLIBS) -o $@

# Everything but main, for the program, the suites and the benchmark.
$(B)/xulp.a: $(OBJECTS)
	@rm -f $@
	@ar -rcs $@ $(OBJECTS)

# What this program is made of, as one digest: what was computed by other sources
# is not gone on with (src/sweep/sources.h).
SOURCES := $(sort $(shell find src -name '*.[ch]' -o -name '*.def'))
$(B)/obj/sweep/sources.o: CPPFLAGS += \
  -DXULP_SOURCES='"$(shell sha256sum $(SOURCES) | sha256sum | cut -c 1-32)"'
$(B)/obj/sweep/sources.o: $(SOURCES)

# Where Debian keeps cblas.h; only blas.c includes it.
$(B)/obj/impl/blas.o: CPPFLAGS += $(shell pkg-config --cflags openblas)

$(B)/obj/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@

# Loops without branches, to be vectorised: nobody asks about traps, and rounding is
# to nearest.
QUICK_FLAGS := -O3 -fno-trapping-math -fno-rounding-math
$(QUICK_SOURCES:%=$(B)/obj/%.o): CFLAGS += $(QUICK_FLAGS)
define quick_rule
$(B)/obj/%.$1.o: src/%.c Makefile
	@mkdir -p $$(@D)
	$$(CC) $$(CPPFLAGS) $$(CFLAGS) $(QUICK_FLAGS) -march=$(QUICK_MARCH_$1) -DQUICK_BUILD=$1 -MMD -MP -c $$< -o $$@
endef
$(foreach q,$(QUICK_BUILDS),$(eval $(call quick_rule,$q)))

# The same program with another main, for several machines; only it needs MPI.
.PHONY: mpi
mpi: $(B)/xulp-mpi ## build build/xulp-mpi, the program for mpirun

$(B)/xulp-mpi: src/mpi/main.c $(B)/xulp.a Makefile
	@mkdir -p $(B)/obj/mpi
	mpicc $(CPPFLAGS) $(patsubst %,-isystem %,$(shell mpicc --showme:incdirs)) $(CFLAGS) \
	  -MMD -MP -MF $(B)/obj/mpi/main.d $< $(B)/xulp.a $(LDFLAGS) $(LDLIBS) -o $@

# carrier_math is a build of numbers; what else differs is said here.
math_of = $(word 2,$(subst _, ,$1))
build_kind = -DREAL_BUILD=$1 -DREAL_KIND=number -DREAL_CARRIER=$(word 1,$(subst _, ,$1)) \
  -DREAL_MATH=$(FUNCTIONS_$(math_of))
KIND_counted := -DREAL_BUILD=counted -DREAL_KIND=number -DREAL_CARRIER=any -DREAL_MATH=canonical \
  -DREAL_COUNTED
KIND_tape := -DREAL_BUILD=tape -DREAL_KIND=tape
KIND_blamed := -DREAL_BUILD=blamed -DREAL_KIND=blamed

# What a platform math permits its compiler, in the place of STRICT and OPTIMIZE
# and without sanitizers.  Only the formulations are compiled so, and nothing is
# linked so: -ffast-math at the link would set the processor to flush subnormals.
LICENCE_libmo3 := -O3 -march=native -ffp-contract=fast
LICENCE_fastmath := -O2 -ffast-math
COMPILER_clang := clang
LICENCE_clang := -O2
COMPILER_clangfast := clang
LICENCE_clangfast := -O3 -march=native -ffast-math
build_compiler = $(or $(COMPILER_$(math_of)),$(CC))
build_licence = $(or $(LICENCE_$(math_of)),$(STRICT) $(OPTIMIZE))
build_flags = -std=c17 -D_GNU_SOURCE $(WARNINGS) $(build_licence) \
  $(if $(LICENCE_$(math_of)),,$(SANITIZE)) \
  -DREAL_COMPILED='"$(strip $(build_compiler) -std=c17 $(build_licence))"'

$(B)/obj/impl/builds.c: $(BUILD_SOURCES) Makefile
	@mkdir -p $(@D)
	@printf '#include "%s"\n' $(BUILD_SOURCES:src/%=%) >$@

$(B)/obj/impl/build_%.o: $(B)/obj/impl/builds.c Makefile
	$(call build_compiler,$*) $(CPPFLAGS) $(call build_flags,$*) \
	  $(or $(KIND_$*),$(call build_kind,$*)) -MMD -MP -c $< -o $@

-include $(OBJECTS:.o=.d) $(B)/obj/cli/main.d $(B)/obj/mpi/main.d $(SUITES:=.d)

# On all cores.
PARALLEL = $(MAKE) --no-print-directory --jobs=$(shell nproc) --output-sync

# --- the report ---------------------------------------------------------------

.PHONY: report
report: ## run every experiment and write build/report/ (report.md, report.html)
	@$(PARALLEL) all
	build/xulp run $(EXPERIMENTS) --out build/results
	build/xulp onset --format binary64,binary32,binary16,bfloat16,bfloat16/binary32 --out build/results
	build/xulp report --results build/results --out build/report
	build/xulp platform $(PLATFORM_EXPERIMENTS) --out build/report/platform
	@echo "build/report/report.html"

# The corpus, hunted anew with another seed, say, or more cases: what is better
# takes the place of what is there.  Then whether it found by itself what the
# tables of the last report know of.
HUNT := --budget 1000000 --seed 1
# Formats of 16 bits: single elements can all be tried, rows cannot.
ROWS := --problem softmax-ce,stablemax-ce,log-sum-exp,softmax,bce-prob-batch
.PHONY: hunt
hunt: all ## search for worst inputs, a while: experiments/corpus/ and build/hunt/ (HUNT='--seed 2')
	build/xulp hunt $(HUNT) --format binary64,binary32 --out build/hunt --corpus experiments/corpus
	build/xulp hunt $(HUNT) --format binary16,bfloat16 --find greatest-error $(ROWS) --out build/hunt/half \
	  --corpus experiments/corpus
	build/xulp hunt $(HUNT) --formulation stan-bce,signed-softplus-bce --soft-labels \
	  --find false-zero --out build/hunt/soft
	tests/hunt_false_zeros.sh build/results build/hunt/hunt.tsv build/hunt/*/hunt.tsv

.PHONY: platform
platform: build/xulp ## what this machine's compilers and libraries change: build/platform/
	build/xulp platform $(PLATFORM_EXPERIMENTS) --out build/platform
	@echo "build/platform/platform.html"

# --- tests --------------------------------------------------------------------

# A suite tests/DIR/test_NAME.c is a Check program over all objects but main.
$(B)/tests/%: tests/%.c $(B)/xulp.a Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MF $@.d $< $(B)/xulp.a $(LDFLAGS) \
	  $(shell pkg-config --libs check) $(SUITE_LIBS) $(LDLIBS) -o $@

# Arb is the second oracle, in this one suite only.
$(B)/tests/oracle/test_arb: SUITE_LIBS := -lflint-arb -lflint

# A test that hangs ends; one on a busy machine is let be.
export CK_DEFAULT_TIMEOUT := 120

.PHONY: suites $(SUITES:%=run-%)
suites: $(SUITES:%=run-%) ## build and run the Check suites of this VARIANT
$(SUITES:%=run-%): run-%: %
	@$<

# The suites under AddressSanitizer and UBSan; the second oracle and the fast path with
# all their cases, planted mistakes, proofs, and the end-to-end tests of the program, the
# real report among them.
.PHONY: test
test: ## everything that must hold (under 5 minutes on 2 cores)
	@$(MAKE) --no-print-directory format-check layers
	XULP_QUICK=1 $(PARALLEL) VARIANT=sanitize all suites
	$(PARALLEL) all mpi build/tests/oracle/test_arb build/tests/measure/test_quick
	$(PARALLEL) test-report test-quick test-mutants test-programs test-arb test-proofs

.PHONY: test-report test-arb test-mutants test-programs test-quick test-proofs
test-report:
	tests/e2e/report.sh
test-arb:
	build/tests/oracle/test_arb
test-quick:
	build/tests/measure/test_quick
test-mutants:
	tests/oracle/mutants.sh
test-proofs:
	tests/oracle/proofs.sh
test-programs:
	XULP=build/sanitize/xulp tests/e2e/eval.sh
	XULP=build/sanitize/xulp tests/e2e/bad_input.sh
	OTHER=build/sanitize/xulp tests/e2e/platform.sh
	tests/e2e/chunks.sh
	tests/e2e/hunt.sh

.PHONY: elementary-exhaustive
elementary-exhaustive: build/tests/impl/exhaustive_elementary ## every binary32 argument of exp, log, … (minutes)
	$<

.PHONY: proofs
proofs: ## prove the bounds of the oracle's fast kernels (Sollya, Gappa)
	src/oracle/proofs/prove.sh

.PHONY: bench
bench: build/bench/bench ## what the exact side costs, as ratios of things run in turns
	build/bench/bench

build/bench/bench: $(wildcard bench/*.c) bench/clock.h $(B)/xulp.a Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(filter %.c,$^) $(B)/xulp.a $(LDFLAGS) $(LDLIBS) -o $@

# --- housekeeping -------------------------------------------------------------

.PHONY: deps
deps: ## install the Debian packages that packages.txt names
	apt-get update
	DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
	  $$(sed 's/#.*//' packages.txt)

.PHONY: format
format: ## clang-format the sources in place
	@clang-format -i $(shell find src tests bench -name '*.[ch]')

.PHONY: format-check
format-check: ## fail where clang-format would change something
	@clang-format --dry-run --Werror $(shell find src tests bench -name '*.[ch]')

.PHONY: layers
layers: ## fail where a file includes what its layer may not see
	tests/layers.sh

.PHONY: clean
clean: ## remove build/
	rm -rf build

.PHONY: help
help: ## list the entry points
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20
