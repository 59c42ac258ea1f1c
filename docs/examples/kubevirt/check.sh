#!/bin/bash
# Shows what libvirt says to the device model that KubeVirt's older path writes for every mediated device, and that it
# takes vfio-ap. Run it in a machine: vfioap run document --libvirtd -- bash check.sh
set -eu
cd "$(dirname "$0")"
mdev=62177883-f1bb-47f0-914d-32a22e3a8804
matrix=/sys/devices/vfio_ap/matrix

echo -5 >/sys/bus/ap/apmask
echo $mdev >$matrix/mdev_supported_types/vfio_ap-passthrough/create
echo 5 >$matrix/$mdev/assign_adapter
echo 4 >$matrix/$mdev/assign_domain

if virsh -q define domain.xml && virsh -q start vmi; then
  echo 'libvirt took model vfio-pci for a matrix device' >&2
  exit 1
fi
virsh -q undefine vmi 2>/dev/null || true
virsh -q define domain-vfio-ap.xml
virsh -q start vmi
cat $matrix/$mdev/guest_matrix
virsh -q destroy vmi
virsh -q undefine vmi
