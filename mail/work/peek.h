#pragma once
// A look at messages that takes nothing and changes nothing: one part for a preview, or all of a
// message as a file. By EXAMINE and BODY.PEEK. What it gives is of the message that was listed, or
// an error: numbers may have moved meanwhile, and servers answer with others.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "mail/base/disk.h"
#include "mail/base/wait.h"
#include "mail/imap/session.h"
#include "mail/mime/message.h"
#include "mail/store/ledger.h"
#include "mail/work/message.h"

namespace mail::work {

/// The beginning of a part, its transfer encoding undone.
struct PartOctets {
    std::string raw;
    bool is_cut = false;  ///< there is more of it
};

/// The same of a message that lies in a file: what extract() has listed there.
[[nodiscard]] Result<PartOctets> beginning_of(const mime::Message& mail, std::size_t part,
                                              std::size_t max_octets);

/// Where a message is saved.
struct SaveTo {
    enum class Existing { keep, replace };
    std::string path;  ///< absolute
    Existing existing = Existing::keep;
};

struct SavedMail {
    std::uint64_t size_octets = 0;
    std::string sha256;  ///< hex
    /// It is the listed message, but may not be all of it: part_incomplete, or wrong_message of one
    /// without a Message-ID to know it by.
    std::optional<Error> doubt;
};

class Peek {
public:
    /// Opens the folder read-only, whatever was open before. Error uidvalidity_changed where it is
    /// not the one that was listed; those of Session::examine().
    [[nodiscard]] static Result<Peek> open(imap::Session& session, const store::MailboxId& mailbox,
                                           const Wait& wait);
    /// The same where it is `opened` already, by EXAMINE.
    [[nodiscard]] static Result<Peek> on(imap::Session& session, const imap::Mailbox& opened,
                                         std::uint32_t listed_uid_validity);

    /// A part that only our own reader finds, or that the server describes wrongly, is taken out of
    /// the whole message in memory: part_too_large above so many octets.
    static constexpr std::uint64_t most_octets_in_memory = 64ULL << 20;
    /// Up to `max_octets` of `part`, which is one of the row's or of its state's. Errors:
    /// message_gone, message_changed (another one has its number now), part_missing,
    /// part_too_large, those of fetch_parts().
    [[nodiscard]] Result<PartOctets> part(const MessageRow& row, const mime::Part& part,
                                          std::size_t max_octets, const Wait& wait);

    /// What was asked for was so large that its end was not waited for: the session is of no use
    /// any more.
    [[nodiscard]] bool is_spent() const { return is_spent_; }

    /// The whole message to a file that is there whole or not at all: written under a temporary
    /// name beside it, synced, read back, then named. `progress` is told how many octets have come.
    /// Errors as above; file_exists, and the disk's.
    [[nodiscard]] Result<SavedMail> save(Disk& disk, const MessageRow& row, const SaveTo& to,
                                         const std::function<void(std::uint64_t octets)>& progress,
                                         const Wait& wait);

private:
    Peek(imap::Session& session, bool numbers_last)
        : session_(&session), numbers_last_(numbers_last) {}
    [[nodiscard]] Result<void> check_is_there(const MessageRow& row, const Wait& wait);
    [[nodiscard]] Result<PartOctets> out_of_whole(const MessageRow& row, const mime::Part& part,
                                                  std::size_t max_octets, const Wait& wait);
    imap::Session* session_;
    bool numbers_last_;
    bool is_spent_ = false;
};

}  // namespace mail::work
