# The first process of a guest, in new namespaces inside those of its host: furnishes them as init.sh does those of the
# machine, boots, then reaps. It holds the file init open, so that the machine's daemon kills it when the guest ends.
# guest-init.sh GUEST DISK
set -eu

own=/run/vfioap
name=$1
disk=$2
files=$own/fuse/guests/$name

. $own/furnish.sh

exec 7<>"$files/kernel/init"
mount -t proc proc /proc
protect_computer
name_host "$name"

# What outlives the guest's reboots is on its disk, also that of its guests; /run does not.
mkdir -p "$disk/host" "$disk/guests" "$disk/run"
mount -t tmpfs -o mode=755,nosuid,nodev vfioap "$disk/run"
(
  cd "$disk/run"
  mkdir -p vfioap/fuse vfioap/real vfioap/host vfioap/bin vfioap/kernel vfioap/guests
  mount --bind "$files" vfioap/fuse
  mount --rbind $own/real vfioap/real
  mount --bind "$disk/host" vfioap/host
  mount --bind "$disk/guests" vfioap/guests
)
VFIOAP_PLACE=$own
furnish_commands "$disk/run/vfioap"
for command in reboot poweroff shutdown; do cp $own/power.sh "$disk/run/vfioap/bin/$command"; done
chmod 755 "$disk/run/vfioap/bin"/*
if [ -d $own/emulator ]; then furnish_emulator_of $own "$disk/run/vfioap"; fi
mount --rbind "$disk/run" /run

furnish_run /run
furnish_etc $own/host
furnish_devices $own/fuse
furnish_sys $own/fuse $own/real
if [ -d $own/emulator ]; then
  . $own/libvirtd.sh
  furnish_libvirt
fi
sh $own/boot.sh configure >$own/log 2>&1 7<&- || true
: >$own/ready
exec >/dev/null 2>&1

# The shell reaps whoever lost a parent while it waits for something that does not end.
sleep infinity 7<&- &
while true; do wait || true; done
