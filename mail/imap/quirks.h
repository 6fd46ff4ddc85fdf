#pragma once
// What servers do beside the standard and what we make of it: all in one place, each with the
// server and version that was first seen doing it. What needs a decision is a function here, told
// from its words in quirks.cpp; what only needs a tolerant reader stands with the grammar, and is
// listed here with the file that has it.
//
// Dovecot 2.3      hangs up or says BYE at BINARY of damaged base64: asked for the octets instead
//                  (suspicion.h); names without quotes are cut at a blank, and broken heads give
//                  half a type: the mail is read whole (work/describe.cpp); "* OK Searched 12%"
//                  while it is at work (pipeline.cpp); capabilities grow after the login (session);
//                  hangs up on a token in more than 8 KiB: longest_sasl_response
// Cyrus 3.6        a file that is missing: NO [EXPUNGEISSUED]; literals as names in BODYSTRUCTURE
//                  (cursor.h); LOGINDISABLED after the login (not looked at then, session.cpp);
//                  a removed mail is served on: taken, it is the right one
// Courier 5.0      a mail of its own for a removed one: is_substitute(); a name with a quote in it
//                  makes the part text/plain; {0} for a part that is not there: the mail is read
//                  whole (part_transfer.cpp, work/delivery.cpp); no LITERAL+, literals run as
//                  commands: never sent there (command.cpp); all folders below "INBOX."
//                  (nearest_folder.h); ESEARCH missing (listing.cpp); keywords of others as they
//                  were when the folder was opened, until NOOP (claiming.cpp)
// Mailutils 3.15   another UID than asked for: wrong_message (part_transfer.cpp); "EXPUNGED"
//                  (response.cpp); sizes off by the line ends: same_octets(); mechanisms that are
//                  not set up: never picked blindly (sasl.h); NIL as delimiter (response.cpp);
//                  STORE under a UID that is not there marks a neighbour: looked at afterwards
//                  (changes.cpp); RFC822.SIZE of one mail changes: sizes_may_be_of_one(); ruins its
//                  mbox when a folder is closed in which it has expunged:
//                  ruins_what_it_expunged(); SEARCH UID means sequence numbers:
//                  searches_numbers_for_uids(); is silent in IDLE: longest_idle()
// Hoodiecrow 2.1   plain OK for a removed mail: message_gone; the whole body for a part that is
//                  not there: its size does not fit (part_transfer.cpp)
// WildDuck 1.46    UIDPLUS and MOVE only after the login (session.cpp)
// Microsoft 365    "Suggested Backoff Time": suggested_wait(); OK to a token whose mailbox it does
//                  not open then: says_mailbox_stays_shut()
// not known which  {n+} sent by a server (framer.cpp); folder names in raw UTF-8 (utf7.h,
//                  examine.cpp); an attached mail described as a file (body_structure.cpp); one
//                  message told in several replies, a search answered in several lines or with
//                  more than was asked for (listing.cpp); days of one digit (fetch_items.cpp);
//                  lists and searches cut short, as RFC 9738 allows (listing.cpp, examine.cpp);
//                  ESEARCH named and refused (uid_search.cpp); blanks too many (cursor.h); commands
//                  dropped: may_have_dropped_commands(); a CRLF within a quoted subject: listed
//                  one by one, the broken one without its description (listing.cpp,
//                  listing_care.h)

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mail/imap/framer.h"
#include "mail/imap/response.h"

