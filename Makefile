# `make` tells what there is. The work is done by the scripts in tools/.
.DEFAULT_GOAL := help
.PHONY: help setup demo test lint core-tests pot bench shell stop clean

help:  ## this text
	@tools/help $(firstword $(MAKEFILE_LIST))

setup:  ## Odoo, Python packages and a private PostgreSQL, into .dev/
	@tools/bootstrap

demo:  ## database "demo" with sample data, served on 127.0.0.1:8069
	@tools/demo

test:  ## static checks and all tests; ARGS="-k word" runs a part of the tests only
ifeq ($(strip $(ARGS)),)
	@tools/lint
	@tools/test
else
	@tools/test $(ARGS)
endif

lint:  ## static checks only
	@tools/lint

core-tests:  ## Odoo's own suites with our addons installed, against the baseline; SUITES="sale crm" JOBS=2
	@tools/core-tests

pot:  ## export the terms of our addons and merge them into their zh_CN.po
	@tools/pot

bench:  ## benchmarks/run.py on a database with our addons
	@tools/bench $(ARGS)

shell:  ## Odoo's Python prompt on the demo database
	@tools/odoo shell -d $(or $(DB),demo) --no-http

stop:  ## stop the demo server and the private PostgreSQL
	@tools/stop

clean:  ## remove all that was built: .dev/ and the private PostgreSQL with its databases
	@tools/clean
