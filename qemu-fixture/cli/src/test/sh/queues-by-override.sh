# What a device plugin does on a kernel with driver_override: look whether it can, give queues to vfio_ap, make an mdev of
# them, take everything back. Runs in a machine with the document's hardware; says "ok" for each step that is as on a Z.
ap=/sys/bus/ap
matrix=/sys/devices/vfio_ap/matrix
uuid=62177883-f1bb-47f0-914d-32a22e3a8804
ones=0x$(printf 'f%.0s' $(seq 64))

step() {
  printf '%s: ' "$1"
  shift
  if refusal=$("$@" 2>&1 >/dev/null); then echo ok; else refusal=${refusal##*: }; echo "${refusal:-no}"; fi
}
put() { bash -c 'echo "$1" > "$2"' put "$1" "$2"; }
queue() { echo "/sys/devices/ap/card${1%.*}/$1"; }
driver() { basename "$(readlink "$(queue "$1")/driver")"; }
give() {
  put "$2" "$(queue "$1")/driver_override" || return
  if [ -e "$(queue "$1")/driver" ]; then put "$1" "$(queue "$1")/driver/unbind" || return; fi
  put "$1" $ap/drivers_probe
}

echo "# preflight"
step "apmask is all ones" test "$(cat $ap/apmask)" = "$ones"
step "aqmask is all ones" test "$(cat $ap/aqmask)" = "$ones"
step "queues have driver_override" test -f "$(queue 05.0004)/driver_override"
step "the matrix device can make mdevs" test -w $matrix/mdev_supported_types/vfio_ap-passthrough/create
step "it is on the mdev bus" test -e /sys/class/mdev_bus/matrix

echo "# wrong turns"
put $uuid $matrix/mdev_supported_types/vfio_ap-passthrough/create
put 5 $matrix/$uuid/assign_adapter
step "override without rebinding" put vfio_ap "$(queue 05.0004)/driver_override"
step "assign a queue that the host's driver still has" put 4 $matrix/$uuid/assign_domain
step "write a mask meanwhile" put -5 $ap/apmask
step "unbind" put 05.0004 "$(queue 05.0004)/driver/unbind"
step "assign a queue that no driver has" put 4 $matrix/$uuid/assign_domain
step "bind it to the host's driver" put 05.0004 $ap/drivers/cex4queue/bind

echo "# prepare"
step "probe" put 05.0004 $ap/drivers_probe
echo "driver $(driver 05.0004)"
step "assign" put 4 $matrix/$uuid/assign_domain
step "assign a domain whose queue was not given" put 0x47 $matrix/$uuid/assign_domain
step "give that one, too" give 05.0047 vfio_ap
step "assign it" put 0x47 $matrix/$uuid/assign_domain
echo "matrix $(xargs < $matrix/$uuid/matrix)"

echo "# unprepare"
step "remove the mdev" put 1 $matrix/$uuid/remove
step "give back" give 05.0004 ""
step "give back" give 05.0047 ""
echo "drivers $(driver 05.0004) $(driver 05.0047)"
step "write a mask" put -5 $ap/apmask
step "override while the masks are in use" put vfio_ap "$(queue 05.0004)/driver_override"
