#!/bin/sh
# Starts the program that is installed beside this. Deno keeps what it has compiled in a cache where
# nobody but root and this user can change it, if there is one.
path=${PATH-} path_was_set=${PATH+x}
PATH=/usr/bin:/bin:/usr/local/bin${PATH:+:$PATH}
fail() { printf '%s\n' "$*" >&2; exit 1; }
@TRUST@
# What is compiled is run, so that the directory is for this user alone, and so is all in it.
use_cache() {
  private "$1/compiled" && [ $((mode & 077)) -eq 0 ] || return 1
  for file in "$real" "$real"/*; do
    [ ! -L "$file" ] && { [ -O "$file" ] || [ ! -e "$file" ]; } || return 1
  done
}

try_caches use_cache || real=/dev/null/none
start @LIBRARY@ "$real" "$@"
