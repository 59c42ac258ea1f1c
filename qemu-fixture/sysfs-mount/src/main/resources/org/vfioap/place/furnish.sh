# What makes namespaces the place of one Linux: its own /sys, /dev, /run and parts of /etc and /var. Sourced; each function
# stands alone, so that a guest of the machine can be furnished like the machine itself.

# The settings of this computer's kernel that are in any /proc are for root to read, except those of the network, which the
# machine has to itself; and no key that root sends stops this computer.
protect_computer() {
  if [ -w /proc/sysrq-trigger ]; then mount --bind /dev/null /proc/sysrq-trigger; fi
  if [ -w /proc/sys/kernel/core_pattern ]; then
    mount --bind /proc/sys /proc/sys
    mount --bind /proc/sys/net /proc/sys/net
    for folder in /proc/sys /proc/irq /proc/bus /proc/fs; do
      if [ -d "$folder" ]; then
        [ "$folder" = /proc/sys ] || mount --bind "$folder" "$folder"
        mount -n -o remount,bind,ro none "$folder"
      fi
    done
  fi
}

# Makes every mount at or below $1 read-only that root could write to. What is mounted from there later is read-only, too.
read_only() {
  if [ "$(id -u)" != 0 ] || ! is_writable "$1"; then return; fi
  while read -r _ _ _ _ point options _; do
    case $point:$options in
      "$1"*:ro | "$1"*:ro,*) ;;
      "$1":* | "$1"/*:*) mount -n -o "remount,bind,ro${options#rw}" none "$point" 2>/dev/null || true ;;
    esac
  done </proc/self/mountinfo
}

# True where the /sys at $1 lets this user change the computer: not in a user namespace.
is_writable() {
  [ -w "$1/power/state" ] || [ -w "$1/devices/system/cpu/cpu0/uevent" ] || [ -w "$1/kernel/uevent_helper" ] ||
    [ -w "$1/fs/cgroup/cgroup.procs" ] || [ -w "$1/kernel/mm/ksm/run" ]
}

# Gives the Linux a host name like $1, whatever that is: letters, digits, hyphens and dots, which neither begin nor end it.
name_host() {
  host=$(printf '%s' "$1" | LC_ALL=C tr -c 'A-Za-z0-9.-' - | LC_ALL=C cut -c 1-63 |
    sed 's/\.\.*/./g; s/-*\.-*/./g; s/^[.-]*//; s/[.-]*$//')
  hostname "${host:-guest}" 2>/dev/null || true
}

# Empty directories of its own for whatever belongs to one Linux, in the folder $1.
furnish_etc() {
  (
    cd "$1"
    mkdir -p etc/mdevctl.d/scripts.d/callouts etc/mdevctl.d/scripts.d/notifiers etc/udev/rules.d etc/libvirt/hooks \
      var/lib/libvirt/qemu var/cache/libvirt/qemu var/log/libvirt/qemu
    covered=
    # The file's name goes before what mdevctl says, and up to 1.2 that of s390-tools ends in .sh.
    callout=etc/mdevctl.d/scripts.d/callouts/ap-check
    [ -d /usr/lib/mdevctl/scripts.d/callouts ] || callout=$callout.sh
    if [ ! -e "$callout" ]; then
      cp "$VFIOAP_PLACE/ap-check.sh" "$callout"
      chmod 755 "$callout"
    fi
    for folder in etc/mdevctl.d etc/udev/rules.d etc/libvirt var/lib/libvirt var/cache/libvirt var/log/libvirt; do
      make_folder "/$folder"
      if [ -d "/$folder" ]; then mount --bind "$folder" "/$folder"; fi
    done
  )
}

