#!/bin/sh
# Runs a server for as long as standard input stays open, then ends it and removes its directory.
# Whoever starts this holds the other end of the pipe, so the server goes with it, however it dies.
# Each line on standard input kills the server, as a power cut does, and starts it again.
# Usage: supervise.sh DIRECTORY SIGNAL COMMAND...
directory=$1 signal=$2
shift 2
start() {
  "$@" </dev/null >>"$directory/log" 2>&1 &
  server=$!
}
start "$@"
# Ctrl-C reaches the whole process group: the tests first have to come to their own end.
trap : INT TERM HUP
while :; do
  read -r _
  state=$?
  if [ "$state" -eq 0 ]; then
    # PostgreSQL works in processes of its own, which live a little longer and stand in the way.
    all="$server $(cat "/proc/$server/task/$server/children")"
    kill -s KILL $all
    wait "$server" 2>/dev/null
    for one in $all; do
      # Where nobody buries the dead, they stay as zombies.
      while grep -q '^State:[[:space:]]*[^Z]' "/proc/$one/status" 2>/dev/null; do sleep 0.01; done
    done
    start "$@"
  elif [ "$state" -eq 1 ]; then
    break
  fi
done
kill -s "$signal" "$server" 2>/dev/null
wait "$server" 2>/dev/null
# It may be a disk of its own.
umount "$directory" 2>/dev/null
rm -rf "$directory"
