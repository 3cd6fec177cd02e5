# Two commands are all that a newcomer needs: `make run` and `make test`. Both install what is
# missing, and say so. The rest is for working on Asysta.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test bench site fmt lint unit stories simulation soak docs e2e clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

run: ## build Asysta and serve it with the demo town (ARGS="--listen 0.0.0.0:8080")
	@scripts/run.sh $(ARGS)

test: ## every check, as CI runs them
	@scripts/test.sh

bench: ## measure weight and speed
	@scripts/bench.sh

site: ## the browser part only (ARGS=--dev: quick, unoptimised)
	@scripts/setup.sh toolchain site
	@scripts/site.sh $(ARGS)

fmt: ## format the Rust code
	@cargo fmt

lint: ## formatting and clippy, three ways
	@scripts/test.sh format lint

unit: ## tests of the pure rings: seconds
	@scripts/test.sh unit

stories: ## tests of the server, on SQLite and PostgreSQL
	@scripts/test.sh stories

simulation: ## many stories of phones, office and faults
	@scripts/test.sh simulation

soak: ## such stories as long as one likes (ARGS=60: minutes)
	@ASYSTA_SOAK_MINUTES="$(or $(ARGS),10)" scripts/test.sh soak

docs: ## the documentation, without a dead link
	@scripts/test.sh docs

e2e: ## tests in a browser (ONLY=end2end/smoke.test.mjs: one file)
	@ONLY="$(ONLY)" scripts/test.sh site browser

clean: ## remove what was built; data/ stays
	@cargo clean
	@rm -rf end2end/node_modules end2end/test-results