# Makes a folder that this computer does not have, without making it there: the nearest one above becomes a new one with all
# that was in it. $covered names those that are new.
make_folder() {
  if [ -d "$1" ]; then return; fi
  above=${1%/*}
  until [ -d "$above/" ]; do above=${above%/*}; done
  if [ -z "$above" ]; then return; fi
  case "$covered " in
    *" $above "*) ;;
    *)
      mkdir -p "cover$above"
      mount -t tmpfs -o "mode=$(stat -L -c %a "$above"),nosuid,nodev" vfioap "cover$above"
      repeat "$above" "cover$above"
      mount --rbind "cover$above" "$above"
      covered="$covered $above"
      ;;
  esac
  mkdir -p "$1"
}

# The first files in the fresh /run at $1. libudev listens to the kernel only where udev/control exists.
furnish_run() {
  mkdir -p "$1/lock" "$1/libvirt" "$1/udev/data" "$1/user"
  : >"$1/udev/control"
}

# A /dev of its own, made in the folder $1: with the devices that every program expects, or all of this computer if $2 says
# so.
furnish_dev() {
  mkdir "$1/dev"
  mount -t tmpfs -o mode=755,nosuid vfioap "$1/dev"
  (
    cd "$1/dev"
    if [ -n "$2" ]; then
      repeat /dev .
      umount -l pts shm 2>/dev/null || true
    else
      for device in null zero full random urandom tty fuse; do
        if [ -e "/dev/$device" ]; then
          : >"$device"
          mount --bind "/dev/$device" "$device"
        fi
      done
      ln -s /proc/self/fd fd
      ln -s /proc/self/fd/0 stdin
      ln -s /proc/self/fd/1 stdout
      ln -s /proc/self/fd/2 stderr
    fi
    mkdir -p pts shm vfio
    umount ptmx 2>/dev/null || true
    ln -sf pts/ptmx ptmx
    [ -e kvm ] || : >kvm
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620 vfioap pts
    mount -t tmpfs -o mode=1777,nosuid,nodev vfioap shm
  )
  mount --rbind "$1/dev" /dev
}

# The emulated QEMU; without an installed one that belongs to this vfioap, one is installed in the machine, which takes seconds.
furnish_emulator() {
  cp "$VFIOAP_PLACE/libvirtd.sh" "$VFIOAP_PLACE/seccomp.pl" $own
  mkdir $own/emulator
  printf '%s\n' "${VFIOAP_QEMU:-}" >$own/qemu
  if [ -n "$VFIOAP_EMULATOR" ]; then
    mount --bind "$VFIOAP_EMULATOR" $own/emulator
  else
    "$VFIOAP_JAVA" -jar "$VFIOAP_JAR" install-emulator $own/emulator >/dev/null 2>>$own/log ||
      fail 1 "cannot install the emulated QEMU: $(tail -n 5 $own/log)"
  fi
}

# The same in a guest whose own folder is $2, from that of the Linux around it at $1.
furnish_emulator_of() {
  cp "$1/libvirtd.sh" "$1/seccomp.pl" "$2"
  mkdir "$2/emulator"
  cp "$1/qemu" "$2"
  mount --bind "$1/emulator" "$2/emulator"
}

# What programs find in the machine's folder $1, and the commands that would act on this computer's kernel.
furnish_commands() {
  for script in enter furnish boot kmod power guest guest-init ap-check; do cp "$VFIOAP_PLACE/$script.sh" "$1"; done
  tee "$1/bin/modprobe" "$1/bin/rmmod" "$1/bin/lsmod" <"$1/kmod.sh" >"$1/bin/kmod"
  chmod 755 "$1"/bin/*
  # Scripts that call them by their full path; where there is kmod, all of them are links to it.
  kmod=$(command -v kmod || true)
  if [ -n "$kmod" ]; then
    mount --bind "$1/bin/kmod" "$kmod"
  else
    add_commands "$1/bin" "$(readlink -f /sbin)"
  fi
}

# Adds modprobe, rmmod and lsmod from the folder $1 to the folder $2 of this computer, without changing it there. Where
# folders cannot be laid over others, they are found by PATH alone.
add_commands() {
  if cmp -s "$1/modprobe" "$2/modprobe"; then return; fi
  mkdir "$1/sbin"
  cp "$1/modprobe" "$1/rmmod" "$1/lsmod" "$1/sbin"
  mount -t overlay -o "ro,lowerdir=$1/sbin:$2" vfioap "$2" 2>/dev/null || true
}

# The devices of AP and the kernel from the files of a Linux at $1.
furnish_devices() {
  mount --bind "$1/dev/vfio" /dev/vfio
  mount --bind "$1/dev/kvm" /dev/kvm
  mount --bind "$1/kernel" /run/vfioap/kernel
  # The nodes of zcrypt; those that come later the daemon adds.
  for device in "$1"/dev/*; do
    case ${device##*/} in
      kvm | vfio | '*') ;;
      *) if [ ! -e "/dev/${device##*/}" ]; then ln -sfn "$device" "/dev/${device##*/}"; fi ;;
    esac
  done
}

