#!/bin/sh
# Measures libvirt in a machine: measure-libvirt.sh PATH-OF-VFIOAP. Prints medians of seven in milliseconds, the first definition
# and the three guests once. Where Debian's qemu-system-s390x is installed, libvirt starts both QEMUs in turn, without a crypto device.
set -eu

vfioap=$1

prelude='
ms() {
  begin=$(date +%s%N)
  "$@" >/dev/null
  echo $((($(date +%s%N) - begin) / 1000000))
}
median() { sort -n | sed -n 4p; }
domain() { # NAME [UUID]: the XML of a guest
  if [ $# = 2 ]; then device=$(hostdev "$2"); else device=; fi
  echo "<domain type=\"kvm\"><name>$1</name><memory unit=\"MiB\">64</memory><os><type arch=\"s390x\"
    machine=\"s390-ccw-virtio\">hvm</type></os><cpu mode=\"host-passthrough\"/><devices>$device</devices></domain>"
}
hostdev() {
  echo "<hostdev mode=\"subsystem\" type=\"mdev\" model=\"vfio-ap\"><source><address uuid=\"$1\"/></source></hostdev>"
}
attributes() { for each in $2; do echo "<attr name=\"$1\" value=\"$each\"/>"; done; }
mdev() { # UUID ADAPTERS DOMAINS: the XML of a node device
  echo "<device><parent>ap_matrix</parent><capability type=\"mdev\"><type id=\"vfio_ap-passthrough\"/><uuid>$1</uuid>"
  attributes assign_adapter "$2"
  attributes assign_domain "$3"
  echo "</capability></device>"
}
cd "$(mktemp -d /run/measure.XXXXXX)"
echo -5,-6 >/sys/bus/ap/apmask
'
flow=$prelude'
uuid=62177883-f1bb-47f0-914d-32a22e3a8804
mdev $uuid 5 4 >mdev.xml
virsh -q nodedev-create mdev.xml >/dev/null
domain g >g.xml
hostdev $uuid >h.xml
echo "first define: $(ms virsh -q define g.xml)"
again() { virsh -q undefine g >/dev/null; ms virsh -q define g.xml; }
echo "define: $(for _ in 1 2 3 4 5 6 7; do again; done | median)"
for _ in 1 2 3 4 5 6 7; do
  ms virsh -q start g >>start
  ms virsh -q attach-device g h.xml >>attach
  ms virsh -q detach-device g h.xml >>detach
  virsh -q destroy g >/dev/null
done
for each in start attach detach; do echo "$each: $(median <$each)"; done
'
guests=$prelude'
guest() { # NAME UUID ADAPTERS DOMAINS
  mdev "$2" "$3" "$4" >mdev.xml
  virsh -q nodedev-create mdev.xml >/dev/null
  domain "$1" "$2" >domain.xml
  virsh -q define domain.xml >/dev/null
  virsh -q start "$1" >/dev/null
}
guest guest1 62177883-f1bb-47f0-914d-32a22e3a8804 "5 6" "4 0xab"
guest guest2 cef03c3c-903d-4ecc-9a83-40694cb8aee4 5 "0x47 0xff"
guest guest3 0c8c6a3e-2f6f-4d0e-9a53-6d1f5f0c8a11 6 "0x47 0xff"
'

# The same libvirtd with either QEMU: a guest of TCG that waits, and a random number generator in place of a crypto device.
peers=$prelude'
echo "<rng model=\"virtio\"><backend model=\"random\">/dev/urandom</backend></rng>" >rng.xml
waiting() { # NAME EMULATOR: the XML of a guest
  echo "<domain type=\"qemu\"><name>$1</name><memory unit=\"MiB\">64</memory><os><type arch=\"s390x\"
    machine=\"s390-ccw-virtio\">hvm</type></os><devices><emulator>$2</emulator></devices></domain>"
}
waiting emulated /usr/bin/qemu-system-s390x >emulated.xml
waiting real "$PEER" >real.xml
for guest in emulated real; do virsh -q define $guest.xml; done
for _ in 1 2 3 4 5 6 7; do
  ms virsh -q list >>list
  for guest in emulated real; do
    ms virsh -q start --paused $guest >>start-$guest
    ms virsh -q attach-device $guest rng.xml >>attach-$guest
    ms virsh -q detach-device $guest rng.xml >>detach-$guest
    virsh -q destroy $guest >/dev/null
  done
done
echo "list: $(median <list)"
for each in start attach detach; do echo "$each: $(median <$each-emulated), the real QEMU $(median <$each-real)"; done
'

# once COMMAND...: prints how long it takes.
once() {
  begin=$(date +%s%N)
  "$@" >/dev/null
  echo $((($(date +%s%N) - begin) / 1000000))
}

"$vfioap" run document --libvirtd -- true
echo "up: $(for _ in 1 2 3 4 5 6 7; do once "$vfioap" run document --libvirtd -- virsh -q list; done | sort -n | sed -n 4p)"
"$vfioap" run document --libvirtd -- sh -c "$flow"
echo "three guests: $(once "$vfioap" run document --libvirtd -- sh -c "$guests")"
if [ -x /usr/bin/qemu-system-s390x ]; then
  # A machine shows the emulated one in its place; a copy finds its firmware beside itself.
  copy=$(mktemp -d)
  trap 'rm -r "$copy"' EXIT
  mkdir "$copy/bin" "$copy/share"
  cp /usr/bin/qemu-system-s390x "$copy/bin"
  ln -s /usr/share/qemu "$copy/share/qemu"
  PEER=$copy/bin/qemu-system-s390x "$vfioap" run document --libvirtd -- sh -c "$peers"
fi
