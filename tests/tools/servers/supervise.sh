#!/bin/sh
# Runs a server for as long as standard input stays open, then ends it and removes its directory.
# Whoever starts this holds the other end of the pipe, so the server goes with it, however it dies.
# Usage: supervise.sh DIRECTORY SIGNAL COMMAND...
directory=$1 signal=$2
shift 2
"$@" </dev/null >>"$directory/log" 2>&1 &
server=$!
# Ctrl-C reaches the whole process group: the tests first have to come to their own end.
trap : INT TERM HUP
cat >/dev/null
kill -s "$signal" "$server" 2>/dev/null
wait "$server" 2>/dev/null
rm -rf "$directory"
