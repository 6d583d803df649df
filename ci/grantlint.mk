# a target for a project's own Makefile: include this file, and `make grantlint`
GRANTLINT ?= grantlint
GRANTLINT_PATHS ?= policies/

.PHONY: grantlint
grantlint: ## what is wrong with the database accounts
	$(GRANTLINT) $(GRANTLINT_PATHS)
