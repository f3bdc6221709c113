#!/bin/sh
# Starts the program that is installed beside this. Deno keeps what it has compiled in the user's
# cache, if there is one.
cache=/dev/null
case ${XDG_CACHE_HOME-} in
  /*) cache=$XDG_CACHE_HOME ;;
  *) [ ! -d "${HOME-}" ] || cache=$HOME/.cache ;;
esac
[ -e /proc/self/exe ] || {
  echo 'Cannot run without /proc, in which Deno finds itself; run "mount -t proc proc /proc" first' >&2
  exit 1
}
DENO_DIR=$cache/@PROGRAM@ DENO_NO_UPDATE_CHECK=1 exec @LIBRARY@/deno run @DENO_OPTIONS@ \
  @PERMISSIONS@ @LIBRARY@/program/@MAIN@ "$@"
