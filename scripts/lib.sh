# Shared by the scripts beside it, which source it. Progress and errors go to stderr, in the tone of `keyless` itself.
# shellcheck shell=bash

script=scripts/$(basename "$0")
script_file=$(realpath "$0")
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1

# A target sees only what Package.swift lists for it. Every build passes the same flags, or it would build all again.
swift_flags=(--explicit-target-dependency-import-check error)
# A released binary takes its libraries from the system alone, never from the directory it happens to lie in.
release_flags=("${swift_flags[@]}" -c release --static-swift-stdlib --disable-local-rpath)

# progress WHAT: one line before anything that takes time.
progress() {
    printf '==> %s\n' "$1" >&2
}

# fail MESSAGE [HINT…]: says what is wrong, then what to type, and ends.
fail() {
    printf '%s: error: %s\n' "$script" "$1" >&2
    shift
    (($# == 0)) || printf "$script: hint: %s\n" "$@" >&2
    exit 1
}

# show_help "$@": the comment at the top of the calling script is its help.
show_help() {
    local argument
    for argument; do
        [[ $argument != -- ]] || return 0
        [[ $argument == --help || $argument == -h ]] || continue
        sed -n '2,/^$/s/^# \{0,1\}//p' "$script_file"
        exit 0
    done
}

# need_toolchain: Swift 6.1 or newer, or one line on how to get it.
need_toolchain() {
    local found
    command -v swift >/dev/null ||
        fail "swift is not on the PATH" "install Swift 6.1 or newer: https://www.swift.org/install/linux"
    found=$(swift_version)
    [[ -n $found ]] || fail "'swift --version' does not answer" "install it again: https://www.swift.org/install/linux"
    version_is_at_least 6.1 "$found" ||
        fail "Swift $found is too old" "install Swift 6.1 or newer: https://www.swift.org/install/linux"
}

# swift_version: 6.3, or nothing where swift does not answer.
swift_version() {
    swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' | head -n 1 || true
}

# version_is_at_least WANTED FOUND
version_is_at_least() {
    [[ $(printf '%s\n' "$1" "$2" | sort --version-sort | head -n 1) == "$1" ]]
}

# What is looked for, and the Debian and Ubuntu package that brings it: a command, or a pkg-config module, Python module
# or file where it says so. Scripts pick from these.
# shellcheck disable=SC2034
{
    build_packages=(pkg-config=pkg-config module:libcurl=libcurl4-openssl-dev module:libcrypto=libssl-dev)
    python_packages=(python3=python3 python:ensurepip=python3-venv)
    test_packages=(
        curl=curl openssl=openssl file:/etc/ssl/certs/ca-certificates.crt=ca-certificates zsh=zsh fish=fish dash=dash
        nghttpd=nghttp2-server packer=packer shellcheck=shellcheck "${python_packages[@]}" go=golang-go
        file:/usr/share/gocode/src/github.com/aws/aws-sdk-go-v2/config=golang-github-aws-aws-sdk-go-v2-dev
    )
    package_packages=(readelf=binutils)
    benchmark_packages=(curl=curl hyperfine=hyperfine file:/usr/bin/time=time "${python_packages[@]}")
    endpoint_packages=(wrk=wrk python3=python3)
}

# install_packages WHAT=PACKAGE…: installs the packages whose WHAT is not there. Needs no network when all is there.
install_packages() {
    local wanted missing=() as_root=()
    for wanted; do
        is_there "${wanted%%=*}" || missing+=("${wanted#*=}")
    done
    ((${#missing[@]} > 0)) || return 0

    command -v apt-get >/dev/null ||
        fail "missing: ${missing[*]} (their names on Debian and Ubuntu)" \
            "install them with this system's package manager, then run $script again"
    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            fail "missing: ${missing[*]}" "as root: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    progress "installing ${missing[*]}"
    apt_get update || fail "'apt-get update' failed" "look at the lines above; is there a network, or a proxy to name?"
    apt_get install --yes --no-install-recommends --no-remove "${missing[@]}" ||
        fail "could not install ${missing[*]}" "${as_root[*]} apt-get install ${missing[*]}"
}

apt_get() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet "$@" >&2
}

is_there() {
    case $1 in
        module:*) pkg-config --exists "${1#module:}" 2>/dev/null ;;
        python:*) python3 -c "import ${1#python:}" 2>/dev/null ;;
        file:*) [[ -e ${1#file:} ]] ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

# python_environment: .venv with exactly Tests/requirements.txt, built again only when that file or Python changed.
python_environment() {
    local wanted found
    found=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    version_is_at_least 3.11 "$found" ||
        fail "Python $found is too old for the tests" "install Python 3.11 or newer (Debian 12, Ubuntu 24.04 have it)"
    wanted="$found $(sha256sum <Tests/requirements.txt)"
    export KEYLESS_TEST_PYTHON=$root/.venv/bin/python
    [[ ! -x $KEYLESS_TEST_PYTHON || $(cat .venv/requirements 2>/dev/null) != "$wanted" ]] || return 0

    progress "installing Python packages for the tests into .venv"
    rm -rf .venv
    python3 -m venv .venv || fail "python3 cannot make a virtual environment" "apt-get install python3-venv"
    "$KEYLESS_TEST_PYTHON" -m pip install --quiet --disable-pip-version-check --no-input \
        --requirement Tests/requirements.txt >&2 ||
        fail "pip could not install Tests/requirements.txt" \
            "look at the lines above; is there a network, or a proxy to name (HTTPS_PROXY)?"
    printf '%s\n' "$wanted" >.venv/requirements
}

# build_debug [ARGUMENT…], build_release [ARGUMENT…]: what `swift build` says is shown; its failure is ours.
build_debug() {
    progress "building"
    swift build "${swift_flags[@]}" "$@" >&2 || fail "the build failed" "the compiler's lines above say where"
}

# How the released binary is linked, by lld. docs/architecture.md says what each of these is worth.
#   function-order.txt: the functions that `assume` runs lie side by side, so that less of the file is in memory.
#   pack-relative-relocs: relocations as a bitmap, where the C library can read them (2.36, Debian 12 and newer).
#   libstdc++.a: the C++ runtime inside, whose symbols need not be looked up at launch.
link_flags=(
    -Xswiftc -use-ld=lld -Xlinker --no-export-dynamic -Xlinker "-L$root/.build/archives"
    -Xlinker --symbol-ordering-file="$root/scripts/function-order.txt" -Xlinker --no-warn-symbol-ordering
)
if version_is_at_least 2.36 "$(getconf GNU_LIBC_VERSION | cut -d' ' -f2)"; then
    link_flags+=(-Xlinker -z -Xlinker pack-relative-relocs)
fi

build_release() {
    local archives=$root/.build/archives library
    progress "building for release"
    library=$(gcc -print-file-name=libstdc++.a)
    [[ $library == /* ]] || fail "libstdc++.a is missing" "apt-get install libstdc++-12-dev, or the version gcc has here"
    mkdir -p "$archives"
    ln -sf "$library" "$archives/libstdc++.a"
    # SwiftPM does not know that the order is something to link anew for.
    local linked
    linked=$(swift build "${release_flags[@]}" --show-bin-path)/keyless
    [[ ! scripts/function-order.txt -nt $linked ]] || rm -f "$linked"
    swift build "${release_flags[@]}" "${link_flags[@]}" "$@" >&2 ||
        fail "the release build failed" "the compiler's lines above say where"
}

# conditions PROGRAM…: one line on what the numbers of a benchmark were measured with. PROGRAM has its version in it.
conditions() {
    local cpu system program
    cpu=$(sed -nE 's/^(model name|Model)[[:space:]]*: (.*)/\2/p' /proc/cpuinfo | head -n 1)
    system=$(. /etc/os-release && printf '%s' "$PRETTY_NAME")
    printf 'Measured on %s: %s cores (%s), %s' "$(date --utc +%F)" "$(nproc)" "${cpu:-unknown processor}" "$system"
    for program; do printf ', %s' "$program"; done
    printf '.\n'
}

# write_down FILE MARK: puts FILE between the marks "MARK" and "end of MARK" in docs/benchmarks.md.
write_down() {
    sed -i -e "/<!-- $2 -->/,/<!-- end of $2 -->/{" -e "/<!-- $2 -->/r $1" \
        -e "/<!-- $2 -->/!{/<!-- end of $2 -->/!d}" -e '}' docs/benchmarks.md
}
