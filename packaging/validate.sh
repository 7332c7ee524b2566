#!/bin/sh
# Asks the tools of each format whether the Linux metadata, and Debian packages if named, are as they should be:
#
#     packaging/validate.sh [FILE.deb ...]
#
# Debian: apt install desktop-file-utils appstream libxml2-utils shared-mime-info lintian
set -eu
cd "$(dirname "$0")/linux"
desktop-file-validate io.github.shoal.Shoal.desktop
appstreamcli validate --no-net io.github.shoal.Shoal.metainfo.xml
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/packages"
cp io.github.shoal.Shoal.xml "$folder/packages"
update-mime-database "$folder"
grep -q application/x-shoal-project "$folder/globs2"
cd - >/dev/null
[ $# = 0 ] || lintian --fail-on error --tag-display-limit 0 "$@"
