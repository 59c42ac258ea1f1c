# The steps of a boot that concern mounts and programs: boot.sh leave|furnish|configure; and module, after vfio_ap was
# loaded. The daemon calls it for a reboot of the machine, guest-init.sh its last step for each boot of a guest. It runs
# where the programs of that Linux run.
set -eu

own=/run/vfioap
. $own/furnish.sh

case $1 in
  leave)
    umount -l $own/kernel /dev/kvm /dev/vfio
    find /dev -maxdepth 1 -lname "$own/fuse/dev/*" -exec rm -f {} +
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
    if [ -e $own/libvirtd.sh ]; then
      . $own/libvirtd.sh
      mkdir -p /run/libvirt
      start_libvirtd || true
    fi
    ;;
  module)
    if [ -e $own/with-host ]; then furnish_modules $own/fuse; fi
    ;;
  configure)
    # As udev does with the rules that 'chzdev -t ap' of s390-tools writes (zdev/src/ap.c), relative to /sys/devices/ap,
    # once the bindings are complete. A mask that the kernel refuses is logged.
    rules=/etc/udev/rules.d/41-ap.rules
    if [ -r $rules ] && [ -d /sys/bus/ap ]; then
      sed -n 's|^[[:blank:]]*ATTR{[./]*bus/ap/\(a[pq]mask\)}="\([^"]*\)"[[:blank:]]*$|\1 \2|p' $rules |
        while read -r file mask; do
          (printf %s "$mask" >"/sys/bus/ap/$file") || echo "41-ap.rules: $file=$mask was refused"
        done
    fi
    # As mdevctl's own rule for udev does when vfio_ap has registered its device.
    if [ -d /sys/class/mdev_bus/matrix ] && [ -d /etc/mdevctl.d/matrix ]; then
      sh $own/enter.sh / sh -c 'if command -v mdevctl >/dev/null; then mdevctl start-parent-mdevs matrix; fi'
    fi
    ;;
esac
