#!/bin/sh
# tests/install/package.sh PACKAGE.deb: installs the package in an empty Debian 12, makes a city and serves it, removes
# and purges the package, and finds the city again. Needs root, debootstrap and the network; takes some minutes.
set -eu

deb=$(realpath "${1:?usage: tests/install/package.sh PACKAGE.deb}")
root=$(mktemp -d)
city=/var/lib/lykta/lund
port=38471
server=""
number=0

finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    umount "$root/proc" 2>/dev/null || true
    rm -rf --one-file-system "$root"
}
trap finish EXIT

inside() {
    chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

as_city() {
    inside runuser -u lykta -- "$@"
}

# told SENTENCE COMMAND ...: one line of the report; the first that does not hold ends the test.
told() {
    number=$((number + 1))
    sentence=$1
    shift
    if "$@" >"$root/told.log" 2>&1; then
        echo "ok $number - $sentence"
    else
        echo "not ok $number - $sentence"
        cat "$root/told.log"
        exit 1
    fi
}

answers() {
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        python3 -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:$port/hjalp').read()" && return 0
        sleep 1
    done
    return 1
}

asks_nothing() {
    inside apt-get install -y --no-install-recommends /lykta.deb </dev/null
}

debootstrap --variant=minbase bookworm "$root" >"$root.log" 2>&1 || { cat "$root.log"; exit 1; }
rm -f "$root.log"
chmod 0755 "$root" # the program's user walks through it
mount -t proc proc "$root/proc"
cp "$deb" "$root/lykta.deb"

told "the package installs and asks nothing" asks_nothing
told "the program says its version" inside lykta --version
told "its user has no shell and no password" inside sh -c 'getent passwd lykta | grep -q ":/usr/sbin/nologin$"'
told "the cities' folder is its user's alone" inside sh -c '[ "$(stat -c "%a %U" /var/lib/lykta)" = "700 lykta" ]'
told "a city is made" as_city lykta init $city --municipality 1281
told "a key for backups is made" as_city lykta backup $city --make-key /tmp/key
told "a backup is made" as_city lykta backup $city /var/lib/lykta-backup/one.lykta
told "the backup comes back on trial" as_city lykta restore /var/lib/lykta-backup/one.lykta $city --trial --key /tmp/key
chroot "$root" /usr/sbin/runuser -u lykta -- /usr/bin/lykta serve $city --listen 127.0.0.1:$port >"$root/serve.log" 2>&1 &
server=$!
told "the page for signing in is served" answers
kill "$server"
wait "$server" || true
server=""
told "the package is removed" inside apt-get remove -y lykta
told "the city is kept" test -f "$root$city/lykta.db"
told "the package is purged" inside apt-get purge -y lykta
told "the city and its backup are kept" test -f "$root$city/lykta.db" -a -f "$root/var/lib/lykta-backup/one.lykta"
told "the package is installed again" asks_nothing
told "and the city is whole" as_city lykta verify $city
