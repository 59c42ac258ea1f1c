#!/bin/sh
# package.sh JARS VERSION OUTPUT: writes OUTPUT/vfioap_VERSION_all.deb, which takes the Java of the system. JARS is the target
# folder of the built command line. SOURCE_DATE_EPOCH is the date of every file: the same input makes the same bytes.
set -eu

jars=$1
version=$2
output=$3
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
umask 022

root=$scratch/root
home=$root/usr/share/vfioap
mkdir -p "$root/DEBIAN" "$home" "$root/usr/bin"
sh "$here/stage.sh" "$jars" "$home"
ln -s ../share/vfioap/bin/vfioap "$root/usr/bin/vfioap"
ln -s /var/cache/vfioap "$home/cache"
for folder in man bash-completion doc; do mv "$home/share/$folder" "$root/usr/share"; done
mkdir -p "$root/usr/share/zsh/vendor-completions"
mv "$home/share/zsh/site-functions/_vfioap" "$root/usr/share/zsh/vendor-completions"
rm -r "$home/share"
find "$root/usr/share/man" -name '*.1' -exec gzip -9n {} +
cat >"$root/usr/share/doc/vfioap/copyright" <<'END'
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

Files: *
Copyright: the authors of vfioap
License: Apache-2.0
 On Debian systems the text of this license is in /usr/share/common-licenses/Apache-2.0.
Comment: The libraries in /usr/share/vfioap/lib/lib carry their licenses in META-INF.
END

cat >"$root/DEBIAN/control" <<END
Package: vfioap
Version: $version
Architecture: all
Section: devel
Priority: optional
Maintainer: vfioap developers <vfioap@localhost>
Installed-Size: $(du -sk "$root/usr" | cut -f 1)
Depends: default-jre-headless (>= 2:1.17) | java17-runtime-headless, util-linux
Recommends: mdevctl, fuse3, perl-base
Suggests: libvirt-daemon-system, libvirt-daemon, libvirt-daemon-driver-qemu, libvirt-clients, udev, qemu-user-static, driverctl
Description: an IBM Z host's AP (crypto adapter) stack on any computer
 Runs machines whose /sys is that of an IBM Z host with crypto adapters, so
 that software around vfio-ap (mdevctl, libvirt, device plugins, scripts) can
 be tested without a mainframe. Writes have the effect and the error number
 that they have on Linux; guests are given queues through an emulated QEMU.
END
cat >"$root/DEBIAN/postinst" <<'END'
#!/bin/sh
# Makes, once for all users, what lets each command start quickly; anew when Java changes.
set -e
case $1 in
  configure | triggered)
    rm -rf /var/cache/vfioap
    mkdir -p /var/cache/vfioap
    vfioap prepare >/dev/null 2>&1 </dev/null || true
    ;;
esac
END
cat >"$root/DEBIAN/postrm" <<'END'
#!/bin/sh
set -e
case $1 in remove | purge) rm -rf /var/cache/vfioap ;; esac
END
chmod 755 "$root/DEBIAN/postinst" "$root/DEBIAN/postrm"
printf 'interest-noawait /usr/lib/jvm\n' >"$root/DEBIAN/triggers"
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
mkdir -p "$output"
dpkg-deb --root-owner-group -Zxz --build "$root" "$output/vfioap_${version}_all.deb" >/dev/null
printf '%s\n' "$output/vfioap_${version}_all.deb"
