# The steps of a reboot that concern mounts and programs, for the daemon: boot.sh leave|furnish|autostart; and module,
# after vfio_ap was loaded.
# It runs where the programs of the machine run, without any of them.
set -eu

own=/run/vfioap
. $own/furnish.sh

case $1 in
  leave)
    umount -l $own/kernel /dev/kvm /dev/vfio
    if [ -e $own/with-host ]; then
      for folder in module kernel devices class bus; do umount -l "/sys/$folder"; done
    else
      umount -l /sys
    fi
    find /run /dev/shm -xdev -mindepth 1 -maxdepth 1 ! -path $own -exec rm -rf {} + 2>/dev/null || true
    ;;
  furnish)
    furnish_run /run
    furnish_devices $own/fuse
    if [ -e $own/with-host ]; then
      furnish_sys_with_host $own/fuse $own/real
    else
      furnish_sys $own/fuse $own/real
    fi
    ;;
  module)
    if [ -e $own/with-host ]; then furnish_modules $own/fuse; fi
    ;;
  autostart)
    # As mdevctl's own rule for udev does when vfio_ap has registered its device.
    if [ -d /sys/class/mdev_bus/matrix ] && [ -d /etc/mdevctl.d/matrix ]; then
      sh $own/enter.sh / sh -c 'if command -v mdevctl >/dev/null; then mdevctl start-parent-mdevs matrix; fi'
    fi
    ;;
esac
