#include "mail/work/decide.h"

#include <algorithm>
#include <utility>

#include "mail/work/choose.h"
#include "mail/work/describe.h"
#include "mail/work/gate.h"
#include "mail/work/known.h"

namespace mail::work {

namespace {

using store::Decision;
using store::Step;

Status status_after(const MessageState& before, const Parts& parts) {
    if (has_more_than_taken(before.error))
        return before.status;
    const Status status = status_of(parts);
    if (status != Status::new_)
        return status;
    if (std::ranges::any_of(parts, is_saved))
        return Status::partial;
    return before.status == Status::failed ? Status::failed : Status::new_;
}

/// The parts of `state` have changed: so has what they amount to.
void settle(MessageState& state, const Parts& parts) {
    state.parts = PartList(parts);
    if (!is_at_rest(state.status))
        return;
    state.status = status_after(state, parts);
    if (state.status != Status::failed && state.status != Status::partial)
        state.error.reset();
}

/// Another run has to see to it, or nothing is left to be done.
store::Ledger::Standing standing_of(const MessageState& state, const Parts& parts) {
    store::Ledger::Standing standing;
    standing.left_out = left_out_of(parts);
    const bool any_saved = std::ranges::any_of(parts, is_saved);
    switch (status_of(parts)) {
    case Status::new_:
        standing.step = state.status == Status::failed ? Step::failed : Step::partial;
        break;
    case Status::none:
        standing.step = Step::none;
        break;
    default:
        standing.step = any_saved ? Step::stored : Step::none;
    }
    if (has_more_than_taken(state.error))
        standing.step = Step::partial;
    return standing;
}

/// As the rules and the ledger have it, without what was decided of this part.
Result<MessageState> state_by_rules(const DecisionContext& context, const MessageRow& row,
                                    const store::PartDecision& decision) {
    auto known = Known::load(context.ledger, context.mailbox);
    if (!known)
        return tl::unexpected(std::move(known.error()));
    known->decide(decision);
    MessageRow now = row;
    now.initial = {};
    now.initial.status = status_as_listed(row);
    remember(now, *known, context.general);
    return std::move(now.initial);
}

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace

void apply_decisions(const std::vector<const store::PartDecision*>& decisions, MessageRow& row) {
    if (decisions.empty())
        return;
    MessageState& state = row.initial;
    Parts parts = parts_of(row, state).unpack();
    for (const store::PartDecision* one : decisions) {
        if (const auto part = find_part(parts, one->part);
            part != parts.end() && is_about(one->part, one->name, *part))
            apply_decision(one->decision, *part);
    }
    settle(state, parts);
    row.attachments = attachments_in(parts);
}

Result<MessageState> decide(const DecisionContext& context, const MessageRow& row,
                            const std::string& path, Decision decision) {
    MessageState state = row.initial;
    Parts parts = parts_of(row, state).unpack();
    const auto part = find_part(parts, path);
    const bool has_sense = part != parts.end() && can_be_decided(row, *part) &&
                           (decision == Decision::take   ? can_be_wanted(*part)
                            : decision == Decision::skip ? can_be_unwanted(*part)
                                                         : part->decision != Decision::by_rules);
    if (!has_sense)
        return fail(Cause::nothing_to_decide, Layer::list, Reach::part,
                    {{"uid", std::to_string(row.uid)}, {"part", path}});
    const store::PartDecision record{id_of(row),  path,  part->part.name, decision,
                                     context.who, now(), row.subject};
    if (decision == Decision::by_rules) {
        auto by_rules = state_by_rules(context, row, record);
        if (!by_rules)
            return by_rules;
        state = *std::move(by_rules);
        parts = parts_of(row, state).unpack();
    } else {
        apply_decision(decision, *part);
        settle(state, parts);
    }
    return context.ledger.decide(context.mailbox, record, standing_of(state, parts)).map([&] {
        return std::move(state);
    });
}

}  // namespace mail::work
