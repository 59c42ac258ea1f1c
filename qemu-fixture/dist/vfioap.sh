#!/bin/sh
# vfioap: the command line of an unpacked release or an installed package.
set -eu

called=$0
home=$(CDPATH='' cd -- "$(dirname "$(readlink -f "$0")")/.." && pwd -P)
jar=$home/lib/vfioap.jar
place=$home/lib/place
cache=$home/cache # what the first use makes; without it everything works, more slowly
archive=$cache/vfioap.jsa
installed=$cache/emulator

. "$place/launch.sh"

say() { printf 'vfioap: %s\n' "$*" >&2; }
has() { command -v "$1" >/dev/null 2>&1; }

# A tarball has a Java of its own, the package takes that of the system.
find_java() {
  for java in "$home/runtime/bin/java" ${JAVA_HOME:+"$JAVA_HOME/bin/java"} java; do
    if has "$java"; then return; fi
  done
  say "there is no Java: install one (17 or newer; Debian: apt-get install default-jre-headless) or set JAVA_HOME"
  exit 2
}

# prepare emulator|archive: makes what is missing, where this user may; whoever comes meanwhile waits.
prepare() {
  if [ "$1" = emulator ]; then made=$installed/qemu-monitor/classes.jsa; else made=$archive; fi
  if [ -e "$made" ] || ! mkdir -p "$cache" 2>/dev/null || [ ! -w "$cache" ]; then return; fi
  if has flock; then
    exec 9<"$cache"
    flock 9
  fi
  if [ ! -e "$made" ]; then
    say "preparing a quick start; this happens once"
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    if ! "make_$1" >"$scratch/log" 2>&1 </dev/null; then
      say "that failed, so each start takes longer: $(tail -n 1 "$scratch/log")"
      mkdir -p "${made%/*}"
      : >"$made"
    fi
    rm -rf "$scratch"
    trap - EXIT
  fi
  exec 9<&-
}

make_archive() { archive_classes; }
make_emulator() { "$java" -jar "$jar" install-emulator "$installed"; }

find_java
case ${1:-} in
  '' | -* | help | doctor | generate-completion) ;;
  prepare) # for those who install for others
    prepare archive
    prepare emulator
    exit
    ;;
  exec | shell | guest) ;;
  *)
    prepare archive
    case " $* " in *' --libvirtd '*) prepare emulator ;; esac
    ;;
esac
launch "$@"
