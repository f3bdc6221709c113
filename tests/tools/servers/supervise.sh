#!/bin/sh
# Runs a server for as long as standard input stays open, then ends it and removes its directory.
# Whoever starts this holds the other end of the pipe, so the server goes with it, however it dies.
# Each line on standard input kills the server, as a power cut does, and starts it again.
# Usage: supervise.sh DIRECTORY SIGNAL COMMAND...
directory=$1 signal=$2
shift 2
start() {
  # With a process group of its own, all its processes can be killed together.
  setsid "$@" </dev/null >>"$directory/log" 2>&1 &
  server=$!
}
start "$@"
# Ctrl-C reaches the whole process group: the tests first have to come to their own end.
trap : INT TERM HUP
while :; do
  read -r _
  state=$?
  if [ "$state" -eq 0 ]; then
    kill -s KILL -- "-$server"
    wait "$server" 2>/dev/null
    start "$@"
  elif [ "$state" -eq 1 ]; then
    break
  fi
done
kill -s "$signal" "$server" 2>/dev/null
wait "$server" 2>/dev/null
rm -rf "$directory"
