#!/usr/bin/env bash
# Makes sure the shared libraries that Qt and its web view load, a font and ssh-keygen are on this machine.
#
# Where something is missing on Debian or Ubuntu it is installed with apt-get, when that needs no password;
# otherwise the one line to type is printed and the script fails. Only Linux needs this: on Windows and macOS
# the Python packages bring all they load.
set -euo pipefail

# What is looked for, and the packages that carry it (the newer name first: Ubuntu 24.04 renamed two of them).
NEEDED='
libEGL.so.1             libegl1
libGL.so.1              libgl1
libX11-xcb.so.1         libx11-xcb1
libX11.so.6             libx11-6
libXcomposite.so.1      libxcomposite1
libXdamage.so.1         libxdamage1
libXext.so.6            libxext6
libXfixes.so.3          libxfixes3
libXrandr.so.2          libxrandr2
libXtst.so.6            libxtst6
libasound.so.2          libasound2t64 libasound2
libdbus-1.so.3          libdbus-1-3
libdrm.so.2             libdrm2
libfontconfig.so.1      libfontconfig1
libfreetype.so.6        libfreetype6
libgbm.so.1             libgbm1
libglib-2.0.so.0        libglib2.0-0t64 libglib2.0-0
libnspr4.so             libnspr4
libnss3.so              libnss3
libwayland-client.so.0  libwayland-client0
libwayland-cursor.so.0  libwayland-cursor0
libwayland-egl.so.1     libwayland-egl1
libxcb-cursor.so.0      libxcb-cursor0
libxcb-dri3.so.0        libxcb-dri3-0
libxcb-glx.so.0         libxcb-glx0
libxcb-icccm.so.4       libxcb-icccm4
libxcb-image.so.0       libxcb-image0
libxcb-keysyms.so.1     libxcb-keysyms1
libxcb-randr.so.0       libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-render.so.0      libxcb-render0
libxcb-shape.so.0       libxcb-shape0
libxcb-shm.so.0         libxcb-shm0
libxcb-sync.so.1        libxcb-sync1
libxcb-util.so.1        libxcb-util1
libxcb-xfixes.so.0      libxcb-xfixes0
libxcb-xkb.so.1         libxcb-xkb1
libxcb.so.1             libxcb1
libxkbcommon-x11.so.0   libxkbcommon-x11-0
libxkbcommon.so.0       libxkbcommon0
libxkbfile.so.1         libxkbfile1
font                    fonts-dejavu-core
ssh-keygen              openssh-client
'

# Plain users of Debian do not have ldconfig on their path.
PATH=$PATH:/usr/sbin:/sbin

has_font() {
    local found
    found=$(find /usr/share/fonts /usr/local/share/fonts "${XDG_DATA_HOME:-$HOME/.local/share}/fonts" \
        \( -name '*.ttf' -o -name '*.otf' -o -name '*.ttc' \) -print -quit 2>/dev/null || true)
    [ -n "$found" ]
}

is_there() {
    case $1 in
        font) has_font ;;
        *.so*) [[ $LIBRARIES == *"	$1 ("* ]] ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

# The first of the names that this release of the system knows; the last when it knows none.
package_here() {
    local name
    for name in "$@"; do
        apt-cache show "$name" >/dev/null 2>&1 && break
    done
    printf '%s' "$name"
}

missing_things() {
    local thing packages
    LIBRARIES=$(ldconfig -p)
    while read -r thing packages; do
        if [ -n "$thing" ] && ! is_there "$thing"; then printf '%s %s\n' "$thing" "$packages"; fi
    done <<<"$NEEDED"
}

packages_for() {
    local thing packages
    while read -r thing packages; do
        # shellcheck disable=SC2086  # the names are meant to be split
        printf ' %s' "$(package_here $packages)"
    done <<<"$1"
}

[ "$(uname -s)" = Linux ] || exit 0
missing=$(missing_things)
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    printf 'Please install these with the package manager of this system, then run make again:\n%s\n' \
        "$(cut -d' ' -f1 <<<"$missing")" >&2
    exit 1
fi

if [ "$(id -u)" = 0 ]; then
    as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
else
    printf 'Some system libraries are missing. Please type this line once, then run make again:\n\n' >&2
    printf '    sudo apt-get update && sudo apt-get install --yes --no-install-recommends%s\n\n' \
        "$(packages_for "$missing")" >&2
    exit 1
fi

echo "Installing missing system libraries:$(cut -d' ' -f1 <<<"$missing" | sed 's/^/ /' | tr -d '\n')"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
# shellcheck disable=SC2046  # the names are meant to be split
"${as_root[@]}" apt-get install -qq --yes --no-install-recommends $(packages_for "$missing") >/dev/null
"${as_root[@]}" ldconfig

missing=$(missing_things)
if [ -n "$missing" ]; then
    printf 'Still missing after the installation:\n%s\n' "$missing" >&2
    exit 1
fi
