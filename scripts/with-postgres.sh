#!/usr/bin/env bash
# Runs a command with a throw-away PostgreSQL at hand, its address in ASYSTA_TEST_PG:
#
#   scripts/with-postgres.sh cargo test --features ssr
#
# The server listens on a Unix socket in its own temporary folder only: no port to collide with,
# nobody else can reach it. fsync stays on, as in earnest. All is removed at the end, however it ends.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

(($# > 0)) || die "usage: scripts/with-postgres.sh COMMAND…"
bin="$(postgres_bin)" || die "no PostgreSQL of version 15 or newer: run scripts/setup.sh postgres"

# PostgreSQL refuses to run as root; then a user without rights does it.
as_server() {
    if ((EUID != 0)); then
        (cd "$dir" && "$@")
    else
        (cd "$dir" && runuser -u "$server_user" -- "$@")
    fi
}

choose_user() {
    server_user="$(id -un)"
    ((EUID != 0)) || server_user=postgres
    id "$server_user" >/dev/null 2>&1 || server_user=nobody
}

start() {
    # Short on purpose: the path of a Unix socket may not exceed 107 characters.
    dir="$(mktemp -d /tmp/asysta-pg.XXXXXX)"
    ((EUID != 0)) || chown "$server_user" "$dir"
    # Asysta's tests decide on text order nowhere; C.UTF-8 exists on every machine.
    as_server "$bin/initdb" --pgdata="$dir/data" --username=asysta --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 >"$dir.log" 2>&1 || failed
    as_server "$bin/pg_ctl" start --wait --silent --pgdata="$dir/data" --log="$dir/log" \
        --options="-c listen_addresses='' -c unix_socket_directories='$dir' -c max_connections=200" \
        >>"$dir.log" 2>&1 || failed
}

failed() {
    cat "$dir.log" "$dir/log" >&2 2>/dev/null || true
    die "PostgreSQL did not start"
}

cleanup() {
    [[ -z "${child:-}" ]] || kill -- "-$child" 2>/dev/null || true
    if [[ -n "${dir:-}" ]]; then
        as_server "$bin/pg_ctl" stop --mode=immediate --silent --pgdata="$dir/data" >/dev/null 2>&1 || true
        rm -rf "$dir" "$dir.log"
    fi
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

choose_user
start
export ASYSTA_TEST_PG="postgres://asysta@localhost/postgres?host=$dir"
# In the background and waited for, so that a signal to this script is heard at once; in a process
# group of its own, so that what the command started can be ended with it.
set -m
"$@" <&0 &
child=$!
set +m
status=0
wait "$child" || status=$?
child=
exit "$status"
