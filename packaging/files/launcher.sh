#!/bin/sh
# Starts the program that is installed beside this. Deno keeps what it has compiled in the user's
# cache, if there is one.
cache=/dev/null
case ${XDG_CACHE_HOME-} in
  /*) cache=$XDG_CACHE_HOME ;;
  *) [ ! -d "${HOME-}" ] || cache=$HOME/.cache ;;
esac
DENO_DIR=$cache/@PROGRAM@ DENO_NO_UPDATE_CHECK=1 exec @LIBRARY@/deno run @DENO_OPTIONS@ \
  @PERMISSIONS@ @LIBRARY@/program/@MAIN@ "$@"
