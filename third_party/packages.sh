# Sourced by ./run, ./test and .ci/run: which Debian packages each of them needs, and how they come onto the machine.
# Without an apt-get it only says what is needed: other systems have other names for it.
# shellcheck shell=bash disable=SC2034,SC2016

packages_build="g++ cmake ninja-build pkg-config libssl-dev libsqlite3-dev
    libwayland-dev libwayland-bin wayland-protocols libxkbcommon-dev
    libx11-dev libxrandr-dev libxinerama-dev libxcursor-dev libxi-dev libxext-dev"
packages_window="libgl1 libgl1-mesa-dri xkb-data"
packages_fonts="libfontconfig1 fonts-dejavu-core fonts-wqy-microhei fonts-lohit-deva fonts-tlwg-loma-ttf"
packages_openid="chromium curl nodejs"
packages_ocr="ocrmypdf tesseract-ocr tesseract-ocr-pol qpdf"
packages_test="xvfb xauth xdotool python3 openssl $packages_window $packages_fonts $packages_openid $packages_ocr"
packages_lint="clang-format clang-tidy"
packages_fuzz="clang libclang-rt-14-dev"
packages_windows="g++-mingw-w64-x86-64-posix"

say() { printf '%s\n' "$@"; }
die() { printf '%s\n' "$@" >&2; exit 1; }

# The packages among the arguments that are not installed.
packages_missing() {
    local package
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s ' "$package"
    done
}

# Runs a command as root: as it is, or with sudo, which asks for the password only at a terminal.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif ! command -v sudo >/dev/null; then
        die "This needs root, and there is no sudo. Run it as root: $*"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

# packages_need PURPOSE PACKAGE...: says what is missing and installs it. Somebody who sits at a terminal and is not
# root is asked first; in a script or as root it goes on by itself.
packages_need() {
    local purpose=$1 missing answer
    shift
    if ! command -v apt-get >/dev/null; then
        say "No apt-get here: $purpose needs what Debian calls: $*"
        return 0
    fi
    missing=$(packages_missing "$@")
    if [ -n "$missing" ]; then
        say "To install with apt-get, $purpose: $missing"
        if [ "$(id -u)" != 0 ] && [ -t 0 ]; then
            read -r -p "Install them now? [Y/n] " answer
            case $answer in [nN]*) die "Nothing was installed. By hand: sudo apt-get install --no-install-recommends $missing" ;; esac
        fi
        as_root apt-get -qq update
        # shellcheck disable=SC2086  # a list of words
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 install --no-install-recommends $missing \
            >/dev/null || die "apt-get could not install: $missing"
    elif [ -z "$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages')" ]; then
        # The recipes ask apt for the address of its mirror, and without lists it knows none.
        as_root apt-get -qq update
    fi
}

# openid_need: the provider of tests/servers/openid, as its lock file has it, into build/openid; from the registry that
# npm is configured for. Where that fails, the test that wants it fails and shows npm.log.
openid_need() {
    local from=tests/servers/openid to=build/openid
    ! cmp -s "$from/package-lock.json" "$to/installed.json" || return 0
    command -v npm >/dev/null || packages_need "for the OpenID provider of the tests" npm
    mkdir -p "$to"
    cp "$from/package.json" "$from/package-lock.json" "$to"
    say "Installing the OpenID provider of the tests ..."
    if npm ci --prefix "$to" --ignore-scripts --no-audit --no-fund --no-update-notifier --fetch-retries 1 \
        --fetch-timeout 60000 >"$to/npm.log" 2>&1 </dev/null; then
        cp "$from/package-lock.json" "$to/installed.json"
    else
        say "npm could not install it: $to/npm.log"
    fi
}

# build PRESET TARGET...: configures where that was never done (ninja itself configures again after a change), builds.
build() {
    local preset=$1
    shift
    if [ ! -f "build/$preset/build.ninja" ]; then
        say "Configuring $preset (third-party sources come from Debian's pool once, then from the cache) ..."
        mkdir -p "build/$preset"
        cmake --preset "$preset" >"build/$preset/configure.log" 2>&1 || {
            tail -n 30 "build/$preset/configure.log" >&2
            die "Configuring failed; all of it: build/$preset/configure.log"
        }
    fi
    if [ -t 1 ]; then
        cmake --build "build/$preset" --target "$@" || die "The build failed."
    else
        cmake --build "build/$preset" --target "$@" >"build/$preset/build.log" 2>&1 || {
            grep -E -A 12 'FAILED|error' "build/$preset/build.log" | head -n 80 >&2
            die "The build failed; all of it: build/$preset/build.log"
        }
    fi
}
