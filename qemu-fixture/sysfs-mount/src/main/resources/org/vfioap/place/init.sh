# The first process of a machine, in new namespaces: furnishes them, starts the daemon that is the machine's kernel, then
# reaps those who lost their parents. When the daemon ends this ends, and with it, by the kernel, everybody else.
# Standard output goes to whoever starts the machine: "claimed", then "ready PID" or what went wrong.
set -eu

if [ $# = 0 ]; then exec sh "$0" "vfioap-machine=$VFIOAP_NAME"; fi
echo claimed

# Whoever started the machine may have gone; then descriptor 3, where there is one, leads to somebody who keeps it.
fail() {
  if [ -n "$VFIOAP_WORDS" ]; then printf '%s\n' "$2" >&3; fi
  printf 'vfioap: %s\n' "$2" || true
  exit "$1"
}
daemon=
trap 'status=$?; if [ $status != 0 ]; then kill $daemon 2>/dev/null || true; wait; fi' EXIT

# The number by which the outside knows this process; /proc is still that of the outside.
read -r pid _ </proc/self/stat

. "$VFIOAP_PLACE/furnish.sh"

mount -t proc proc /proc || fail 1 "cannot mount /proc: is this a container that hides parts of it? See: vfioap doctor"
protect_computer
name_host "$VFIOAP_NAME"
mount -t tmpfs -o mode=755,nosuid,nodev --make-shared vfioap /run
own=/run/vfioap
mkdir -p $own/fuse $own/real $own/host $own/jna $own/bin $own/kernel
printf '%s\n' "$VFIOAP_MACHINE" >$own/machine
mkfifo -m 600 $own/started
exec 6<>$own/started
exec 4<$own/started 5>$own/started 6<&-

# Beside the mounts below, since both take time. The daemon keeps the real /sys, since a Java that looks into files which
# only it can answer for waits for itself; what it mounts below /run is seen here.
LC_ALL=C.UTF-8 unshare --mount --propagation unchanged "$VFIOAP_JAVA" -XX:-UseContainerSupport -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto \
  -XX:SharedArchiveFile="$VFIOAP_ARCHIVE" -Xlog:disable \
  -Xmx64m -Xss512k --enable-native-access=ALL-UNNAMED -Djna.tmpdir=$own/jna -Dfile.encoding=UTF-8 \
  -cp "$VFIOAP_JAR" "${VFIOAP_DAEMON:-org.vfioap.cli.running.MachineDaemon}" "$VFIOAP_MACHINE" "$VFIOAP_OPENED" "$own" >&5 2>$own/log 3>&- 4<&- 5>&- &
daemon=$!
exec 5>&- 8<&-

furnish_run /run
furnish_etc $own/host
furnish_dev $own "$VFIOAP_WITH_HOST"
furnish_commands $own
if [ -n "$VFIOAP_LIBVIRTD" ]; then furnish_emulator; fi
mount --rbind /sys $own/real
read_only $own/real

# The daemon says "mounted" when its files are there; it ends if it cannot.
if ! read -r _ <&4; then
  status=0
  wait "$daemon" || status=$?
  cat $own/log
  exit "$status"
fi
furnish_devices $own/fuse
if [ -n "$VFIOAP_WITH_HOST" ]; then
  : >$own/with-host
  furnish_sys_with_host $own/fuse $own/real
else
  furnish_sys $own/fuse $own/real
fi
if [ -n "$VFIOAP_LIBVIRTD" ]; then
  . $own/libvirtd.sh
  furnish_libvirt
  if ! start_libvirtd 2>>$own/log; then
    kill "$daemon"
    fail 1 "libvirtd does not start: $(tail -n 5 $own/log)"
  fi
fi
: >$own/ready
if [ -n "$VFIOAP_WORDS" ]; then echo ready >&3; fi
echo "ready $pid"

status=0
wait "$daemon" || status=$?
said=$(tail -n 20 $own/log | sed 's/^/vfioap: /')
if [ -n "$VFIOAP_WORDS" ]; then printf '%s\n' "$said" >&3; fi
trap '' PIPE
printf '%s\n' "$said" 2>/dev/null || true
fail 1 "the daemon of the machine $VFIOAP_NAME has ended with status $status, and with it the machine"
