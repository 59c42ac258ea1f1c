# libvirt in a machine or guest: a libvirtd of its own that finds no QEMU but the emulated one, which lies in $own/emulator.
# Sourced; for init.sh, guest-init.sh and, after a reboot, boot.sh.

# Prepares the files of libvirt. Settings that are there, as after the reboot of a guest, stay.
furnish_libvirt() {
  furnish_libvirt_programs
  if [ ! -e /etc/libvirt/libvirtd.conf ]; then furnish_libvirt_settings; fi
}

furnish_libvirt_programs() {
  mkdir -p "$own/libvirt/bin" "$own/libvirt/drivers" /run/libvirt
  for driver in qemu nodedev storage secret; do
    for folder in /usr/lib/*/libvirt /usr/lib64/libvirt /usr/lib/libvirt; do
      file=$folder/connection-driver/libvirt_driver_$driver.so
      if [ -e "$file" ]; then ln -sf "$file" "$own/libvirt/drivers"; fi
    done
  done
  # What libvirtd starts gets the PATH back that libvirtd must not have, since it would find this computer's QEMUs there.
  qemu=$(cat "$own/qemu")
  for program in "$own/emulator/qemu-system-s390x" "$(PATH=$PATH:/usr/sbin:/sbin command -v mdevctl || true)"; do
    if [ -n "$program" ]; then
      printf '#!/bin/sh\nPATH=%s %s exec %s "$@"\n' /run/vfioap/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        "${qemu:+FIXTURE_QEMU=$qemu}" "$program" \
        >"$own/libvirt/bin/${program##*/}"
    fi
  done
  chmod 755 "$own"/libvirt/bin/*
  ln -sf "$own/libvirt/bin/qemu-system-s390x" "$own/bin/qemu-system-s390x"
  if [ -e /usr/bin/qemu-system-s390x ]; then
    mount --bind "$own/libvirt/bin/qemu-system-s390x" "$(readlink -f /usr/bin/qemu-system-s390x)"
  fi
  # Whoever starts libvirtd again in the machine starts this.
  real=$(PATH=/usr/sbin:/sbin:$PATH command -v libvirtd)
  perl=$(command -v perl || true)
  cat >"$own/bin/libvirtd" <<END
#!/bin/sh
# The private libvirtd of the machine.
export LIBVIRT_DRIVER_DIR=$own/libvirt/drivers SYSTEMD_DEVICE_VERIFY_SYSFS=0 PATH=$own/libvirt/bin
exec ${perl:+$perl $own/seccomp.pl} $real "\$@"
END
  chmod 755 "$own/bin/libvirtd"
}

furnish_libvirt_settings() {
  cat >/etc/libvirt/libvirtd.conf <<END
unix_sock_dir = "/run/libvirt"
auth_unix_ro = "none"
auth_unix_rw = "none"
audit_level = 0
host_uuid = "$(cat /proc/sys/kernel/random/uuid)"
log_outputs = "3:file:/var/log/libvirt/libvirtd.log"
END
  # 4294967295 is (uid_t)-1: stay who you are, since supplementary groups cannot be set in a user namespace.
  cat >/etc/libvirt/qemu.conf <<END
user = "+4294967295"
group = "+4294967295"
dynamic_ownership = 0
remember_owner = 0
security_driver = "none"
namespaces = []
cgroup_controllers = []
cgroup_device_acl = []
seccomp_sandbox = 0
stdio_handler = "file"
max_core = 0
END
}

start_libvirtd() {
  "$own/bin/libvirtd" -d
}
