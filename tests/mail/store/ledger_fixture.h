#pragma once
// What the tests of the ledger have in common: one mailbox, entries by UID, and ledgers on one
// file.

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "mail/store/database.h"
#include "mail/store/ledger.h"
#include "tests/fakes/scratch_folder.h"

namespace mail::store {

inline const MailboxId inbox{"point-1", "ala@imap.firma.example", "INBOX", 7};

inline std::chrono::sys_seconds at_second(std::int64_t seconds) {
    return std::chrono::sys_seconds(std::chrono::seconds(seconds));
}

inline MessageId id_of(std::uint32_t uid) {
    return {uid, "<" + std::to_string(uid) + "@firma.example>", 1'700'000'000 + uid, 1000 + uid};
}

inline MessageEntry message(std::uint32_t uid) {
    MessageEntry entry;
    entry.id = id_of(uid);
    entry.folder = "/faktury";
    entry.who = "ala";
    entry.when = at_second(1'764'000'000);
    entry.files.push_back({"1.2", "faktura ąż.pdf", "application/pdf", 1U << 20,
                           std::string(64, 'a'), "/faktury/.mailpoint-x.part",
                           "/faktury/faktura.pdf"});
    entry.files.push_back({"1.3", "", "image/png", 5, std::string(64, 'b'), "", "/faktury/b.png"});
    return entry;
}

inline MessageEntry with_step(MessageEntry entry, Step step) {
    entry.step = step;
    return entry;
}

/// As it is when its files have their names.
inline MessageEntry stored(std::uint32_t uid) {
    MessageEntry entry = with_step(message(uid), Step::stored);
    for (FileEntry& file : entry.files)
        file.temporary.clear();
    return entry;
}

inline RemovalEntry removal(std::uint32_t uid) {
    RemovalEntry entry;
    entry.id = id_of(uid);
    entry.copy = std::to_string(uid) + ".eml";
    entry.copy_octets = 10'000 + uid;
    entry.copy_sha256 = std::string(64, 'c');
    entry.flags = "\\Seen $Label";
    entry.subject = "Faktura ąż " + std::to_string(uid);
    entry.sender = "Ala <ala@firma.example>";
    entry.when = at_second(1'764'000'100);
    entry.keep_until = at_second(1'766'000'000);
    entry.who = "ala";
    return entry;
}

class LedgerTest : public testing::Test {
protected:
    std::unique_ptr<Ledger> open() {
        auto opened = Ledger::open(path());
        EXPECT_TRUE(opened) << opened.error().fact("reason");
        return opened ? *std::move(opened) : nullptr;
    }
    std::string path() const { return folder_ / "state.db"; }
    /// For what no program would write or ask.
    Database raw() const { return Database::open(path()).value(); }

    fakes::ScratchFolder folder_;
};

}  // namespace mail::store
