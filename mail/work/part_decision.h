#pragma once
// What can be decided about a part of a message against the rules of its point, and the verdict
// that follows. Pure.

#include "mail/work/message.h"

namespace mail::work {

/// Nobody is at work on it, and it is there: its status is what its parts amount to.
[[nodiscard]] bool is_at_rest(Status status);
/// One that the server has listed, of a message whose list can be trusted: of others a path may
/// mean another part once the whole mail is read.
[[nodiscard]] bool can_be_decided(const MessageRow& row, const PartView& part);
/// There is something to take that the rules leave out, or ask about.
[[nodiscard]] bool can_be_wanted(const PartView& part);
/// It is to be taken, or waits for somebody.
[[nodiscard]] bool can_be_unwanted(const PartView& part);

/// The verdict follows where one of the two is true; by_rules changes none.
void apply_decision(store::Decision decision, PartView& part);
/// A decision is about the part of that path and name, and about no other. By its name, too: what
/// another mail of the same Message-ID has under the path, or what the whole mail shows there, is
/// not meant.
[[nodiscard]] bool is_about(std::string_view path, std::string_view name, const PartView& part);
/// The same decisions on parts as the rules have judged them.
void carry_decisions(const Parts& from, Parts& to);
/// Nothing was taken of the message, since somebody decided so: it is not without attachments.
[[nodiscard]] bool was_skipped(const MessageRow& row, const MessageState& state);
/// Of that path, as something that may become a file, or the end.
[[nodiscard]] Parts::iterator find_part(Parts& parts, std::string_view path);

}  // namespace mail::work
