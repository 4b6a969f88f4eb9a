# Everything a fresh machine needs is set up by the targets themselves: Debian packages here, Swift packages by SwiftPM.

PREFIX ?= /usr/local
SWIFT ?= swift
DEMO_ADDRESS ?= 127.0.0.1:10087

# What SwiftPM cannot bring: SQLite and zlib to build with, and the real programs that the tests run.
BUILD_PACKAGES = libcrypt-dev libsqlite3-dev zlib1g-dev
TEST_PACKAGES = prometheus chromium chromium-driver curl openssl python3 python3-prometheus-client systemd
BENCH_PACKAGES = gcc golang-go golang-github-prometheus-client-golang-dev golang-github-victoriametrics-metrics-dev \
	prometheus

SOURCES = Package.swift Sources Tests Benchmarks

.PHONY: demo test lint format bench install build-setup test-setup bench-setup

demo: build-setup ## The exporter on simulated providers: no account, no file
	$(SWIFT) build --product rtc-exporter
	@echo "Open http://$(DEMO_ADDRESS)/ in a browser, or scrape http://$(DEMO_ADDRESS)/metrics. Ctrl-C ends the demo."
	.build/debug/rtc-exporter demo --web.listen-address $(DEMO_ADDRESS)

# One after the other: some tests time calls against real programs, on machines that have two cores.
test: test-setup ## All tests, against the real Prometheus and a real browser
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	$(SWIFT) test --skip-build --no-parallel

lint: ## Formatting and style
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

format: ## Formats all sources in place
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

bench: bench-setup ## Benchmarks with their peers, in a release build
	$(SWIFT) build --configuration release --product rtc-benchmarks
	.build/release/rtc-benchmarks

install: build-setup ## Installs a release build below PREFIX (/usr/local)
	$(SWIFT) build --configuration release --product rtc-exporter --static-swift-stdlib
	install -D -m 755 .build/release/rtc-exporter $(DESTDIR)$(PREFIX)/bin/rtc-exporter

build-setup:
	@Scripts/install-packages $(BUILD_PACKAGES)

test-setup:
	@Scripts/install-packages $(BUILD_PACKAGES) $(TEST_PACKAGES)

bench-setup:
	@Scripts/install-packages $(BUILD_PACKAGES) $(BENCH_PACKAGES)
