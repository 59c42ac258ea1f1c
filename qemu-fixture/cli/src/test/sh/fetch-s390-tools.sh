#!/bin/sh
# fetch-s390-tools.sh FOLDER: makes FOLDER/bin with lszcrypt, chzcrypt, chzdev and lszdev of Debian's s390-tools for s390x,
# which qemu-s390x (Debian: qemu-user-static) runs. It needs no root and changes nothing outside FOLDER: apt works on
# lists of its own, from the sources of this computer.
set -eu

folder=$1
mkdir -p "$folder"
folder=$(cd "$folder" && pwd -P)
scratch=$(mktemp -d "$folder/fetch.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

mkdir -p "$scratch/state/lists/partial" "$scratch/cache/archives/partial" "$scratch/debs" "$scratch/root"
: >"$scratch/status"
cat >"$scratch/apt.conf" <<END
APT::Architecture "s390x";
#clear APT::Architectures;
APT::Architectures { "s390x"; };
#clear APT::Update;
#clear DPkg;
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";
Acquire::Retries "1";
Acquire::http::Timeout "20";
Dir::State "$scratch/state";
Dir::State::status "$scratch/status";
Dir::Cache "$scratch/cache";
END
apt_get() { apt-get -q -c "$scratch/apt.conf" "$@"; }

# A frozen mirror's lists are past their date, and still signed. Lists of sources that know no s390x cannot be read; what
# matters is whether the packages are found.
apt_get update || true
cd "$scratch/debs"
apt_get download s390-tools libjson-c5
# A mirror may name a libc6 that it lacks for s390x. That of the cross compilers is for all architectures.
apt_get download libc6 || apt_get download libc6-s390x-cross
cd "$scratch"
for package in "$scratch"/debs/*.deb; do dpkg-deb -x "$package" "$scratch/root"; done

# find_file NAME: wherever the release of Debian has it.
find_file() { find "$scratch/root" -name "$1" ! -type d | head -n 1; }

rm -rf "$folder/bin" "$folder/lib"
mkdir "$folder/lib" "$scratch/bin"
for library in ld64.so.1 libc.so.6 libjson-c.so.5; do cp -L "$(find_file "$library")" "$folder/lib/$library"; done
for program in lszcrypt chzcrypt chzdev lszdev; do
  cp "$(find_file "$program")" "$folder/lib/$program"
  cat >"$scratch/bin/$program" <<'END'
#!/bin/sh
folder=$(dirname "$(dirname "$(readlink -f "$0")")")
qemu=qemu-s390x-static
command -v "$qemu" >/dev/null || qemu=qemu-s390x
exec "$qemu" -L "$folder" -0 "${0##*/}" "$folder/lib/${0##*/}" "$@"
END
done
chmod 755 "$scratch"/bin/*
# Last, so that it is there only if all is.
mv "$scratch/bin" "$folder/bin"
