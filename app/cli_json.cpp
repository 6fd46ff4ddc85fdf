#include "app/cli_output.h"

#include <array>
#include <cstdio>
#include <utility>

#include "app/json_values.h"
#include "gui/text/causes.h"
#include "gui/text/ladder.h"
#include "mail/base/utf8.h"
#include "mail/ocr/limits.h"

namespace app {

namespace {

constexpr std::size_t octets_a_piece = 64U << 10U;

Json part_value(const mail::PartView& view) {
    Json repaired = Json::array();
    for (const mail::mime::Repair repair : view.part.repaired)
        repaired.push_back(mail::mime::name_of(repair));
    Json part = {{"name", text_or_null(view.part.name)},
                 {"size", view.size_octets},
                 {"sha256", text_or_null(view.sha256)},
                 {"type", view.type},
                 {"path", view.part.path},
                 {"verdict", name_of(view.verdict)},
                 {"reason", name_of(view.reason)},
                 {"repaired", std::move(repaired)},
                 {"decision", name_of(view.decision)},
                 {"file", text_or_null(view.file)}};
    if (view.error)
        part["error"] = error_value(*view.error);
    return part;
}

/// `ocr`: of the OCR point that the files go to; null: none.
Json attachments_value(const mail::Parts& parts, const mail::point::Ocr* ocr) {
    using Reason = mail::store::OcrJob::Reason;
    Json attachments = Json::array();
    for (const mail::PartView& part : parts) {
        if (!part.counts)
            continue;
        attachments.push_back(part_value(part));
        const Reason against =
            ocr == nullptr ? Reason::none : mail::ocr::reason_against(part, *ocr);
        if (against != Reason::none)
            attachments.back()["ocr_refuses"] = mail::store::name_of(against);
    }
    return attachments;
}

}  // namespace

Json message_value(const Listed& listed) {
    const mail::MessageRow& row = *listed.row;
    Json message = {{"uid", row.uid},
                    {"subject", row.subject},
                    {"sender", row.sender_name.empty() ? row.sender_address : row.sender_name},
                    {"sender_address", row.sender_address},
                    {"received", iso_time(row.received)},
                    {"size", row.size_octets},
                    {"status", name_of(listed.state->status)},
                    {"attachments",
                     attachments_value(parts_of(*listed.row, *listed.state).unpack(), listed.ocr)}};
    if (listed.state->error)
        message["error"] = error_value(*listed.state->error);
    return message;
}

std::string points_json(const mail::Snapshot& snapshot, const std::string& workspace) {
    Json points = Json::array();
    for (const auto& view : snapshot.points) {
        const mail::point::Point& point = *view->definition;
        Json value = {{"id", point.id},
                      {"name", point.name},
                      {"type", point.type == mail::point::Type::ocr ? "ocr" : "mailbox"},
                      {"server", point.connection.server},
                      {"port", point.connection.port},
                      {"login", point.connection.login},
                      {"folder", point.connection.folder},
                      {"target_folder", text_or_null(view->target_folder)},
                      {"definition", text_or_null(view->path)}};
        if (!view->secret_field.empty())
            value["secret_in"] = view->secret_field;
        if (view->file_error)
            value["error"] = error_value(*view->file_error);
        points.push_back(std::move(value));
    }
    return document({{"workspace", workspace}, {"points", std::move(points)}});
}

void write_messages_json(const std::vector<Listed>& messages, const MessagesEnd& end,
                         const std::function<void(const std::string& piece)>& write) {
    std::string piece = "{\n  \"messages\": [";
    for (const Listed& listed : messages) {
        piece += &listed == &messages.front() ? "\n" : ",\n";
        piece += indented(message_value(listed), "    ");
        if (piece.size() >= octets_a_piece)
            write(std::exchange(piece, {}));
    }
    piece += messages.empty() ? "]" : "\n  ]";
    const auto add = [&](std::string_view name, const Json& value) {
        piece += ",\n  \"" + std::string(name) + "\": " + indented(value, "  ").substr(2);
    };
    if (!end.folder.empty())
        add("folder", end.folder);
    if (end.run != nullptr) {
        add("removed", removed_value(*end.run));
        add("kept", kept_value(*end.run));
    }
    if (end.error)
        add("error", error_value(*end.error));
    write(piece + "\n}\n");
}

std::string extraction_json(const mail::work::Extraction& extraction) {
    Json parts = Json::array();
    for (const mail::PartView& part : extraction.parts)
        parts.push_back(part_value(part));
    return document({{"subject", extraction.head.subject},
                     {"sender", extraction.head.sender_name.empty() ? extraction.head.sender_address
                                                                    : extraction.head.sender_name},
                     {"attachments", attachments_value(extraction.parts, nullptr)},
                     {"parts", std::move(parts)}});
}

std::string diagnosis_json(const mail::Diagnosis& diagnosis) {
    using gui::text::Language;
    const mail::diagnose::Step* failed = diagnosis.first_failure();
    const bool healthy = diagnosis.is_healthy();
    const auto polish = conclusion_of(diagnosis, Language::pl);
    const auto english = conclusion_of(diagnosis, Language::en);
    Json steps = Json::array();
    for (const mail::diagnose::Step& step : diagnosis.steps)
        steps.push_back({{"id", name_of(step.layer)},
                         {"verdict", name_of(step.verdict)},
                         {"seconds", std::chrono::duration<double>(step.time).count()},
                         {"evidence", facts_value(step.evidence)}});
    const auto certainty = failed != nullptr ? mail::diagnose::certainty_of(*failed->error)
                                             : mail::diagnose::Certainty::certain;
    Json verdict = {{"code", failed != nullptr ? name_of(failed->error->cause)
                             : healthy         ? "healthy"
                                               : name_of(mail::Cause::cancelled)},
                    {"step", failed != nullptr ? Json(name_of(failed->layer)) : Json(nullptr)},
                    {"certainty", name_of(certainty)},
                    {"cause", {{"pl", polish.cause}, {"en", english.cause}}},
                    {"fix", {{"pl", polish.fix}, {"en", english.fix}}}};
    return document({{"verdict", std::move(verdict)}, {"steps", std::move(steps)}});
}

std::string proposal_json(const mail::Proposal& proposal) {
    const mail::point::Suggestion& settings = proposal.settings;
    // As a definition has them, so that they can be put into one as they are.
    const bool tls = settings.encryption == mail::net::Encryption::tls;
    const bool password = settings.authentication == mail::point::Authentication::password;
    return document({{"proposal",
                      {{"address", proposal.address},
                       {"server", settings.server},
                       {"port", settings.port},
                       {"encryption", tls ? "tls" : "starttls"},
                       {"authentication", password ? "password" : "oauth2"},
                       {"login", settings.login},
                       {"source", name_of(proposal.source)},
                       {"asked", text_or_null(proposal.asked)},
                       {"provider", text_or_null(settings.provider)},
                       {"outside_domain", proposal.outside_domain}}}});
}

std::string account_json(const mail::AccountView* account) {
    if (account == nullptr)
        return document({{"account", nullptr}});
    const auto time = [](std::chrono::system_clock::time_point when) {
        return std::chrono::floor<std::chrono::seconds>(when).time_since_epoch().count();
    };
    return document({{"account",
                      {{"login", account->login},
                       {"person", text_or_null(account->person)},
                       {"issuer", account->issuer},
                       {"scopes", account->scopes},
                       {"signed_in", time(account->signed_in)},
                       {"expires", time(account->expires)},
                       {"renewed", time(account->refreshed)},
                       {"renewable", account->renewable},
                       {"error", account->error ? error_value(*account->error) : Json(nullptr)}}}});
}

std::string error_json(const mail::Error& error) {
    return document({{"error", error_value(error)}});
}

}  // namespace app
