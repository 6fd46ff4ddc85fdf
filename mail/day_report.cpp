#include "mail/day_report.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace mail {

namespace {

using store::Action;
using store::MessageEntry;
using work::Status;

Status status_of(store::Step step) {
    switch (step) {
    case store::Step::stored:
        return Status::taken;
    case store::Step::partial:
        return Status::partial;
    case store::Step::none:
        return Status::none;
    case store::Step::planned:
    case store::Step::placing:
    case store::Step::failed:
        break;
    }
    return Status::failed;
}

/// As the list says it, too: of what is done a part may wait for a person.
Status status_of(const MessageEntry& entry) {
    const Status status = status_of(entry.step);
    const bool is_done = status == Status::taken || status == Status::none;
    return is_done && std::ranges::any_of(entry.left_out, &store::LeftOut::needs_you)
               ? Status::check
               : status;
}

bool is_of(const store::PartDecision& decision, const store::MessageId& message) {
    return message.message_id.empty() ? decision.message.uid == message.uid
                                      : decision.message.message_id == message.message_id &&
                                            decision.message.received == message.received;
}

/// Stopped before anything had its name; or nobody has asked for it: when its mailbox was listed,
/// its text was found to hold no file.
bool was_not_begun(const MessageEntry& entry) {
    return (entry.step == store::Step::failed && entry.cause == name_of(Cause::cancelled)) ||
           (entry.step == store::Step::none && entry.who.empty());
}

class Report {
public:
    Report(ReportSources sources, std::chrono::sys_seconds since, std::chrono::sys_seconds until)
        : sources_(std::move(sources)) {
        report_.since = since;
        report_.until = until;
    }

    DayReport run() && {
        std::erase_if(sources_.actions, [this](const Action& action) {
            return action.when < report_.since || action.when >= report_.until;
        });
        note_subjects();
        for (const auto& [mailbox, entry] : sources_.documents)
            add_document(mailbox, entry);
        add_skipped();
        for (ReportSources::Point& point : sources_.points)
            add_open(point);
        for (const Action& action : sources_.actions)
            count(action);
        return std::move(report_);
    }

private:
    [[nodiscard]] const ReportSources::Point* point(const std::string& id) const {
        const auto at = std::ranges::find(sources_.points, id, &ReportSources::Point::id);
        return at == sources_.points.end() ? nullptr : &*at;
    }

    /// The ledger keeps no subjects beside messages; the log has them, newest first. Of what was
    /// put back, and has another number since, the list has it.
    void note_subjects() {
        for (const Action& action : sources_.actions)
            if (action.what == Action::What::document)
                subjects_.try_emplace({action.point, action.uid}, action.subject);
    }
    [[nodiscard]] std::string subject_of(const std::string& point, std::uint32_t uid) const {
        const auto at = subjects_.find({point, uid});
        return at == subjects_.end() ? std::string() : at->second;
    }

    void add_document(const store::MailboxId& mailbox, const MessageEntry& entry) {
        const ReportSources::Point* of = point(mailbox.point);
        if (of == nullptr || was_not_begun(entry))
            return;
        DayReport::Document document{of->id,
                                     of->name,
                                     entry.when,
                                     entry.who,
                                     entry.id.uid,
                                     subject_of(of->id, entry.id.uid),
                                     status_of(entry),
                                     entry.cause,
                                     {},
                                     {}};
        for (const store::FileEntry& file : entry.files)
            add_file(document, file);
        for (const store::LeftOut& one : entry.left_out) {
            const auto reason = work::reason_named(one.reason).value_or(work::Reason::failed);
            document.left_out.push_back({one.name, reason, one.needs_you});
            if (reason == work::Reason::not_wanted)
                document.left_out.back().who = who_skipped(mailbox, entry.id, one.name);
        }
        const bool has_files = document.status == Status::check && !document.files.empty();
        report_.left_out += document.left_out.size();
        report_.taken += document.status == Status::taken || has_files ? 1 : 0;
        report_.partial += document.status == Status::partial ? 1 : 0;
        report_.failed += document.status == Status::failed ? 1 : 0;
        report_.documents.push_back(std::move(document));
    }

    [[nodiscard]] std::string who_skipped(const store::MailboxId& mailbox,
                                          const store::MessageId& message,
                                          const std::string& part) const {
        for (const auto& [where, decision] : sources_.decisions)
            if (where == mailbox && is_of(decision, message) && decision.name == part &&
                decision.decision == store::Decision::skip)
                return decision.who;
        return {};
    }

    /// What was decided last about each part.
    void add_skipped() {
        std::set<std::tuple<std::string, std::uint32_t, std::string>> decided;
        for (const Action& action : sources_.actions) {
            const ReportSources::Point* of = point(action.point);
            if (of == nullptr || !is_decision(action.what) ||
                !decided.emplace(action.point, action.uid, action.detail).second ||
                action.what != Action::What::part_unwanted)
                continue;
            report_.skipped.push_back({of->id, of->name, action.when, action.who, action.uid,
                                       action.subject, action.detail, is_left_out(action)});
            report_.left_out += report_.skipped.back().is_in_document ? 0 : 1;
        }
        std::ranges::reverse(report_.skipped);
    }
    static bool is_decision(Action::What what) {
        return what == Action::What::part_wanted || what == Action::What::part_unwanted ||
               what == Action::What::part_by_rules;
    }
    [[nodiscard]] bool is_left_out(const Action& decision) const {
        return std::ranges::any_of(report_.documents, [&](const DayReport::Document& one) {
            return one.point == decision.point && one.uid == decision.uid &&
                   std::ranges::find(one.left_out, decision.detail, &DayReport::LeftOut::name) !=
                       one.left_out.end();
        });
    }

    void add_file(DayReport::Document& document, const store::FileEntry& file) {
        // What never arrived, or has no name yet, is none.
        if (file.sha256.empty() || !file.temporary.empty())
            return;
        if (file.file.empty()) {
            ++report_.saved_before;
        } else {
            ++report_.files;
            report_.octets += file.size_octets;
        }
        document.files.push_back({file.name, file.file, file.type, file.sha256, file.size_octets});
    }

    void add_open(ReportSources::Point& point) {
        if (point.is_listed) {
            std::ranges::move(point.open, std::back_inserter(report_.open));
            return;
        }
        report_.not_listed.push_back(point.name);
        for (const auto& [mailbox, entry] : sources_.open)
            if (mailbox.point == point.id)
                report_.open.push_back(
                    {point.id, point.name, entry.id.uid, subject_of(point.id, entry.id.uid), "",
                     std::chrono::sys_seconds(std::chrono::seconds(entry.id.received)),
                     status_of(entry), entry.cause});
    }

    void count(const Action& action) {
        using What = Action::What;
        if (!action.result.empty() || point(action.point) == nullptr)
            return;
        report_.hidden += action.what == What::hidden ? 1 : 0;
        report_.removed += action.what == What::removed || action.what == What::taken_along ? 1 : 0;
        report_.restored += action.what == What::restored ? 1 : 0;
    }

    ReportSources sources_;
    DayReport report_;
    std::map<std::pair<std::string, std::uint32_t>, std::string> subjects_;
};

}  // namespace

DayReport report_of(ReportSources sources, std::chrono::sys_seconds since,
                    std::chrono::sys_seconds until) {
    return Report(std::move(sources), since, until).run();
}

}  // namespace mail
