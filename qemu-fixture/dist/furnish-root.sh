#!/bin/sh
# furnish-root.sh: in a Debian root, as root: installs the packages beside this script (vfioap_*.deb), libvirt, mdevctl and
# s390-tools. The Containerfile and root.sh run it.
set -eu

export DEBIAN_FRONTEND=noninteractive
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)
apt-get -q update
# Names change between releases of Debian.
emulator=qemu-user-static
apt-cache show "$emulator" >/dev/null 2>&1 || emulator=qemu-user
apt-get -q -y install --no-install-recommends "$here"/vfioap_*.deb mdevctl fuse3 udev libvirt-daemon-system libvirt-daemon \
  libvirt-daemon-driver-qemu libvirt-clients "$emulator"
# Debian has s390-tools for s390x alone: lszcrypt, chzcrypt, chzdev and lszdev run there by themselves, elsewhere in an emulator.
if [ "$(dpkg --print-architecture)" = s390x ]; then
  apt-get -q -y install --no-install-recommends s390-tools
else
  sh "$here/fetch-s390-tools.sh" /opt/s390-tools
  ln -sf /opt/s390-tools/bin/* /usr/local/bin
fi
apt-get clean
rm -rf /var/lib/apt/lists/*
