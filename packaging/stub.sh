#!/bin/sh
# @PROGRAM@ @VERSION@ for @TARGET@. Licence: Apache-2.0. This file is a shell script of
# @START@ bytes, then the program and a compressed Deno. Everything after its first 4096 bytes has
# this length and digest:
length=@LENGTH@ digest=@DIGEST@
path=${PATH-} path_was_set=${PATH+x}
PATH=/usr/bin:/bin:/usr/local/bin${PATH:+:$PATH}
case $0 in */*) self=$0 ;; *) self=./$0 ;; esac
fail() { unset IFS; printf '%s\n' "$*" >&2; exit 1; }
first=${XDG_CACHE_HOME:-${HOME:-/dev/null}/.cache}/@PROGRAM@
# Of this file, and of the first cache if it is there, in a line each:
# size | change time | device-inode | owner | mode
facts() { TZ=UTC0 stat -L -c '%s|%z|%d-%i|%u|%a' "$@" 2>/dev/null; }
known=$(facts "$self" "$first")
found=${known%%"|"*}
[ -n "$found" ] || fail "Cannot start @PROGRAM@: \"$self\" cannot be read, or the command stat is missing"
[ "$((found))" -eq "$((length + 4096))" ] || fail "Cannot start @PROGRAM@: \"$self\" is" \
  "truncated or altered: it has $((found)) bytes instead of $((length + 4096)); download it again"
@FILL@
# Nothing of what follows runs before the last line.
key=@KEY@
target=@TARGET@
unpacked=@UNPACKED@

# Whether a directory, with these facts, is ours or root's, and nobody else's to write to. Where others
# may write beside it, one look that follows no link tells all: what it shows cannot be exchanged.
trusted() {
  case $1 in
    */"@PROGRAM@")
      [ ! -L "$1" ] || return 1
      [ -O "$1" ] || case $2 in *'|0|'*) ;; *) return 1 ;; esac
      mode=${2##*|}
      ;;
    *)
      look=$(stat -c '%f|%u|%a' "$1" 2>/dev/null) || return 1
      case $look in 4???"|$user|"* | 4???"|0|"*) ;; *) return 1 ;; esac
      mode=${look##*|}
      ;;
  esac
  case $mode in *[2367] | *[2367]?) return 1 ;; esac
}

# Whether the directory $1 has the whole program: a power cut can leave files that are empty, and an
# empty program says nothing and succeeds.
complete() {
  total=0
  for size in $(stat -L -c %s "$1/deno" "$1/program/"*.js 2>/dev/null); do
    total=$((total + size))
  done
  [ "$total" -eq "$unpacked" ]
}

