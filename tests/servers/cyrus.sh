#!/bin/bash
# Cyrus, inside its root: FOLDER CLEAR-PORT TLS-PORT CHAIN KEY LOGINS PASSWORD
set -euo pipefail
at=/run/store # in memory: thousands of mails are put in one by one
clear=$2 tls=$3 chain=$4 key=$5 logins=$6 password=$7

mkdir -p $at/{configuration,spool,sockets,proc,lock}
cp "$key" $at/key
cat >$at/imapd.conf <<END
configdirectory: $at/configuration
defaultpartition: default
partition-default: $at/spool
proc_path: $at/proc
mboxname_lockpath: $at/lock
idlesocket: $at/sockets/idle
notifysocket: $at/sockets/notify
lmtpsocket: $at/sockets/lmtp
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: $at/passwords
sasl_mech_list: PLAIN LOGIN
allowplaintext: yes
unixhierarchysep: yes
altnamespace: yes
imapidlepoll: 1
autocreate_quota: 0
autocreate_inbox_folders: Trash|Sent
xlist-trash: Trash
tls_server_cert: $chain
tls_server_key: $at/key
END
cat >$at/cyrus.conf <<END
START {
    recover cmd="/usr/sbin/cyrus ctl_cyrusdb -r -C $at/imapd.conf"
}
SERVICES {
    imap cmd="imapd -C $at/imapd.conf" listen="127.0.0.1:$clear" prefork=0 maxchild=100
    imaps cmd="imapd -s -C $at/imapd.conf" listen="127.0.0.1:$tls" prefork=0 maxchild=100
}
EVENTS {
    checkpoint cmd="/usr/sbin/cyrus ctl_cyrusdb -c -C $at/imapd.conf" period=30
}
END
for number in $(seq "$logins"); do
    echo "$password" | saslpasswd2 -p -c -f $at/passwords -u "$(hostname)" "user$number"
done
chown -R cyrus:mail $at/{configuration,spool,sockets,proc,lock,key,passwords}
/usr/sbin/cyrmaster -C $at/imapd.conf -M $at/cyrus.conf -p $at/proc/master.pid -D
