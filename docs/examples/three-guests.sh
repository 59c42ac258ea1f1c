#!/bin/bash
# The example of the kernel's document in a machine: three mdevs, and a program that holds each as a guest does.
# Run it so: vfioap run document -- bash docs/examples/three-guests.sh
set -eu
matrix=/sys/devices/vfio_ap/matrix

guest() { # NAME UUID "ADAPTERS" "DOMAINS"
  echo "$2" >$matrix/mdev_supported_types/vfio_ap-passthrough/create
  for adapter in $3; do echo "$adapter" >$matrix/$2/assign_adapter; done
  for domain in $4; do echo "$domain" >$matrix/$2/assign_domain; done
  echo "$1: $(tr '\n' ' ' <$matrix/$2/matrix)"
}

echo +0-255,-5,-6 >/sys/bus/ap/apmask
guest guest1 62177883-f1bb-47f0-914d-32a22e3a8804 '5 6' '4 0xab'
guest guest2 cef03c3c-903d-4ecc-9a83-40694cb8aee4 '5' '0x47 0xff'
guest guest3 0c8c6a3e-2f6f-4d0e-9a53-6d1f5f0c8a11 '6' '0x47 0xff'
