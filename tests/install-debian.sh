#!/bin/sh
# Installs the Debian packages that tests use where it may; elsewhere says what is missing and what will not run.
set -u
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v chromedriver >/dev/null 2>&1 || missing="$missing chromium-driver"
command -v fish >/dev/null 2>&1 || missing="$missing fish"
command -v zsh >/dev/null 2>&1 || missing="$missing zsh"
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || missing="$missing postgresql"
command -v java >/dev/null 2>&1 || missing="$missing openjdk-17-jre-headless"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
fi
echo "Not installed:$missing. The tests that need them (a browser, shell completion, a PostgreSQL server, Spark) will be skipped; install these packages to run them." >&2
exit 0
