# What makes namespaces the place of one Linux: its own /sys, /dev, /run and parts of /etc and /var. Sourced; each function
# stands alone, so that a guest of the machine can be furnished like the machine itself.

# Empty directories of its own for whatever belongs to one Linux, in the folder $1. Those that this computer does not have
# are left out: nothing is created outside.
furnish_etc() {
  (
    cd "$1"
    mkdir -p etc/mdevctl.d/scripts.d/callouts etc/mdevctl.d/scripts.d/notifiers etc/udev/rules.d etc/libvirt/hooks \
      var/lib/libvirt/qemu var/cache/libvirt/qemu var/log/libvirt/qemu
    for folder in etc/mdevctl.d etc/udev/rules.d etc/libvirt var/lib/libvirt var/cache/libvirt var/log/libvirt; do
      if [ -d "/$folder" ]; then mount --bind "$folder" "/$folder"; fi
    done
  )
}

# The first files in the fresh /run at $1. libudev listens to the kernel only where udev/control exists.
furnish_run() {
  mkdir -p "$1/lock" "$1/libvirt" "$1/udev/data" "$1/user"
  : >"$1/udev/control"
}

# A /dev with the devices that every program expects, made in the folder $1.
furnish_dev() {
  mkdir "$1/dev"
  mount -t tmpfs -o mode=755,nosuid vfioap "$1/dev"
  (
    cd "$1/dev"
    for device in null zero full random urandom tty fuse; do
      if [ -e "/dev/$device" ]; then
        : >"$device"
        mount --bind "/dev/$device" "$device"
      fi
    done
    mkdir pts shm vfio net
    ln -s pts/ptmx ptmx
    ln -s /proc/self/fd fd
    ln -s /proc/self/fd/0 stdin
    ln -s /proc/self/fd/1 stdout
    ln -s /proc/self/fd/2 stderr
    : >kvm
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620 vfioap pts
    mount -t tmpfs -o mode=1777,nosuid,nodev vfioap shm
  )
  mount --rbind "$1/dev" /dev
}

# What programs find in the machine's folder $1, and the commands that would act on this computer's kernel.
furnish_commands() {
  cp "$VFIOAP_PLACE/enter.sh" "$VFIOAP_PLACE/furnish.sh" "$VFIOAP_PLACE/boot.sh" "$1"
  tee "$1/bin/modprobe" "$1/bin/rmmod" "$1/bin/lsmod" <"$VFIOAP_PLACE/kmod.sh" >"$1/bin/kmod"
  chmod 755 "$1"/bin/*
  # Scripts that call them by their full path; all of them are links to one program.
  kmod=$(command -v kmod || true)
  if [ -n "$kmod" ]; then mount --bind "$1/bin/kmod" "$kmod"; fi
}

# /sys and the devices of AP from the files of a Linux at $1, and what is this computer's own from the real /sys at $2.
furnish_sys() {
  mount --bind "$1/sys" /sys
  mount --bind "$1/dev/vfio" /dev/vfio
  mount --bind "$1/dev/kvm" /dev/kvm
  mount --bind "$1/kernel" /run/vfioap/kernel
  for folder in fs firmware power devices/system kernel/mm kernel/security; do
    if [ -d "$2/$folder" ]; then mount --rbind "$2/$folder" "/sys/$folder"; fi
  done
}
