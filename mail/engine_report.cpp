// What an Engine knows of a day: the report.

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "mail/engine_state.h"

namespace mail {

namespace {

DayReport::Open open_of(const PointView& point, const MessageRow& row, const MessageState& state) {
    return {point.definition->id,
            point.definition->name,
            row.uid,
            row.subject,
            row.sender_name.empty() ? row.sender_address : row.sender_name,
            row.received,
            state.status,
            state.error ? std::string(name_of(state.error->cause)) : std::string()};
}

ReportSources::Point source_of(const PointView& point) {
    ReportSources::Point source{point.definition->id, point.definition->name};
    if (!point.mailbox || !point.mailbox->complete)
        return source;
    source.is_listed = true;
    for (const auto& chunk : point.mailbox->chunks)
        for (const MessageRow& row : *chunk)
            // One that waits for a person does so whatever was taken of it.
            if (const MessageState& state = point.mailbox->state_of(row);
                is_open(state) || state.status == Status::check)
                source.open.push_back(open_of(point, row, state));
    return source;
}

/// Who left out what: of the mailboxes of documents with a part that somebody did not want.
Result<std::vector<std::pair<store::MailboxId, store::PartDecision>>>
decisions_about(store::Ledger& ledger, const ReportSources::Entries& documents) {
    std::vector<store::MailboxId> mailboxes;
    for (const auto& [mailbox, entry] : documents)
        if (std::ranges::find(entry.left_out, work::name_of(work::Reason::not_wanted),
                              &store::LeftOut::reason) != entry.left_out.end() &&
            std::ranges::find(mailboxes, mailbox) == mailboxes.end())
            mailboxes.push_back(mailbox);
    std::vector<std::pair<store::MailboxId, store::PartDecision>> all;
    for (const store::MailboxId& mailbox : mailboxes) {
        auto decisions = ledger.decisions(mailbox);
        if (!decisions)
            return tl::unexpected(std::move(decisions.error()));
        for (store::PartDecision& one : *decisions)
            all.emplace_back(mailbox, std::move(one));
    }
    return all;
}

/// What was put back into its mailbox has another number since, under which the log does not have
/// its subject: its list does.
void fill_in_subjects(DayReport& report, const Snapshot& snapshot) {
    std::map<std::pair<std::string, std::uint32_t>, std::string*> unknown;
    for (DayReport::Document& document : report.documents)
        if (document.subject.empty())
            unknown.insert({{document.point, document.uid}, &document.subject});
    for (const auto& point : snapshot.points) {
        const auto has = unknown.lower_bound({point->definition->id, 0});
        if (!point->mailbox || has == unknown.end() || has->first.first != point->definition->id)
            continue;
        for (const auto& chunk : point->mailbox->chunks)
            for (const MessageRow& row : *chunk)
                if (const auto at = unknown.find({point->definition->id, row.uid});
                    at != unknown.end())
                    *at->second = row.subject;
    }
}

}  // namespace

Result<DayReport> Engine::State::make_report(const MakeReport& command, const StopToken& stop) {
    ReportSources sources;
    const store::DocumentQuery query{command.point, command.since, command.until};
    auto documents = ledger->documents(query);
    auto open = documents.and_then([&](const auto&) {
        return ledger->documents({.point = command.point, .open_only = true});
    });
    if (!open)
        return tl::unexpected(std::move(open.error()));
    store::ActionQuery actions;
    actions.point = command.point;
    actions.since = command.since;
    auto log = read_log(actions, std::numeric_limits<std::size_t>::max(), stop);
    if (!log)
        return tl::unexpected(std::move(log.error()));
    auto decisions = decisions_about(*ledger, *documents);
    if (!decisions)
        return tl::unexpected(std::move(decisions.error()));
    sources.decisions = std::move(*decisions);
    sources.documents = std::move(*documents);
    sources.open = std::move(*open);
    sources.actions = std::move(log->actions);
    // Those of the snapshot are the ones that the person may see.
    const auto snapshot = board.snapshot();
    for (const auto& point : snapshot->points)
        if (!point->file_error && point->definition->type == point::Type::mailbox &&
            (command.point.empty() || point->definition->id == command.point))
            sources.points.push_back(source_of(*point));
    DayReport report = report_of(std::move(sources), command.since, command.until);
    fill_in_subjects(report, *snapshot);
    return report;
}

Result<void> Engine::State::run(const MakeReport& command, JobId job, const StopToken& stop) {
    auto report = make_report(command, stop);
    if (!report)
        return tl::unexpected(std::move(report.error()));
    board.change_job(job, [&](JobView& view) {
        view.report = std::make_shared<const DayReport>(std::move(*report));
    });
    return {};
}

Result<void> Engine::State::run(const ExportReport& command, JobId, const StopToken& stop) {
    if (!setup.report_text)
        return fail(Cause::internal, Layer::workspace, Reach::point);
    const auto report = make_report(command.report, stop);
    if (!report)
        return tl::unexpected(report.error());
    const std::string content = setup.report_text(*report, command.form);
    return hand_out(command.path, command.replace, content, stop);
}

}  // namespace mail
