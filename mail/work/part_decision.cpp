#include "mail/work/part_decision.h"

#include <algorithm>

namespace mail::work {

namespace {

using store::Decision;

/// A message, or what of it could not be listed, is no part that could be written.
bool is_one(const PartView& part) {
    return !part.part.path.empty() && !part.part.is_multipart() && !part.part.has_children;
}

/// Left out by a rule, and there to be had.
bool is_left_out_by_rule(Reason reason) {
    return reason == Reason::inline_picture || reason == Reason::logo ||
           reason == Reason::not_graphic || reason == Reason::executable ||
           reason == Reason::saved_before || reason == Reason::not_wanted ||
           reason == Reason::encrypted || reason == Reason::damaged || reason == Reason::too_large;
}

}  // namespace

bool is_at_rest(Status status) {
    return status == Status::new_ || status == Status::taken || status == Status::partial ||
           status == Status::check || status == Status::failed || status == Status::none;
}

bool can_be_decided(const MessageRow& row, const PartView& part) {
    if (row.whole_needed || !is_one(part))
        return false;
    Parts listed = row.parts.unpack();
    return find_part(listed, part.part.path) != listed.end();
}

bool can_be_wanted(const PartView& part) {
    return is_one(part) && is_left_out_by_rule(part.reason) &&
           (part.verdict == Verdict::skipped || part.verdict == Verdict::needs_you);
}

bool can_be_unwanted(const PartView& part) {
    return is_one(part) &&
           (part.verdict == Verdict::will_be_taken || part.verdict == Verdict::needs_you);
}

void apply_decision(Decision decision, PartView& part) {
    if (decision == Decision::take && can_be_wanted(part)) {
        part.verdict = Verdict::will_be_taken;
        part.reason = Reason::asked_for;
        part.file.clear();
    } else if (decision == Decision::skip && can_be_unwanted(part)) {
        // Of a content that another message has brought the file is known all the same.
        if (part.reason != Reason::saved_before)
            part.reason = Reason::not_wanted;
        part.verdict = Verdict::skipped;
        part.error.reset();
    }
    part.decision = decision;
}

bool is_about(std::string_view path, std::string_view name, const PartView& part) {
    return part.part.path == path && part.part.name == name;
}

void carry_decisions(const Parts& from, Parts& to) {
    for (const PartView& decided : from)
        if (decided.decision != Decision::by_rules)
            if (const auto part = find_part(to, decided.part.path);
                part != to.end() && is_about(decided.part.path, decided.part.name, *part))
                apply_decision(decided.decision, *part);
}

Parts::iterator find_part(Parts& parts, std::string_view path) {
    return std::ranges::find_if(
        parts, [&](const PartView& part) { return part.part.path == path && is_one(part); });
}

bool was_skipped(const MessageRow& row, const MessageState& state) {
    if (state.status != Status::none)
        return false;
    const Parts parts = parts_of(row, state).unpack();
    return std::ranges::any_of(parts, [](const PartView& part) {
        return part.decision == store::Decision::skip && part.verdict == Verdict::skipped;
    });
}

}  // namespace mail::work
