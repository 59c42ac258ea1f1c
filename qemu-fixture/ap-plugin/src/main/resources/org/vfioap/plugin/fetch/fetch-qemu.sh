#!/bin/sh
# fetch-qemu.sh FOLDER [SUITE...]: makes, with Debian's packages and without root,
#   FOLDER/bin/qemu-system-s390x   a QEMU that can load the AP plugin, run with its own loader and libraries
#   FOLDER/SUITE/vmlinuz, initrd   an unmodified Linux for s390x, and a small system with busybox and s390-tools
# for each SUITE (default: testing). Nothing outside FOLDER changes: apt works on lists of its own. It takes the versions
# that the package index offers today. VFIOAP_DEBIAN is the mirror, VFIOAP_QEMU_SUITE the release that has QEMU 11.0 or
# newer.
set -eu

[ $# -ge 1 ] || { echo "usage: fetch-qemu.sh FOLDER [SUITE...]" >&2; exit 2; }
for program in apt-get dpkg-deb; do
  command -v "$program" >/dev/null || {
    echo "fetch-qemu.sh needs $program, which Debian and Ubuntu have; elsewhere install QEMU 11.0 or newer yourself" >&2
    exit 1
  }
done
folder=$1
shift
[ $# -gt 0 ] || set -- testing
mirror=${VFIOAP_DEBIAN:-http://deb.debian.org/debian}
qemu_suite=${VFIOAP_QEMU_SUITE:-testing}
here=$(cd "$(dirname "$0")" && pwd -P)
own=$(dpkg --print-architecture)
mkdir -p "$folder"
folder=$(cd "$folder" && pwd -P)
scratch=$(mktemp -d "$folder/fetch.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM HUP

keys=/usr/share/keyrings/debian-archive-keyring.gpg
trust="signed-by=$keys"
if [ ! -e "$keys" ]; then
  echo "fetch-qemu.sh needs Debian's keys: install the package debian-archive-keyring" >&2
  exit 1
fi

# begin_lists ARCHITECTURE SUITE: points apt at one release for one architecture.
begin_lists() {
  lists=$scratch/$1-$2
  [ ! -e "$lists/apt.conf" ] || return 0
  mkdir -p "$lists/state/lists/partial" "$lists/cache/archives/partial"
  : >"$lists/status"
  echo "deb [arch=$1 $trust] $mirror $2 main" >"$lists/sources.list"
  cat >"$lists/apt.conf" <<END
APT::Architecture "$1";
#clear APT::Architectures;
APT::Architectures { "$1"; };
#clear APT::Update;
#clear DPkg;
APT::Sandbox::User "";
APT::Install-Recommends "false";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";
Acquire::Retries "2";
Acquire::http::Timeout "30";
Dir::State "$lists/state";
Dir::State::status "$lists/status";
Dir::Cache "$lists/cache";
Dir::Etc::sourcelist "$lists/sources.list";
Dir::Etc::sourceparts "-";
END
  echo "reading the package list of $2 for $1"
  apt_get update || true # what matters is whether the packages are found
}

apt_get() { apt-get -q -y -c "$lists/apt.conf" "$@"; }
apt_cache() { apt-cache -c "$lists/apt.conf" "$@"; }

# download DIRECTORY PACKAGE...: unpacks the packages alone, without what they depend on.
download() {
  into=$1
  shift
  mkdir -p "$into/debs"
  (cd "$into/debs" && apt_get download "$@") || return 1
  for deb in "$into"/debs/*.deb; do dpkg-deb -x "$deb" "$into"; done
  rm -rf "$into/debs"
}

# QEMU, and cpio and xz for the small system, with all libraries that they need.
fetch_qemu() {
  begin_lists "$own" "$qemu_suite"
  apt_get --download-only install qemu-system-s390x cpio xz-utils
  for package in "$lists"/cache/archives/*.deb; do dpkg-deb -x "$package" "$scratch/programs"; done
  loader=$(find "$scratch/programs" -name 'ld-linux*.so.*' | head -n 1)
  mkdir -p "$scratch/new/lib" "$scratch/new/bin"
  find "$scratch/programs" \( -name '*.so.*' -o -name '*.so' \) -path '*/lib/*' ! -path '*/qemu/*' ! -path '*/gconv/*' \
    -exec cp -pP {} "$scratch/new/lib/" \;
  cp -L "$loader" "$scratch/new/lib/loader"
  for module in "$scratch"/programs/usr/lib/*/qemu; do
    [ ! -d "$module" ] || cp -r "$module" "$scratch/new/lib/qemu"
  done
  mkdir -p "$scratch/new/share"
  cp -rL "$scratch/programs/usr/share/qemu" "$scratch/new/share/qemu" 2>/dev/null || true
  for program in qemu-system-s390x cpio xz; do
    cp -L "$(find "$scratch/programs" -name "$program" -path '*bin/*' | head -n 1)" "$scratch/new/lib/$program"
    firmware=
    [ "$program" != qemu-system-s390x ] || firmware=' -L "$folder/share/qemu"'
    cat >"$scratch/new/bin/$program" <<END
#!/bin/sh
folder=\$(dirname "\$(dirname "\$(readlink -f "\$0")")")
QEMU_MODULE_DIR=\$folder/lib/qemu
export QEMU_MODULE_DIR
exec "\$folder/lib/loader" --library-path "\$folder/lib" --argv0 "\$0" "\$folder/lib/$program"$firmware "\$@"
END
    chmod 755 "$scratch/new/bin/$program"
  done
  "$scratch/new/bin/qemu-system-s390x" --version
  rm -rf "$folder/bin" "$folder/lib" "$folder/share"
  mv "$scratch/new/share" "$scratch/new/lib" "$folder/"
  mv "$scratch/new/bin" "$folder/bin" # last, so that it is there only if all is
}

# Prints the newest kernel packages first: a mirror's index may name one that the mirror has no more.
kernels() {
  apt_cache search --names-only '^linux-(image|binary)-[0-9].*s390x$' | awk '{ print $1 }' | sort -Vr
}

# fetch_kernel SUITE
fetch_kernel() {
  begin_lists s390x "$1"
  tree=$scratch/tree-$1
  found=
  for package in $(kernels); do
    case $package in
      linux-binary-*) set -- "$1" "$package" "linux-modules-${package#linux-binary-}" ;;
      *)
        if apt_cache show "linux-binary-${package#linux-image-}" >/dev/null 2>&1; then continue; fi
        set -- "$1" "$package"
        ;;
    esac
    suite=$1
    shift
    rm -rf "$tree"
    if download "$tree" "$@"; then found=$package; fi
    set -- "$suite"
    [ -z "$found" ] || break
  done
  [ -n "$found" ] || { echo "no kernel for s390x could be fetched from $1" >&2; exit 1; }
  release=${found#linux-image-}
  release=${release#linux-binary-}
  mkdir -p "$scratch/out"
  cp "$(find "$tree" -type f -name 'vmlinuz*' | head -n 1)" "$scratch/out/vmlinuz"
  echo "$release" >"$scratch/out/release"
  make_initrd "$tree" "$release"
  rm -rf "${folder:?}/$1" "$tree"
  mv "$scratch/out" "$folder/$1"
  echo "$folder/$1 has Linux $release"
}

# make_initrd TREE RELEASE: busybox, s390-tools, perl for requests of one's own, and the modules of the crypto drivers.
make_initrd() {
  root=$scratch/root
  rm -rf "$root"
  mkdir -p "$root/bin" "$root/lib" "$root/dev" "$root/proc" "$root/sys" "$root/etc" "$root/tmp" "$root/root"
  if [ ! -d "$scratch/tools" ]; then
    begin_lists s390x testing
    download "$scratch/tools" busybox-static s390-tools libjson-c5 perl-base libcrypt1
    download "$scratch/tools" libc6 || download "$scratch/tools" libc6-s390x-cross
  fi
  for program in busybox lszcrypt chzcrypt perl; do copy "$program" "$root/bin"; done
  for library in ld64.so.1 libc.so.6 libm.so.6 libjson-c.so.5 libcrypt.so.1; do copy "$library" "$root/lib"; done
  mkdir -p "$root/usr/lib/s390x-linux-gnu/perl-base"
  for module in strict.pm warnings.pm; do
    cp "$scratch/tools/usr/lib/s390x-linux-gnu/perl-base/$module" "$root/usr/lib/s390x-linux-gnu/perl-base/"
  done
  cp "$here/init" "$root/init"
  cp "$here/rsa" "$root/bin/rsa"
  chmod 755 "$root/init" "$root/bin/rsa"
  modules=$(find "$1" -type d -path '*/modules/*/kernel' | head -n 1)
  for part in drivers/s390/crypto drivers/char/hw_random net/core drivers/net/virtio_net.ko drivers/net/net_failover.ko; do
    for file in $(cd "$modules" && find "$part"* -name '*.ko*' 2>/dev/null || true); do
      target=$root/lib/modules/$2/kernel/$file
      mkdir -p "$(dirname "$target")"
      case $file in
        *.xz) "$folder/bin/xz" -dc "$modules/$file" >"${target%.xz}" ;;
        *) cp "$modules/$file" "$target" ;;
      esac
    done
  done
  (cd "$root" && find . | "$folder/bin/cpio" --quiet -o -H newc -R 0:0) | gzip -1 >"$scratch/out/initrd"
}

copy() { cp -L "$(find "$scratch/tools" -name "$1" \( -type f -o -type l \) ! -path '*/share/*' | head -n 1)" "$2/$1"; }

if [ ! -x "$folder/bin/qemu-system-s390x" ] || [ ! -x "$folder/bin/cpio" ]; then fetch_qemu; fi
for suite in "$@"; do fetch_kernel "$suite"; done
