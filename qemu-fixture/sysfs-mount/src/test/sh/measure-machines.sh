#!/bin/sh
# Measures running machines: measure-machines.sh PATH-OF-VFIOAP. Prints medians in microseconds. mdevctl's start and stop is
# measured twice: in a machine, and in a plain directory tree of the same shape, where this script does what the driver does,
# outside the measured time.
set -eu

vfioap=$1
name=measure-$$

# median COUNT COMMAND...
median() {
  count=$1
  shift
  for _ in $(seq "$count"); do
    begin=$(date +%s%N)
    "$@" >/dev/null 2>&1
    end=$(date +%s%N)
    echo $(((end - begin) / 1000))
  done | sort -n | sed -n "$(((count + 1) / 2))p"
}

setup='
u=62177883-f1bb-47f0-914d-32a22e3a8804
now() { date +%s%N; }
start() { mdevctl start -u $u -p matrix -t vfio_ap-passthrough; }
stop() { mdevctl stop -u $u; }
'
machine=$setup'
for _ in $(seq 201); do a=$(now); start; stop; b=$(now); echo $(((b - a) / 1000)); done | sort -n | sed -n 101p
'
tree=$setup'
mkdir /run/plain
cd /sys
cp -a --parents bus/mdev bus/matrix class/mdev_bus devices/vfio_ap /run/plain/ 2>/dev/null || true
mount -t tmpfs plain /sys
cp -a /run/plain/. /sys/
rm -r /run/plain
d=/sys/devices/vfio_ap/matrix
: >$d/mdev_supported_types/vfio_ap-passthrough/create
for _ in $(seq 201); do
  mkdir $d/$u
  : >$d/$u/remove
  ln -s ../mdev_supported_types/vfio_ap-passthrough $d/$u/mdev_type
  ln -s ../../../devices/vfio_ap/matrix/$u /sys/bus/mdev/devices/$u
  a=$(now); stop; b=$(now)
  rm -r $d/$u /sys/bus/mdev/devices/$u
  c=$(now); start; e=$(now)
  echo $(((b - a + e - c) / 1000))
done | sort -n | sed -n 101p
'

echo "run -- true              $(median 11 "$vfioap" run z16 -- true)"
echo "run --with-host -- true  $(median 7 "$vfioap" run z16 --with-host -- true)"
"$vfioap" run z16 --name "$name" >/dev/null 2>&1
trap '"$vfioap" stop "$name"' EXIT
echo "exec -- true             $(median 21 "$vfioap" exec "$name" -- true)"
echo "hw                       $(median 7 "$vfioap" hw "$name")"
echo "reboot                   $(median 5 "$vfioap" reboot "$name")"
echo "mdevctl start and stop   $("$vfioap" exec "$name" -- sh -c "$machine")"
echo "  in a plain tree        $("$vfioap" exec "$name" -- unshare -m sh -c "$tree")"
"$vfioap" exec "$name" -- sh -c 'sed -n "s/^VmRSS:/resident memory         /p" /proc/[0-9]*/status' | sort -n -k 3 | tail -n 1
