#!/bin/bash
# root-files.sh FOLDER PROGRAMS: lays out in FOLDER the root file system of a PostgreSQL image, out of this Debian's own
# server (PROGRAMS is /usr/lib/postgresql/<version>): its programs, their libraries, and the few tools the entrypoint needs.
set -euo pipefail
root=$1 programs=$2 version=${2##*/}
here=$(dirname "$(readlink -f "$0")")
mkdir -p "$root"/{proc,sys,dev,tmp,run,etc,root,usr/{bin,sbin,lib,lib64,local/bin},var/lib/postgresql,var/run/postgresql}
for name in bin sbin lib lib64; do ln -s "usr/$name" "$root/$name"; done
chmod 1777 "$root/tmp" "$root/var/run/postgresql"

tools=$(for name in sh dash bash ls cat mkdir chown chmod id sleep env rm touch sed grep head tail date setpriv find; do
  readlink -f "$(PATH=/usr/bin:/bin:/usr/sbin:/sbin command -v $name)"
done)
libraries() {
  { echo "$tools"; find "$programs" -type f \( -perm -100 -o -name '*.so' \) ! -name '*llvmjit*'; } |
    xargs ldd 2> /dev/null | awk '/=> \//{print $3} /^\t\/lib64/{print $1}' || true
}
{
  find "$programs" \( -type f -o -type l \) ! -path '*/bitcode/*' ! -name '*llvmjit*' ! -path '*/pgxs/*'
  find "/usr/share/postgresql/$version" /usr/share/zoneinfo/UTC /usr/share/zoneinfo/Etc /usr/lib/locale/C.utf8 \
    -type f ! -path '*/man/*'
  echo "$tools"
  echo /usr/bin/sh
  libraries
  find /usr/lib/*-linux-gnu -maxdepth 1 -name 'libnss_files.so*'
} | sort -u | while read -r file; do
  folder=$(dirname "$file")
  # /lib, /lib64 and /bin are links to their namesakes in /usr.
  case $folder in /lib* | /bin*) folder=/usr$folder ;; esac
  mkdir -p "$root$folder"
  cp -L --preserve=mode "$file" "$root$folder/"
done
printf 'root:x:0:0:root:/root:/bin/bash\npostgres:x:999:999::/var/lib/postgresql:/bin/bash\n' > "$root/etc/passwd"
printf 'root:x:0:\npostgres:x:999:\n' > "$root/etc/group"
printf 'passwd: files\ngroup: files\nhosts: files dns\n' > "$root/etc/nsswitch.conf"
cp -L /etc/os-release "$root/etc/os-release"
install -m 755 "$here/entrypoint.sh" "$root/usr/local/bin/docker-entrypoint.sh"
