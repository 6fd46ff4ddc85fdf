#!/bin/bash
# GNU Mailutils, inside its root: FOLDER CLEAR-PORT TLS-PORT CHAIN KEY LOGINS PASSWORD
set -euo pipefail
at=/run/store # in memory: thousands of mails are put in one by one
clear=$2 tls=$3 chain=$4 key=$5 logins=$6 password=$7

mkdir -p $at/spool $at/mail
for number in $(seq "$logins"); do
    echo "user$number:$password:$((3000 + number)):65534::$at/mail/user$number:/bin/sh"
    install -d -o $((3000 + number)) "$at/mail/user$number"
    install -m 660 -o $((3000 + number)) -g mail /dev/null "$at/spool/user$number"
done >/tmp/logins
newusers -r /tmp/logins
printf '%s\n' 'auth required pam_unix.so' 'account required pam_unix.so' >/etc/pam.d/imap4d

# It refuses a key that others may read.
chmod 600 "$key"
cat >$at/imap4d.conf <<END
mode daemon;
foreground yes;
logging { syslog no; };
auth { authentication system:pam; authorization system; };
pam { service imap4d; };
mailbox { mail-spool "$at/spool"; };
tls { ssl-certificate-file "$chain"; ssl-key-file "$key"; };
server 127.0.0.1:$clear { tls-mode ondemand; };
server 127.0.0.1:$tls { tls-mode connection; };
END
imap4d --config-file=$at/imap4d.conf
