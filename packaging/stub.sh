#!/bin/sh
# @PROGRAM@ @VERSION@ for @TARGET@. License: Apache-2.0. This file is a shell script of
# @START@ bytes, then the program and a compressed Deno. Everything after its first 4096 bytes has
# this length and digest:
length=@LENGTH@ digest=@DIGEST@
path=${PATH-} path_was_set=${PATH+x}
PATH=/usr/bin:/bin:/usr/local/bin${PATH:+:$PATH}
case $0 in */*) self=$0 ;; *) self=./$0 ;; esac
fail() { unset IFS; printf '%s\n' "$*" >&2; exit 1; }
# Of this file: size | change time | device-inode
identify() { TZ=UTC0 exec stat -L -c '%s|%z|%d-%i' "$self" 2>/dev/null; }
identity=$(identify)
found=${identity%%"|"*}
[ -n "$found" ] || fail "Cannot start @PROGRAM@: \"$self\" cannot be read, or the command stat is missing"
[ "$((found))" -eq "$((length + 4096))" ] || fail "Cannot start @PROGRAM@: \"$self\" is" \
  "truncated or altered: it has $((found)) bytes instead of $((length + 4096)); download it again"
@FILL@
# Nothing of what follows runs before the last line.
# Digest of SHA256SUMS, which has those of all that is unpacked:
contents=@CONTENTS@
key=@KEY@
target=@TARGET@

@TRUST@
# Calls the function $1 with one directory below those for temporary files after another.
try_temporary() {
  user=$(id -u)
  for temporary in "${TMPDIR:-/tmp}" /tmp /var/tmp; do
    case $temporary in
      /*) ! "$1" "${temporary%/}/@PROGRAM@-$user" || return 0 ;;
    esac
  done
  # Names in directories for all may be taken; these are root's alone.
  [ "$user" = 0 ] || return 1
  for own in /root/.cache /run; do
    ! "$1" "$own/@PROGRAM@" || return 0
  done
  return 1
}

# Finds the program where the cache $1 has it already; then $home is its directory there.
find_home() {
  [ -x "$1/$key/deno" ] && is_ready "$1/$key" || return 1
  home=$real
  for left in "${home%/*}"/.new.*; do
    [ ! -d "$left" ] || remove_leftovers "${home%/*}"
  done
}

# Whether the directory $1 is for this user alone, and has the whole program.
is_ready() {
  trusted "$1" program && [ $((mode & 077)) -eq 0 ] && is_whole "$real"
}

# Whether the directory $1, which is trusted, has the whole program, undamaged. All of it is read only if
# it does not look as it did when that was last done.
is_whole() {
  for file in deno program cache SHA256SUMS; do
    [ -O "$1/$file" ] && [ ! -L "$1/$file" ] || return 1
  done
  [ -O "$1/sealed" ] && [ ! -L "$1/sealed" ] &&
    [ "${facts%"$newline"}" = "$(cat "$1/sealed")" ] || seal "$1"
}

# Compares all files in the directory $1 with their digests, and notes what they look like.
seal() {
  for file in "$1/program/"*; do
    [ -O "$file" ] && [ ! -L "$file" ] || return 1
  done
  now=$(look "$1/deno" "$1/SHA256SUMS" "$1/program/"*.js) || return 1
  sum=$(sha256sum <"$1/SHA256SUMS") && [ "${sum%% *}" = "$contents" ] &&
    (cd "$1" && sha256sum -c SHA256SUMS) >/dev/null 2>&1 || return 1
  (umask 077 && printf '%s\n' "$now" >"$1/.sealed.$$" && mv -f "$1/.sealed.$$" "$1/sealed") \
    2>/dev/null || :
}

# Reads all of this file, unless it has not been touched since that was last done.
verify() {
  seen=
  mark=$home/verified-${identity##*"|"}
  [ ! -r "$mark" ] || read -r seen <"$mark"
  [ "$seen" = "$identity" ] || {
    check_digest
    remember
  }
}

remember() {
  (umask 077 && printf '%s\n' "$identity" >"$home/verified-${identity##*"|"}") 2>/dev/null || :
}

check_digest() {
  sum=$(dd if="$self" bs=4096 skip=1 2>/dev/null | sha256sum) ||
    fail "Cannot check \"$self\": the command sha256sum is missing; install it"
  [ "${sum%% *}" = "$digest" ] || fail "Cannot start @PROGRAM@: \"$self\" is altered: its digest" \
    "is not the one it was made with; download it again"
}

# Tries to unpack into the cache $1; says in $problem why it did not work.
unpack() {
  problem="cannot be made or written to, or others may change it or a directory above it"
  private "$1" && [ -O "$real" ] || return 1
  cache=$real
  new=$(mktemp -d "$cache/.new.XXXXXXXX" 2>/dev/null) || return 1
  (umask 077 && printf '#!/bin/sh\n' >"$new/try" && chmod 700 "$new/try") 2>/dev/null || return 1
  problem="is on a file system where no program may run (noexec)"
  "$new/try" 2>/dev/null || return 1
  problem="has no room for @ROOM@ MB"
  dd if="$self" bs=4096 skip=@RUNTIME_BLOCK@ 2>/dev/null | gzip -dc 2>/dev/null >"$new/deno" &&
    dd if="$self" bs=4096 skip=@PROGRAM_BLOCK@ count=@PROGRAM_BLOCKS@ 2>/dev/null \
      >"$new/install.js" && chmod 500 "$new/deno" || return 1
  problem=$(umask 077 && cd "$new" && HOME=$new DENO_DIR=/dev/null/none \
    ./deno run @DENO_OPTIONS@ --allow-write=. ./install.js 2>&1) || {
    problem="cannot hold the program, or Deno does not run on this system: $problem"
    return 1
  }
  rm -f "$new/try" "$new/install.js"
  problem="does not keep what is written to it, or the command sha256sum is missing"
  seal "$new" || return 1
  publish "$new" "$cache/$key"
}

# Puts the whole program $1 in its place $2, whoever else does so at the same time. It is on the disk
# before it is found there.
publish() {
  sync "$1/deno" "$1/program/"*.js "$1/program" "$1" 2>/dev/null || sync
  { [ ! -e "$2" ] && [ ! -L "$2" ]; } || is_ready "$2" || rm -rf "$2"
  mv "$1" "$2" 2>/dev/null
  rm -rf "$1" "$2/${1##*/}"
  sync "${2%/*}" 2>/dev/null
  home=$2
  problem="lost the program while it was unpacked; try again"
  is_ready "$home"
}

