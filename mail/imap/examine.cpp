#include "mail/imap/examine.h"

#include <algorithm>
#include <utility>

#include "mail/base/utf8.h"
#include "mail/imap/ascii.h"
#include "mail/imap/ask.h"
#include "mail/imap/nearest_folder.h"
#include "mail/imap/quirks.h"
#include "mail/imap/utf7.h"

namespace mail::imap {

namespace {

constexpr std::size_t max_folders = 100'000;

Exchange::Use take_status(Mailbox& mailbox, const Status& status) {
    if (!status.code)
        return Exchange::Use::unused;
    const ResponseCode& code = *status.code;
    if (code.name == "UIDVALIDITY")
        mailbox.uid_validity = number_of<std::uint32_t>(code.raw_arguments).value_or(0);
    else if (code.name == "UIDNEXT")
        mailbox.uid_next = number_of<Uid>(code.raw_arguments).value_or(0);
    else if (code.name == "PERMANENTFLAGS")
        mailbox.can_store_keywords = code.raw_arguments.find("\\*") != std::string::npos;
    else
        return Exchange::Use::unused;
    return Exchange::Use::used;
}

Exchange::Use take_data(Mailbox& mailbox, const Response& response) {
    if (const auto* status = std::get_if<Status>(&response))
        return take_status(mailbox, *status);
    const auto* count = std::get_if<CountData>(&response);
    if (count == nullptr || count->kind != CountData::Kind::exists)
        return Exchange::Use::unused;
    mailbox.exists = count->number;
    return Exchange::Use::used;
}

struct Answer {
    Mailbox mailbox;
    Status status;
};

Result<Answer> examine_raw(Pipeline& pipeline, const Capabilities& capabilities,
                           const std::string& raw_name, const Wait& wait) {
    CommandBuilder builder("EXAMINE", capabilities);
    auto command = builder.astring(raw_name).finish(Cause::bad_folder_name, Layer::select);
    if (!command)
        return tl::unexpected(std::move(command.error()));
    Answer answer;
    pipeline.forget_exists();
    auto status =
        ask(pipeline, Layer::select, std::move(*command), wait,
            [&](const Response& response) { return take_data(answer.mailbox, response); });
    if (!status)
        return tl::unexpected(std::move(status.error()));
    answer.status = std::move(*status);
    return answer;
}

bool says_more_than_missing(const Status& status) {
    return status.has_code("NOPERM") || status.has_code("SERVERBUG") ||
           status.has_code("CORRUPTION") || quirks::asks_to_wait(status);
}

Error refused(const Pipeline& pipeline, const std::string& folder, const Status& status) {
    Error error = pipeline.refusal(Cause::folder_refused, Layer::select, Reach::folder, status);
    error.facts.emplace_back("folder", folder);
    return error;
}

/// Why the server said no, found out by looking at what there is.
Error explained(const Pipeline& pipeline, const std::string& folder, const Status& status,
                const std::vector<Folder>& folders) {
    const bool there = std::any_of(folders.begin(), folders.end(),
                                   [&](const Folder& one) { return one.name == folder; });
    Error error = refused(pipeline, folder, status);
    if (there || same_word(folder, "INBOX"))
        return error;
    error.cause = Cause::folder_missing;
    if (std::string nearest = nearest_folder(folders, folder); !nearest.empty())
        error.facts.emplace_back("nearest", std::move(nearest));
    return error;
}

}  // namespace

Result<std::vector<Folder>> list_folders(Pipeline& pipeline, const Wait& wait) {
    std::vector<Folder> folders;
    auto status = ask(pipeline, Layer::folders, plain_command("LIST \"\" \"*\""), wait,
                      [&](Response& response) {
                          auto* folder = std::get_if<Folder>(&response);
                          if (folder == nullptr || folders.size() >= max_folders)
                              return Exchange::Use::unused;
                          folders.push_back(std::move(*folder));
                          return Exchange::Use::used;
                      });
    if (!status)
        return tl::unexpected(std::move(status.error()));
    if (!status->is_ok())
        return tl::unexpected(
            pipeline.refusal(Cause::server_refused, Layer::folders, Reach::folder, *status));
    return folders;
}

Result<Mailbox> examine_folder(Pipeline& pipeline, const Capabilities& capabilities,
                               const std::string& folder, const Wait& wait) {
    if (folder.empty() || !utf8::valid(folder))
        return fail(Cause::bad_folder_name, Layer::select, Reach::folder);
    const std::string raw_name = to_modified_utf7(folder);
    auto answer = examine_raw(pipeline, capabilities, raw_name, wait);
    if (!answer)
        return tl::unexpected(std::move(answer.error()));
    if (!answer->status.is_ok()) {
        const Status first = answer->status;
        if (says_more_than_missing(first))
            return tl::unexpected(refused(pipeline, folder, first));
        auto folders = list_folders(pipeline, wait);
        if (!folders)
            return tl::unexpected(folders.error().reach == Reach::folder
                                      ? refused(pipeline, folder, first)
                                      : std::move(folders.error()));
        // Servers that list names in raw UTF-8 want them so.
        const auto same = std::find_if(folders->begin(), folders->end(), [&](const Folder& one) {
            return one.name == folder && one.raw_name != raw_name;
        });
        if (same == folders->end())
            return tl::unexpected(explained(pipeline, folder, first, *folders));
        answer = examine_raw(pipeline, capabilities, same->raw_name, wait);
        if (!answer)
            return tl::unexpected(std::move(answer.error()));
        if (!answer->status.is_ok())
            return tl::unexpected(refused(pipeline, folder, answer->status));
    }
    answer->mailbox.folder = folder;
    return std::move(answer->mailbox);
}

}  // namespace mail::imap
