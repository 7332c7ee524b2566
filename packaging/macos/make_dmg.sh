#!/bin/sh
# Makes the disk image for macOS from dist/Shoal.app:
#
#     packaging/macos/make_dmg.sh light|full
#
# Signed by Apple's rules if these are set, otherwise as it is (macOS then asks before the first start):
#   SHOAL_CODESIGN_IDENTITY  "Developer ID Application: ...", set for packaging/build.py too, which signs the program
#   SHOAL_NOTARY_PROFILE     made once by: xcrun notarytool store-credentials NAME --apple-id ... --team-id ...
set -eu
edition="$1"
cd "$(dirname "$0")/../.."
version="$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)"
image="dist/Shoal-$version-$edition-macos-$(uname -m).dmg"

content="$(mktemp -d)"
trap 'rm -rf "$content"' EXIT
ditto dist/Shoal.app "$content/Shoal.app"
ln -s /Applications "$content/Applications"
hdiutil create -volname Shoal -srcfolder "$content" -ov -format UDZO "$image"

if [ -n "${SHOAL_CODESIGN_IDENTITY:-}" ]; then
  codesign --verify --deep --strict dist/Shoal.app
  codesign --force --timestamp --sign "$SHOAL_CODESIGN_IDENTITY" "$image"
fi
if [ -n "${SHOAL_NOTARY_PROFILE:-}" ]; then
  xcrun notarytool submit "$image" --keychain-profile "$SHOAL_NOTARY_PROFILE" --wait
  xcrun stapler staple "$image"
  spctl --assess --type open --context context:primary-signature "$image"
fi
echo "$image"
