# make help lists the targets.

.PHONY: help generate check test race lint bench stress fuzz tools ci

GO ?= go
FUZZTIME ?= 20s
STRESSTIME ?= 30s

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

generate: ## write the Go code of the description
	$(GO) run ./cmd/wxgen generate

check: ## tell whether the Go code is current
	$(GO) run ./cmd/wxgen check

test: ## run all tests
	$(GO) test ./...

race: ## run the tests of generator and runtime with the race detector
	.ci/run race

lint: ## vet, format, staticcheck, and the faults of the description
	.ci/run vet format staticcheck description

bench: ## measure generating, checking and calling
	$(GO) test -run '^$$' -bench . -benchmem ./cmd/... ./internal/... ./wxpay/...

stress: ## stress the runtime for STRESSTIME (30s), and repeat the race and interrupt tests
	WXPAY_STRESS=$(STRESSTIME) $(GO) test -race -count=1 -v -run '^TestStress$$' ./wxpay
	WXPAY_STRESS=$(STRESSTIME) $(GO) test -count=1 -v -run 'ShowsASecret|Mutated' ./wxpay
	WXGEN_REQUESTS=1000000 $(GO) test -count=1 -v -timeout 2h -run '^TestMillion$$' ./internal/mock
	$(GO) test -race -count=5 -run 'Stress|Interrupt|Concurrent|Race' \
	  ./cmd/... ./internal/... ./wxpay/...

fuzz: ## fuzz every fuzz test for FUZZTIME (20s)
	@grep -rl --include='*_test.go' '^func Fuzz' . | sort | while read -r file; do \
	  sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' "$$file" | while read -r name; do \
	    echo "== $$(dirname "$$file") $$name"; \
	    $(GO) test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) \
	      -fuzzminimizetime 10x "$$(dirname "$$file")" || exit 1; \
	  done || exit 1; \
	done

tools: ## install seven tools of other languages from npm and the Go proxy, and run them on a bundle
	cd interop/bundle && WXGEN_TOOLS=1 $(GO) test -count=1 -timeout 30m -v .

ci: ## run everything that CI runs
	.ci/run
