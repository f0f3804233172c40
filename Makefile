.DEFAULT_GOAL := help
B := .venv/bin

help: ## List the verbs
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'
check: ## Run every check, as CI does
	./test
draw: ## Run the unit tests in another order, on other drawn examples
	$(B)/pytest -n auto -m "not e2e"
fix: ## Format the code and mend what can be mended alone
	$(B)/ruff check -q --fix . ; $(B)/ruff format -q .
bench: ## Print every figure that the documentation claims
	@for f in benchmarks/*.py; do echo "── $$f"; $(B)/python $$f || exit 1; done
docs: ## Write the tree of the house from the packages
	$(B)/python docs/tree.py
messages: ## Compile the French, then list the sentences that have none
	$(B)/python -m orchestre.config.messages && $(B)/python -m orchestre.config.messages --missing
shots: ## Take the screenshots of the README and the guide
	$(B)/python docs/shots.py
lock: ## Resolve the dependencies again, with hashes and without any address
	.tool/bin/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o requirements/app.lock
	.tool/bin/uv pip compile pyproject.toml --group build --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o requirements/dev.lock
	! grep -qE 'https?://' requirements/*.lock