# /sys from the files of a Linux at $1, and what is this computer's own from the real /sys at $2.
furnish_sys() {
  mount --bind "$1/sys" /sys
  for folder in fs firmware power devices/system kernel/mm kernel/security; do
    if [ -d "$2/$folder" ]; then mount --rbind "$2/$folder" "/sys/$folder"; fi
  done
}

# repeat SOURCE TARGET: each entry of a directory in another, empty one.
repeat() {
  plan_repeat "$1" "$2"
  carry_out
}

# The same, but mounts nothing before carry_out.
plan_repeat() {
  source=$1
  copy=$2
  set --
  for entry in "$source"/* "$source"/.[!.]*; do
    target=$copy/${entry##*/}
    if [ -L "$entry" ]; then
      ln -s "$(readlink "$entry")" "$target"
    elif [ -d "$entry" ]; then
      set -- "$@" "$target"
      plan_mount "$entry" "$target" rbind
    elif [ -e "$entry" ]; then
      : >"$target"
      plan_mount "$entry" "$target" bind
    fi
  done
  if [ $# != 0 ]; then mkdir "$@"; fi
}

# Hundreds of mounts take seconds if a program is started for each. So they are planned first, and carried out by one mount
# that reads them as it reads /etc/fstab.
mounts=

# plan_mount SOURCE TARGET bind|rbind
plan_mount() {
  plan_field "$1"
  mounts="$mounts$field "
  plan_field "$2"
  mounts="$mounts$field none $3 0 0
"
}

# Sets field to $1 as fstab(5) has it.
plan_field() {
  field=$1
  case $field in
    *[!A-Za-z0-9/._:,+@-]*) field=$(printf %s "$field" | sed 's/\\/\\134/g; s/ /\\040/g; s/\t/\\011/g; s/#/\\043/g') ;;
  esac
}

# Makes the mounts that were planned.
carry_out() {
  if [ -z "$mounts" ]; then return; fi
  table=$(mktemp -p /run/vfioap)
  printf %s "$mounts" >"$table"
  mounts=
  mount --all --fstab "$table"
  rm "$table"
}

# /sys as it is at $2, with the directories of AP from the files of a Linux at $1.
furnish_sys_with_host() {
  read_only /sys
  for folder in bus class devices kernel module; do
    mount -t tmpfs -o mode=755,nosuid,nodev vfioap "/sys/$folder"
    plan_repeat "$2/$folder" "/sys/$folder"
  done
  carry_out
  refold "$2" devices/virtual
  refold "$2" class/misc
  refold "$2" devices/virtual/misc
  furnish_misc "$1"
  furnish_modules "$1"
}

# Makes the folder /sys/$2, which is that of $1, one that can get further entries. What is mounted on it must not come to $1.
refold() {
  mount --make-private "/sys/$2"
  mount -t tmpfs -o mode=755,nosuid,nodev vfioap "/sys/$2"
  repeat "$1/$2" "/sys/$2"
}

# The devices of class misc that this computer lacks, and zcrypt's nodes, whose folder is there while there are any.
furnish_misc() {
  for device in vfio z90crypt; do
    if [ ! -e "/sys/class/misc/$device" ]; then
      ln -s "$1/sys/devices/virtual/misc/$device" "/sys/devices/virtual/misc/$device"
      ln -s "../../devices/virtual/misc/$device" "/sys/class/misc/$device"
    fi
  done
  if [ ! -e /sys/devices/virtual/zcrypt ]; then
    ln -s "$1/sys/devices/virtual/zcrypt" /sys/devices/virtual/zcrypt
  fi
}

# Those directories; they come and go with vfio_ap. What was mounted before vfio_ap was unloaded is no longer the directory
# of this name.
furnish_modules() {
  for folder in bus/ap bus/matrix bus/mdev class/mdev_bus class/vfio class/vfio-dev class/zcrypt devices/ap devices/vfio_ap \
    devices/virtual/vfio kernel/iommu_groups module/ap module/vfio_ap module/mdev module/vfio module/zcrypt \
    module/zcrypt_cex4; do
    if [ -d "$1/sys/$folder" ]; then
      set -- "$@" "/sys/$folder"
      plan_mount "$1/sys/$folder" "/sys/$folder" bind
    fi
  done
  shift
  if [ $# = 0 ]; then return; fi
  umount -c -l "$@" 2>/dev/null || true
  mkdir -p "$@"
  carry_out
}
