"""What people script: imaplib and email, one whole mail after the other.

    whole_mails.py PORT LOGIN PASSWORD list
    whole_mails.py PORT LOGIN PASSWORD take FOLDER
"""
import email
import email.policy
import imaplib
import os
import sys

port, login, password, job = sys.argv[1:5]
session = imaplib.IMAP4("127.0.0.1", int(port))
session.login(login, password)
session.select("INBOX", readonly=True)
if job == "list":
    session.fetch("1:*", "(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)")
else:
    count = 0
    for uid in session.uid("SEARCH", "ALL")[1][0].split():
        raw = session.uid("FETCH", uid, "(BODY.PEEK[])")[1][0][1]
        for part in email.message_from_bytes(raw, policy=email.policy.default).iter_attachments():
            count += 1
            with open(os.path.join(sys.argv[5], f"{count}.pdf"), "xb") as file:
                file.write(part.get_content())
session.logout()
