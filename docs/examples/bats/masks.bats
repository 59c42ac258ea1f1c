#!/usr/bin/env bats
# Run it with: VFIOAP=$PWD/vfioap bats docs/examples/bats/masks.bats

load vfioap

setup() {
  machine_start document
}

teardown() {
  machine_stop
}

@test "a mask gives a card to vfio_ap" {
  machine bash -c 'echo -5 > /sys/bus/ap/apmask'
  run machine readlink /sys/bus/ap/devices/05.0004/driver
  [ "${output##*/}" = vfio_ap ]
}

@test "an mdev of a reserved queue is refused" {
  machine bash -c 'echo 62177883-f1bb-47f0-914d-32a22e3a8804 > /sys/class/mdev_bus/matrix/mdev_supported_types/vfio_ap-passthrough/create'
  machine bash -c 'echo 5 > /sys/bus/mdev/devices/62177883-f1bb-47f0-914d-32a22e3a8804/assign_adapter'
  run machine bash -c 'echo 4 > /sys/bus/mdev/devices/62177883-f1bb-47f0-914d-32a22e3a8804/assign_domain'
  [ "$status" -ne 0 ]
  [[ "$output" == *"Cannot assign requested address"* ]]
}

@test "an adapter arrives" {
  machine_hw adapter 9 add CEX8 ep11
  run machine cat /sys/bus/ap/devices/card09/type
  [ "$output" = CEX8P ]
}
