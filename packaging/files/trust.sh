newline='
'

# What files look like from outside, in a line each: any change of one shows.
look() { TZ=UTC0 exec stat -c '%f|%u|%s|%d-%i|%y|%z' "$@" 2>/dev/null; }

# Whether nobody but root and this user can change what the absolute path $1 names: each part must
# belong to one of them, and others may write only to directories with the sticky bit, where what is
# ours is safe from them. The last part may be such a directory only with "shared" as $2. With
# "program" as $2 it is the directory of an unpacked program, and $facts says what its files look like:
# starting another process for that takes as long as all the rest.
safe() {
  case $1 in /*) ;; *) return 1 ;; esac
  last=$1 ending=${2-} part=$1 links=
  set -- "$1"
  [ "$ending" != program ] || set -- "$1" "$1/deno" "$1/SHA256SUMS" "$1/program/"*.js
  while part=${part%/*} && [ -n "$part" ]; do set -- "$part" "$@"; done
  set -- / "$@"
  facts=$(look "$@") || return 1
  facts=$facts$newline mode=0
  for part; do
    # A parent's answer is reliable before a child's: whoever cannot change the parent cannot exchange the child.
    [ $((mode & 022)) -eq 0 ] || [ $((mode & 01000)) -ne 0 ] || return 1
    case $facts in *"$newline"*) ;; *) return 1 ;; esac
    fact=${facts%%"$newline"*} facts=${facts#*"$newline"}
    mode=${fact%%"|"*} owner=${fact#*"|"}
    owner=${owner%%"|"*}
    case $mode:$owner in
      4*:0 | a*:0) ;;
      4*) [ -O "$part" ] || return 1 ;;
      a*) [ "$owner" = "$(id -u)" ] || return 1 ;;
      *) return 1 ;;
    esac
    case $mode in a*) mode=0 links=yes ;; *) mode=$((0x$mode)) ;; esac
    [ "$part" != "$last" ] || break
  done
  [ $((mode & 022)) -eq 0 ] || { [ "$ending" = shared ] && [ $((mode & 01000)) -ne 0 ]; }
}

# Whether the directory $1 is safe, as it is written and as it is without links; then $real is the
# latter, and $mode has its permissions.
trusted() {
  safe "$@" || return 1
  real=$1
  case $links$real/ in yes* | *//* | */./* | */../*) ;; *) return 0 ;; esac
  real=$(cd -P "$1" 2>/dev/null && pwd -P && echo .) || return 1
  real=${real%"$newline".}
  [ "$real" = "$1" ] || safe "$real" "${2-}"
}

# Makes the directory $1 unless it exists, with its parents, each only in a directory that is safe.
private() {
  [ -e "$1" ] || {
    set -- "$1" "${2-}" "${1%/*}"
    private "${3:-/}" shared || return 1
    (umask 077 && mkdir "$1") 2>/dev/null || :
  }
  trusted "$1" "${2-}"
}

# Calls the function $1 with one directory for caches after another until one will do.
try_caches() {
  case ${XDG_CACHE_HOME-} in /*) ! "$1" "$XDG_CACHE_HOME/@PROGRAM@" || return 0 ;; esac
  # Root has a cache of its own, whoever HOME belongs to.
  [ ! -O / ] || ! "$1" /var/cache/@PROGRAM@ || return 0
  case ${HOME-} in
    /*) [ -d "$HOME" ] && "$1" "${HOME%/}/.cache/@PROGRAM@" ;;
    *) return 1 ;;
  esac
}

# Removes the variables that steer Deno, Node and npm: this program has options and a configuration
# of its own. Those that name certificates stay.
forget_variables() {
  names=$(export -p)
  IFS=$newline
  set -f
  for name in $names; do
    name=${name%%=*}
    name=${name##* }
    case $name in
      *[!A-Za-z0-9_]* | DENO_CERT | DENO_TLS_CA_STORE | NODE_EXTRA_CA_CERTS) ;;
      DENO_* | NODE_* | OTEL_* | NPM_CONFIG_* | npm_config_* | JSR_* | RUST_* | RAYON_* | TOKIO_*)
        unset "$name"
        ;;
    esac
  done
  set +f
  unset IFS
}

need_proc() {
  [ -e /proc/self/exe ] || fail "Cannot run without /proc, in which Deno finds itself;" \
    'run "mount -t proc proc /proc" first'
}

# Says in a variable that SIGHUP is ignored, as "nohup" has it: Deno would obey it once it listens to it.
note_nohup() {
  read -r facts </proc/self/stat
  # Behind the name of the process, the 31st field has the ignored signals; this one's bit is the lowest.
  set -- ${facts##*") "}
  [ $((${31} & 1)) -eq 0 ] || export MISTRAL_DB_MANAGE_NOHUP=1
} 2>/dev/null

# Replaces this shell by Deno in the directory $1, with DENO_DIR=$2. Deno looks for settings in HOME,
# so that it gets a directory without any; the program takes its user's back.
start() {
  home=$1 caller=${HOME-}
  forget_variables
  export DENO_DIR="$2" DENO_NO_UPDATE_CHECK=1 DENO_DISABLE_NODE_SHIM=1
  export MISTRAL_DB_MANAGE_HOME="$caller" HOME="$home"
  shift 2
  need_proc
  note_nohup
  if [ -n "$path_was_set" ]; then PATH=$path; else unset PATH; fi
  exec "$home/deno" run @DENO_OPTIONS@ @PERMISSIONS@ "$home/program/@MAIN@" "$@"
}