namespace mail::imap::quirks {

/// Mailutils 3.15 ends the OK to AUTHENTICATE, and no other line, with a lone LF: who waits for
/// CRLF waits for ever.
inline constexpr Framer::LineEnd line_end_while_signing_in = Framer::LineEnd::lone_lf_too;

/// The protocol that a first line belongs to, where it is not IMAP: "smtp", "pop3", "http", "ssh",
/// "ftp" … or "unknown". Nothing for IMAP.
[[nodiscard]] std::optional<std::string> foreign_protocol(std::string_view raw_first_line);

/// The server refuses the login itself, by code or in words, whatever else it says ("try again
/// later"): the same password is never sent again without somebody.
[[nodiscard]] bool says_login_refused(const Status& status);

/// The server has no room for us now: too many sessions, throttled, busy.
[[nodiscard]] bool says_limit(const Status& status);

/// The server wants this to be asked again, but not now: a limit, or a folder that is in use.
[[nodiscard]] bool asks_to_wait(const Status& status);
/// How long, where it says so.
[[nodiscard]] std::optional<std::chrono::milliseconds> suggested_wait(const Status& status);

/// The mechanism is not to be had; says nothing about the password.
[[nodiscard]] bool says_mechanism_unavailable(const Status& status);

/// Dovecot hangs up without a word when what signs in takes more octets.
inline constexpr std::size_t longest_sasl_response = 8192;

/// The login was taken, and the mailbox isn't opened with it: it is somebody else's, or there is
/// none ("User is authenticated but not connected").
[[nodiscard]] bool says_mailbox_stays_shut(const Status& status);

/// The NO to a login is about the server, not about the login: to be tried later.
[[nodiscard]] bool says_try_later(const Status& status);

/// A server was silent at commands that were sent without waiting for one answer before the next:
/// some read one and throw away what came with it. On the next session they are sent one after
/// another.
[[nodiscard]] bool may_have_dropped_commands(const Error& error);

/// The message is not there any more, though the command itself was in order.
[[nodiscard]] bool says_gone(const Status& status);

/// Mailutils 3.15 reads its mbox again when another program has removed a message: it gives all
/// messages behind that one other UIDs, keeps the UIDVALIDITY, and says nothing but a smaller
/// EXISTS. From then on a UID of the list means another message.
[[nodiscard]] constexpr bool numbers_anew(std::uint32_t existed, std::uint32_t exist) {
    return exist < existed;
}

/// Whether a UID always means the same message as long as UIDVALIDITY does. Mailutils, which
/// numbers anew, has no UIDPLUS; every other server that was tried has. A folder may say of itself
/// that it doesn't (RFC 4315), or give no UIDVALIDITY (RFC 9051, 6.3.2: they don't last then).
[[nodiscard]] inline bool keeps_its_numbers(const Capabilities& capabilities,
                                            const Mailbox& mailbox) {
    return capabilities.uidplus && mailbox.uids_stick && mailbox.uid_validity != 0;
}

/// Mailutils 3.15: a session that has expunged, and then closes the folder in whatever way (LOGOUT,
/// CLOSE, UNSELECT, another SELECT), writes flags to where mails began before: the mail behind the
/// removed one loses its head (15 of 16 tries). Where the connection just ends it doesn't (none of
/// 8). So it must be dropped.
[[nodiscard]] inline bool ruins_what_it_expunged(const Capabilities& capabilities) {
    return !capabilities.uidplus;  // as in keeps_its_numbers()
}

/// Mailutils 3.15 takes the set of the search key UID for sequence numbers, and finds others or
/// none as soon as anything was ever removed from the folder. So it is searched for all, and those
/// that were meant are picked from what it finds.
[[nodiscard]] inline bool searches_numbers_for_uids(const Capabilities& capabilities) {
    return !capabilities.uidplus;  // as in keeps_its_numbers()
}

/// How long one IDLE may last: servers may hang up after 30 minutes (RFC 2177, 3). Mailutils 3.15
/// says what has come only when it is ended, so that to end it is how to ask.
[[nodiscard]] inline std::chrono::seconds longest_idle(const Capabilities& capabilities) {
    return capabilities.uidplus ? std::chrono::minutes(28) : std::chrono::seconds(30);
}

/// RFC822.SIZE of one mail, told twice. Mailutils 3.15 counts its own lines along (Status, X-UID,
/// and X-IMAPbase in the first mail of the mbox), which come and go with each EXPUNGE: 163, 118,
/// 116 and 106 of one mail.
[[nodiscard]] bool sizes_may_be_of_one(const Capabilities& capabilities, std::uint64_t one,
                                       std::uint64_t other);

/// How many octets a part has by the structure, and how many came, with so many line ends.
struct Sizes {
    std::uint64_t said = 0, came = 0, line_ends = 0;
};
/// The two are the same, or differ by nothing but how the server counts line ends.
[[nodiscard]] bool same_octets(const Sizes& sizes);

/// A mail that the server made up in place of one that is gone: its subject and the address of its
/// sender.
[[nodiscard]] bool is_substitute(std::string_view subject, std::string_view sender);

}  // namespace mail::imap::quirks