runs() {
  for process in /proc/[0-9]*/exe; do
    [ ! "$process" -ef "$1deno" ] || return 0
  done
  return 1
}

# Removes old versions from the cache $1, but neither one that runs nor the last two: another
# container may run them, where no process is seen from here.
remove_old() {
  kept=0
  IFS=$newline
  for other in $(cd "$1" && ls -1dt ./*-????????????????/); do
    other=$1/${other#./}
    [ "$other" != "$1/$key/" ] || continue
    kept=$((kept + 1))
    [ "$kept" -le 2 ] || runs "$other" || rm -rf "$other"
  done
  unset IFS
} 2>/dev/null

# Removes from the cache $1 what was begun and left; another process may be at what is new.
remove_leftovers() {
  find "$1" -maxdepth 1 -name '.new.*' -mmin +10 -exec rm -rf {} +
} 2>/dev/null

# Unpacks into the cache $1, or adds to $problems why not.
install_in() {
  new=
  if unpack "$1"; then
    remove_old "$cache"
    remove_leftovers "$cache"
    return 0
  fi
  rm -rf "${new:-/dev/null/none}" 2>/dev/null
  case $problems in *"\"$1\""*) ;; *) problems="$problems \"$1\" $problem;" ;; esac
  return 1
}

install() {
  [ "$target" = "linux-$(uname -m)" ] || fail "Cannot start @PROGRAM@: it is made for $target," \
    "and this is $(uname -s) $(uname -m); get the file that is made for it"
  command -v gzip >/dev/null && command -v dd >/dev/null ||
    fail "Cannot unpack @PROGRAM@: the commands gzip and dd are needed; install them"
  need_proc
  check_digest
  forget_variables
  new=
  trap 'rm -rf "$new"; exit 130' INT
  trap 'rm -rf "$new"; exit 143' TERM HUP
  problems=
  try_caches install_in || try_temporary install_in ||
    fail "Cannot unpack @PROGRAM@:$problems set XDG_CACHE_HOME to a directory where you may write" \
      "and run programs, and that only you and root may change"
  trap - INT TERM HUP
  remember
}

if try_caches find_home || try_temporary find_home; then verify; else install; fi
start "$home" "$home/cache" "$@"
exit 1
