#include "mail/imap/envelope.h"

namespace mail::imap {

namespace {

/// Nobody shows more; the rest of a longer list is passed over.
constexpr std::size_t max_addresses = 100;

Address parse_address(Cursor& cursor) {
    Address address;
    cursor.expect('(');
    address.raw_name = cursor.nstring();
    cursor.blank();
    (void)cursor.nstring();  // the source route, unused since RFC 1123
    cursor.blank();
    address.raw_mailbox = cursor.nstring();
    cursor.blank();
    address.raw_host = cursor.nstring();
    cursor.skip_to_list_end();
    return address;
}

std::vector<Address> parse_addresses(Cursor& cursor) {
    std::vector<Address> addresses;
    if (!cursor.sees('(')) {
        // NIL by the grammar; a server that puts "" there means the same.
        if (!cursor.nstring().empty())
            cursor.refuse();
        return addresses;
    }
    cursor.expect('(');
    cursor.blanks();
    while (!cursor.failed() && !cursor.take(')')) {
        Address address = parse_address(cursor);
        if (addresses.size() < max_addresses)
            addresses.push_back(std::move(address));
        cursor.blanks();
    }
    return addresses;
}

/// Moves to the next field of the list, if the server gives one.
bool next_field(Cursor& cursor) {
    cursor.blanks();
    return !cursor.failed() && !cursor.sees(')');
}

}  // namespace

Envelope parse_envelope(Cursor& cursor) {
    Envelope envelope;
    if (cursor.take_word("NIL"))
        return envelope;
    cursor.expect('(');
    if (next_field(cursor))
        cursor.skip_value();  // the date: INTERNALDATE is what the list shows
    if (next_field(cursor))
        envelope.raw_subject = cursor.nstring();
    if (next_field(cursor))
        envelope.from = parse_addresses(cursor);
    if (next_field(cursor)) {
        // Nearly always the same again.
        if (envelope.from.empty())
            envelope.sender = parse_addresses(cursor);
        else
            cursor.skip_value();
    }
    constexpr int unused_fields = 5;  // reply-to, to, cc, bcc, in-reply-to
    for (int field = 0; field < unused_fields && next_field(cursor); ++field)
        cursor.skip_value();
    if (next_field(cursor))
        envelope.raw_message_id = cursor.nstring();
    cursor.skip_to_list_end();
    return envelope;
}

}  // namespace mail::imap
