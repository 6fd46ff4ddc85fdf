#!/bin/bash
# Runs a command in a copy of this machine's file system that has more packages installed, so that
# the servers that tests need never touch the machine itself.
#
#   root.sh NAME "PACKAGE…" SHARED-FOLDER COMMAND [ARGUMENT…]     (as root)
#
# The first use installs the packages into a layer that is kept under
# ${XDG_CACHE_HOME:-~/.cache}/mailpoint/servers/NAME; later ones only lay it over the machine
# (overlayfs, with a throwaway copy of the layer on top, in a mount namespace of its own).
# SHARED-FOLDER is the one place that both sides see. The network is the machine's own. When this
# process is killed, everything in the namespace dies with it. Exit 125 with a reason on stderr:
# the root could not be made.
set -euo pipefail

fail() {
    echo "root.sh: $*" >&2
    exit 125
}

cache=${XDG_CACHE_HOME:-$HOME/.cache}/mailpoint/servers
script=$(readlink -f "$0")

# Everything from here on runs in namespaces of its own: /mnt is free to build upon.
mount_over_machine() { # [LAYER]
    mount -t tmpfs -o mode=755 mailpoint /mnt || fail "no tmpfs can be mounted"
    mkdir /mnt/upper /mnt/work /mnt/root
    # A copy, because overlayfs refuses a layer that lies inside another (ELOOP), and so that any
    # number of tests can run at once.
    [ $# = 0 ] || cp -a "$1/." /mnt/upper
    mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root ||
        fail "overlayfs can't be mounted here; a container needs CAP_SYS_ADMIN (--privileged)"
    mount --rbind /dev /mnt/root/dev
    mount -t proc proc /mnt/root/proc
    mount -t tmpfs -o mode=755 mailpoint /mnt/root/run
    mount -t tmpfs -o mode=1777 mailpoint /mnt/root/tmp
}

install_packages() { # LAYER PACKAGE…
    local layer=$1 root=/mnt/root
    shift
    mount_over_machine
    # Often a link into /run, which is another file system.
    if [ -e /etc/resolv.conf ]; then
        cp --remove-destination "$(readlink -f /etc/resolv.conf)" $root/etc/resolv.conf
    fi
    printf '#!/bin/sh\nexit 101\n' >$root/usr/sbin/policy-rc.d
    chmod 755 $root/usr/sbin/policy-rc.d
    local apt=(chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0)
    local install=(install --no-install-recommends "$@")
    "${apt[@]}" "${install[@]}" >&2 ||
        { "${apt[@]}" update >&2 && "${apt[@]}" "${install[@]}" >&2; } ||
        fail "apt-get could not install $*"
    umount -R $root
    rm -rf /mnt/upper/var/lib/apt/lists /mnt/upper/var/cache/apt /mnt/upper/usr/sbin/policy-rc.d \
        /mnt/upper/usr/share/{doc,man,locale}
    rm -rf "$layer.part"
    cp -a /mnt/upper "$layer.part"
    mv "$layer.part" "$layer"
}

run_inside() { # LAYER SHARED-FOLDER COMMAND…
    local layer=$1 shared=$2
    shift 2
    mount_over_machine "$layer"
    mkdir -p "/mnt/root$shared"
    mount --bind "$shared" "/mnt/root$shared"
    exec chroot /mnt/root "$@"
}

case ${1-} in
--install) install_packages "${@:2}" && exit ;;
--run) run_inside "${@:2}" ;;
esac

[ $# -ge 4 ] || fail "usage: root.sh NAME \"PACKAGE…\" SHARED-FOLDER COMMAND [ARGUMENT…]"
[ "$(id -u)" = 0 ] || fail "only root can mount a root for the server (sudo)"
command -v unshare apt-get chroot >/dev/null || fail "unshare, apt-get and chroot are needed (Debian)"
name=$1 packages=$2 shared=$3
shift 3

# A layer fits only the machine that it was made on: its files and its list of packages.
below=$(cat /var/lib/dpkg/status /etc/passwd /etc/group - <<<"$packages" | sha256sum | cut -c1-16)
layer=$cache/$name/$below
if [ ! -d "$layer" ]; then
    mkdir -p "$cache/$name"
    exec 9>"$cache/$name/lock"
    flock 9
    if [ ! -d "$layer" ]; then
        find "$cache/$name" -mindepth 1 -maxdepth 1 -type d -exec rm -rf {} +
        # shellcheck disable=SC2086 # one word a package
        unshare --mount --pid --fork --kill-child bash "$script" --install "$layer" $packages 9>&- ||
            exit 125
    fi
    exec 9>&-
fi
exec unshare --mount --pid --fork --kill-child bash "$script" --run "$layer" "$shared" "$@"
