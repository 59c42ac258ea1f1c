# In a mount namespace of its own that still shares what it mounts with this computer: makes the folder that chroot(1) entered
# a mount and the root, so that mounts on it stay in the namespace, then becomes COMMAND. chroot.sh COMMAND...
set -eu

# The namespace has the real root; what lies above the folder cannot be named from inside it.
nsenter --mount=/proc/self/ns/mnt -- mount --make-rprivate /
mount --rbind / /tmp
exec chroot /tmp "$@"
