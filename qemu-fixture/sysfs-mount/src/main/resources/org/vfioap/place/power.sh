#!/bin/sh
# reboot, poweroff and shutdown of a guest, by the name that it is called by: they ask the guest's QEMU, which does as libvirt
# told it. Options that do not matter here are accepted.
set -u

power=/run/vfioap/kernel/power
planned=/run/vfioap/shutdown # the process of a shutdown to come

cancel() {
  if [ -e $planned ]; then
    kill "$(cat $planned)" 2>/dev/null
    rm -f $planned
  fi
}

what=poweroff
when=0
case ${0##*/} in
  reboot) what=reboot ;;
  shutdown) when=1 ;;
esac
while [ $# -gt 0 ]; do
  case $1 in
    -r | --reboot) what=reboot ;;
    -[hHpP] | --halt | --poweroff) what=poweroff ;;
    -c) cancel; exit ;;
    -*) ;;
    now) when=0 ;;
    *[!+0-9]*)
      printf 'Failed to parse time specification: %s\n' "$1" >&2
      exit 1
      ;;
    *) when=${1#+} ;;
  esac
  shift
done
cancel
if [ "$when" = 0 ]; then
  printf %s "$what" >$power
else
  setsid sh -c 'sleep "$1"; printf %s "$2" >"$3"' sh $((when * 60)) "$what" $power </dev/null >/dev/null 2>&1 &
  echo $! >$planned
fi
