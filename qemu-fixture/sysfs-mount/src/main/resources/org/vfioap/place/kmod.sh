#!/bin/sh
# modprobe, rmmod and lsmod of the machine, by the name that it is called by: this computer's modules are not the
# machine's. Texts and exit status are those of kmod 30; options that do not matter here are accepted.
set -u

kernel=/run/vfioap/kernel
command=${0##*/}

# Prints the line of /proc/modules about a module, or nothing.
find_module() {
  while read -r name size users by rest; do
    if [ "$name" = "$1" ]; then printf '%s\n' "$name $size $users $by"; fi
  done <$kernel/modules
}

# A module may be written with hyphens.
spelled() {
  printf '%s\n' "$1" | tr - _
}

fatal() {
  [ -n "$quiet" ] || printf '%s\n' "$*" >&2
  exit 1
}

list() {
  printf '%-19s %8s  %s\n' Module Size 'Used by'
  while read -r name size users by rest; do
    case $by in
      -) by= ;;
      *) by=" ${by%,}" ;;
    esac
    printf '%-19s %8d  %d%s\n' "$name" "$size" "$users" "$by"
  done <$kernel/modules
}

load() {
  module=$(spelled "$1")
  if [ -n "$(find_module "$module")" ]; then return; fi
  if [ "$module" != vfio_ap ]; then
    fatal "modprobe: FATAL: Module $1 not found in directory /lib/modules/$(uname -r)"
  fi
  [ -n "$dry" ] || (printf %s "$module" >$kernel/load) 2>/dev/null ||
    fatal "modprobe: ERROR: could not insert '$module': No such device"
  sh /run/vfioap/boot.sh module
}

# unload NAME TEXT-IF-IN-USE TEXT-IF-NOT-LOADED: nothing is said of a module that is not loaded if there is no text.
unload() {
  module=$(spelled "$1")
  line=$(find_module "$module")
  if [ -z "$line" ]; then
    [ -z "$3" ] || fatal "$3"
    return
  fi
  set -- "$1" "$2" $line
  case $6 in
    -) ;;
    *) fatal "$2 by: ${6%,}" ;;
  esac
  [ -n "$dry" ] || (printf %s "$module" >$kernel/unload) 2>/dev/null || fatal "$2"
}

quiet=
dry=
remove=
all=
while [ $# -gt 0 ]; do
  case $1 in
    -q | --quiet) quiet=1 ;;
    -n | --dry-run | --show) dry=1 ;;
    -r | --remove) remove=1 ;;
    -a | --all) all=1 ;;
    --) shift; break ;;
    -*) ;;
    *) break ;;
  esac
  shift
done

case $command in
  lsmod) list ;;
  rmmod)
    [ $# -gt 0 ] || fatal "rmmod: ERROR: missing module name."
    for each in "$@"; do
      unload "$each" "rmmod: ERROR: Module $(spelled "$each") is in use" \
        "rmmod: ERROR: Module $(spelled "$each") is not currently loaded"
    done
    ;;
  modprobe)
    [ $# -gt 0 ] || fatal "modprobe: ERROR: missing parameters. See -h."
    if [ -n "$remove" ]; then
      for each in "$@"; do unload "$each" "modprobe: FATAL: Module $(spelled "$each") is in use." ""; done
    elif [ -n "$all" ]; then
      for each in "$@"; do load "$each"; done
    else
      load "$1"
    fi
    ;;
esac
