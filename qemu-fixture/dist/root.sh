#!/bin/sh
# root.sh PACKAGE FOLDER [SUITE [MIRROR]]: makes the new FOLDER the root that the Containerfile describes, by debootstrap instead of
# a container engine, and tests it as root: a machine, mdevctl, lszcrypt, and libvirt. SUITE is trixie unless said otherwise.
set -eu

package=$(readlink -f "$1")
folder=$2
suite=${3:-trixie}
mirror=${4:-http://deb.debian.org/debian}
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)

if [ ! -e "$folder/etc/debian_version" ]; then debootstrap --variant=minbase "$suite" "$folder" "$mirror"; fi
folder=$(cd "$folder" && pwd -P)
stage=$folder/usr/local/share/vfioap
mkdir -p "$stage"
cp "$package" "$here/furnish-root.sh" "$here/../cli/src/test/sh/fetch-s390-tools.sh" "$stage"

# inside COMMAND...: runs a command in the root with mounts that end with it.
inside() {
  # shellcheck disable=SC2016 # the inner shell expands it
  unshare --mount --pid --fork --propagation private sh -c '
    root=$1
    shift
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    mount -t sysfs -o ro sysfs "$root/sys"
    mount -t tmpfs -o mode=755 dev "$root/dev"
    for device in null zero full random urandom tty fuse; do
      : >"$root/dev/$device"
      mount --bind "/dev/$device" "$root/dev/$device"
    done
    mkdir "$root/dev/pts" "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts"
    ln -s pts/ptmx "$root/dev/ptmx"
    ln -s /proc/self/fd "$root/dev/fd"
    mount -t tmpfs run "$root/run"
    if [ -e /etc/resolv.conf ]; then
      : >>"$root/etc/resolv.conf"
      mount --bind /etc/resolv.conf "$root/etc/resolv.conf"
    fi
    cd "$root"
    mkdir -p mnt/old
    pivot_root . mnt/old
    umount -l /mnt/old
    cd /
    exec "$@"' sh "$folder" "$@"
}

inside sh /usr/local/share/vfioap/furnish-root.sh
rm -r "$stage"

# expect TEXT COMMAND...: the command's output contains the text.
expect() {
  text=$1
  shift
  said=$(inside "$@" 2>&1) || { printf '%s\nroot: failed: %s\n' "$said" "$*" >&2; exit 1; }
  case $said in
    *"$text"*) printf 'ok: %s\n' "$*" ;;
    *) printf '%s\nroot: expected: %s\nroot: from: %s\n' "$said" "$text" "$*" >&2; exit 1 ;;
  esac
}
expect 'vfioap ' vfioap --version
expect 'vfio_ap-passthrough' vfioap run z16 -- mdevctl types
expect 'CEX8C' vfioap run z16 -- lszcrypt
expect 'ap_matrix' vfioap run z16 --libvirtd -- virsh nodedev-list
expect 'Running hypervisor: QEMU' vfioap run z16 --libvirtd -- virsh version
