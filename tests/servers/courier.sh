#!/bin/bash
# Courier, inside its root: FOLDER CLEAR-PORT TLS-PORT CHAIN KEY LOGINS PASSWORD
set -euo pipefail
at=$1 clear=$2 tls=$3 chain=$4 key=$5 logins=$6 password=$7

mkdir -p "$at/mail"
for number in $(seq "$logins"); do
    echo "user$number:$password:$((3000 + number)):65534::$at/mail/user$number:/bin/sh"
    mkdir -p "$at/mail/user$number/Maildir"/{cur,new,tmp}
    chown -R "$((3000 + number)):65534" "$at/mail/user$number"
done >/tmp/logins
newusers -r /tmp/logins

cat "$chain" "$key" >/etc/courier/imapd.pem
chown courier /etc/courier/imapd.pem
# These files are sourced: the last line wins.
printf '%s\n' ADDRESS=127.0.0.1 "PORT=$clear" MAXPERIP=100 IMAP_IDLE_TIMEOUT=1 >>/etc/courier/imapd
printf '%s\n' SSLADDRESS=127.0.0.1 "SSLPORT=$tls" >>/etc/courier/imapd-ssl
mkdir -p /run/courier/authdaemon
chown -R courier:courier /run/courier
authdaemond start
imapd start
imapd-ssl start
sleep infinity