# Where the program may live, one after another in $caches, each ended by a newline.
list_caches() {
  caches=
  case ${XDG_CACHE_HOME-} in /*) caches="$XDG_CACHE_HOME/@PROGRAM@$newline" ;; esac
  case ${HOME-} in
    /*) [ ! -d "$HOME" ] || caches="$caches${HOME%/}/.cache/@PROGRAM@$newline" ;;
  esac
  case $caches in '') add_temporary ;; esac
}

add_temporary() {
  user=$(id -u)
  for temporary in "${TMPDIR:-/tmp}" /tmp /var/tmp /dev/shm; do
    case $temporary in
      /*) caches="$caches${temporary%/}/@PROGRAM@-$user$newline" ;;
    esac
  done
}

# Finds a cache that holds the program already; then $home is its directory there.
find_home() {
  IFS=$newline
  for cache in $caches; do
    [ -x "$cache/$key/deno" ] || continue
    [ "$cache" = "$first" ] || known=$(facts "$self" "$cache") || continue
    trusted "$cache" "${known#*"$newline"}" && complete "$cache/$key" || continue
    home=$cache/$key
    identity=${known%%"$newline"*}
    return 0
  done
  return 1
}

# Reads all of this file, unless it has not been touched since that was last done.
verify() {
  identity=${identity%|*|*}
  seen=
  mark=$home/verified-${identity##*|}
  [ ! -r "$mark" ] || read -r seen <"$mark"
  [ "$seen" = "$identity" ] || {
    check_digest
    remember
  }
}

remember() {
  { printf '%s\n' "$identity" >"$home/verified-${identity##*|}"; } 2>/dev/null || :
}

check_digest() {
  sum=$(dd if="$self" bs=4096 skip=1 2>/dev/null | sha256sum) ||
    fail "Cannot check \"$self\": the command sha256sum is missing; install it"
  [ "${sum%% *}" = "$digest" ] || fail "Cannot start @PROGRAM@: \"$self\" is altered: its digest" \
    "is not the one it was made with; download it again"
}

# Tries to unpack into the directory $1; says in $problem why it did not work.
unpack() {
  problem="cannot be made or written to"
  (umask 077 && mkdir -p "$1") 2>/dev/null || return 1
  known=$(facts "$1") && trusted "$1" "$known" || {
    problem="belongs to somebody else, or others may write to it"
    return 1
  }
  new=$(mktemp -d "$1/.new.XXXXXXXX" 2>/dev/null) || return 1
  (umask 077 && printf '#!/bin/sh\n' >"$new/try" && chmod 700 "$new/try") 2>/dev/null || return 1
  problem="is on a file system where no program may run (noexec)"
  "$new/try" 2>/dev/null || return 1
  problem="has no room for @ROOM@ MB"
  dd if="$self" bs=4096 skip=@RUNTIME_BLOCK@ 2>/dev/null | gzip -dc 2>/dev/null >"$new/deno" &&
    dd if="$self" bs=4096 skip=@PROGRAM_BLOCK@ count=@PROGRAM_BLOCKS@ 2>/dev/null \
      >"$new/install.js" && chmod 500 "$new/deno" || return 1
  problem=$(DENO_DIR=/dev/null/none "$new/deno" run @DENO_OPTIONS@ --allow-write="$new" \
    "$new/install.js" "$new/program" 2>&1) || {
    problem="cannot hold the program, or Deno does not run on this system: $problem"
    return 1
  }
  rm -f "$new/try" "$new/install.js"
  publish "$1" "$new"
}

# Puts a whole program in its place, whoever else does so at the same time. It is on the disk before
# it is found there.
publish() {
  home=$1/$key
  sync "$2/deno" "$2/program/"*.js "$2/program" "$2" 2>/dev/null || sync
  complete "$home" || { rm -rf "$home" && mv "$2" "$home"; } 2>/dev/null
  rm -rf "$2" "$home/${2##*/}"
  sync "$1" 2>/dev/null
  problem="lost the program while it was unpacked; try again"
  complete "$home"
}

runs() {
  for process in /proc/[0-9]*/exe; do
    [ ! "$process" -ef "$1deno" ] || return 0
  done
  return 1
}

# Removes old versions from the directory $1, but neither one that runs nor the last two: another
# container may run them, where no process is seen from here. Also what was begun and left.
clean() {
  kept=0
  IFS=$newline
  for other in $(ls -1dt "$1"/*/); do
    [ "$other" != "$1/$key/" ] || continue
    kept=$((kept + 1))
    [ "$kept" -le 2 ] || runs "$other" || rm -rf "$other"
  done
  unset IFS
  find "$1" -maxdepth 1 -name '.new.*' -mmin +10 -exec rm -rf {} +
} 2>/dev/null

install() {
  [ "$target" = "linux-$(uname -m)" ] || fail "Cannot start @PROGRAM@: it is made for $target," \
    "and this is $(uname -s) $(uname -m); get the file that is made for it"
  command -v gzip >/dev/null && command -v dd >/dev/null ||
    fail "Cannot unpack @PROGRAM@: the commands gzip and dd are needed; install them"
  check_digest
  case ${user-} in '') add_temporary ;; esac
  new=
  trap 'rm -rf "$new"; exit 130' INT
  trap 'rm -rf "$new"; exit 143' TERM HUP
  problems=
  IFS=$newline
  for cache in $caches; do
    unset IFS
    if unpack "$cache"; then
      trap - INT TERM HUP
      identity=$(facts "$self")
      identity=${identity%|*|*}
      remember
      clean "$cache"
      return 0
    fi
    rm -rf "${new:-/dev/null/none}" 2>/dev/null
    case $problems in *"\"$cache\""*) ;; *) problems="$problems \"$cache\" $problem;" ;; esac
  done
  fail "Cannot unpack @PROGRAM@:$problems set XDG_CACHE_HOME to a directory where you may write" \
    "and run programs"
}

main() {
  newline='
'
  list_caches
  if find_home; then verify; else install; fi
  unset IFS
  [ -e /proc/self/exe ] || fail "Cannot run without /proc, in which Deno finds itself;" \
    'run "mount -t proc proc /proc" first'
  if [ -n "$path_was_set" ]; then PATH=$path; else unset PATH; fi
  DENO_DIR=$home/cache DENO_NO_UPDATE_CHECK=1 exec "$home/deno" run @DENO_OPTIONS@ \
    @PERMISSIONS@ "$home/program/@MAIN@" "$@"
}
main "$@"
exit 1
