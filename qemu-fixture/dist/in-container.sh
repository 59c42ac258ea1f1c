#!/bin/sh
# in-container.sh COMMAND...: as root, runs a command where /dev and /run are as in a container: /dev is a plain tmpfs with the few
# usual devices and FUSE, and no udev has been there. This computer stays as it is.
set -eu

if [ -z "${VFIOAP_IN_CONTAINER:-}" ]; then
  VFIOAP_IN_CONTAINER=1 exec unshare --mount --propagation private sh "$0" "$@"
fi
unset VFIOAP_IN_CONTAINER
folder=$(mktemp -d)
mount -t tmpfs -o mode=755 vfioap "$folder"
for device in null zero full random urandom tty fuse; do
  : >"$folder/$device"
  mount --bind "/dev/$device" "$folder/$device"
done
ln -s /proc/self/fd "$folder/fd"
ln -s fd/0 "$folder/stdin"
ln -s fd/1 "$folder/stdout"
ln -s fd/2 "$folder/stderr"
ln -s pts/ptmx "$folder/ptmx"
mkdir "$folder/pts" "$folder/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 vfioap "$folder/pts"
mount -t tmpfs -o mode=1777 vfioap "$folder/shm"
mount --move "$folder" /dev
rmdir "$folder"
mount -t tmpfs -o mode=755 vfioap /run
mkdir -p /run/lock
exec "$@"
