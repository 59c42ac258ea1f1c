# The same on a kernel without driver_override: by apmask and aqmask. Says "ok" for each step that is as on a Z.
ap=/sys/bus/ap
matrix=/sys/devices/vfio_ap/matrix
uuid=62177883-f1bb-47f0-914d-32a22e3a8804

step() {
  printf '%s: ' "$1"
  shift
  if refusal=$("$@" 2>&1 >/dev/null); then echo ok; else refusal=${refusal##*: }; echo "${refusal:-no}"; fi
}
put() { bash -c 'echo "$1" > "$2"' put "$1" "$2"; }
driver() { basename "$(readlink "/sys/devices/ap/card${1%.*}/$1/driver")"; }

step "queues have driver_override" test -f /sys/devices/ap/card05/05.0004/driver_override
step "take adapter 5 out of the mask" put -5 $ap/apmask
step "take domain 4 out of the mask" put -4 $ap/aqmask
echo "drivers $(driver 05.0004) $(driver 06.0047)"
put $uuid $matrix/mdev_supported_types/vfio_ap-passthrough/create
step "assign the adapter" put 5 $matrix/$uuid/assign_adapter
step "assign the domain" put 4 $matrix/$uuid/assign_domain
echo "matrix $(xargs < $matrix/$uuid/matrix)"
step "take the adapter back meanwhile" put +5 $ap/apmask
step "take the domain back meanwhile" put +4 $ap/aqmask
step "remove the mdev" put 1 $matrix/$uuid/remove
step "take the adapter back" put +5 $ap/apmask
step "take the domain back" put +4 $ap/aqmask
echo "driver $(driver 05.0004)"
