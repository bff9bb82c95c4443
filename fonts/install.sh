#!/bin/sh
# Puts the Fandol faces (仿宋 楷体 黑体 宋体) into fonts/local/, taken out of Debian's texlive-lang-chinese without
# installing TeX. Needs no root, only apt's package lists. Does nothing when the files are there already.
# Without them the program still works: 仿宋 falls back to LXGW WenKai Light.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
local_folder=$here/local
package=texlive-lang-chinese

sums() {
  cat <<'SUMS'
d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9  FandolFang-Regular.otf
4afa97aa8751e0118617df88272b58d43691b5cffb7ea024c4580496e9f34d28  FandolHei-Regular.otf
ea7e7fb4f9b3ac694a68d43946e04d21deed6e8c29a7c2d3081e1a4138f2f827  FandolKai-Regular.otf
a3820003227d4abe31fe28b493200d94a849ccfd078b50a019264f70353020b0  FandolSong-Regular.otf
SUMS
}

if [ -d "$local_folder" ] && (cd "$local_folder" && sums | sha256sum --check --status 2>/dev/null); then
  exit 0
fi

give_up() {
  echo "fonts/install.sh: $1" >&2
  echo "  仿宋暂由霞鹜文楷 Light 代替；联网后再运行一次 fonts/install.sh 即可。" >&2
  echo "  (could not fetch FandolFang; 仿宋 falls back to LXGW WenKai Light until this script succeeds)" >&2
  exit 1
}

command -v apt-get >/dev/null 2>&1 && command -v dpkg-deb >/dev/null 2>&1 || give_up "需要 Debian 的 apt-get 和 dpkg-deb"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
cd "$work"
echo "fonts: 下载 $package（约 50 MB），从中取出 Fandol 字体 …"
apt-get download -qq "$package" >download.log 2>&1 || { cat download.log >&2; give_up "下载 $package 失败"; }
dpkg-deb --fsys-tarfile ./"$package"_*.deb |
  tar -x --wildcards --no-anchored 'opentype/public/fandol/*' 'fonts/fandol/COPYING*' 2>tar.log ||
  { cat tar.log >&2; give_up "无法解开 $package"; }
mkdir new
find usr -name 'Fandol*-Regular.otf' -exec mv {} new/ \;
find usr -name 'COPYING.gz' -exec sh -c 'gunzip -c "$1" >new/FANDOL-COPYING' sh {} \;
(cd new && sums | sha256sum --check --quiet) || give_up "字体文件与登记的 SHA-256 不符，未安装"
rm -f new/FandolBraille-Regular.otf

mkdir -p "$local_folder"
for file in new/*; do
  cp "$file" "$local_folder/.$(basename "$file").part"
  mv "$local_folder/.$(basename "$file").part" "$local_folder/$(basename "$file")"
done
echo "fonts: Fandol 字体已放入 $local_folder"
