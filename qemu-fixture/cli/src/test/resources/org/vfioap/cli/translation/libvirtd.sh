# Runs a libvirtd of its own in a machine until standard input ends: libvirtd.sh EMULATOR-FOLDER
set -eu
scratch=$(mktemp -d)
trap 'kill $daemon 2>/dev/null; wait; rm -rf "$scratch"' EXIT
mkdir -p /run/libvirt /run/lock "$scratch/drivers"
printf '%s\n' 'unix_sock_dir="/run/libvirt"' 'auth_unix_ro="none"' 'auth_unix_rw="none"' 'audit_level=0' \
  'host_uuid="c7a5fdbd-edaf-9455-926a-d65c16db1809"' "log_outputs=\"3:file:$scratch/log\"" >/etc/libvirt/libvirtd.conf
# 4294967295 is (uid_t)-1: stay who you are.
printf '%s\n' 'user="+4294967295"' 'group="+4294967295"' 'dynamic_ownership=0' 'remember_owner=0' 'security_driver="none"' \
  'namespaces=[]' 'cgroup_controllers=[]' 'cgroup_device_acl=[]' 'seccomp_sandbox=0' 'stdio_handler="file"' 'max_core=0' \
  >/etc/libvirt/qemu.conf
ln -s /usr/lib/*/libvirt/connection-driver/libvirt_driver_qemu.so "$scratch/drivers"
ln -s /usr/lib/*/libvirt/connection-driver/libvirt_driver_nodedev.so "$scratch/drivers"
LIBVIRT_DRIVER_DIR=$scratch/drivers PATH=$1:$PATH SYSTEMD_DEVICE_VERIFY_SYSFS=0 libvirtd >&2 &
daemon=$!
tries=200
until [ -S /run/libvirt/libvirt-sock ]; do
  tries=$((tries - 1))
  [ "$tries" != 0 ] && kill -0 "$daemon" || { cat "$scratch/log" >&2; exit 1; }
  sleep 0.05
done
echo -5,-6 >/sys/bus/ap/apmask
echo ready
cat >/dev/null
