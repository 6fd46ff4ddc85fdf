#pragma once
// The mailboxes of the bench, made from a seed: the same octets at every run.

#include <cstdint>
#include <functional>
#include <string>

namespace bench {

/// Called with each mail, in the order of the mailbox.
using Take = std::function<void(const std::string& raw)>;

/// 200 mails with 349 attachments, 62.5 MB of them.
constexpr int taken_messages = 200;
constexpr int taken_attachments = 349;
constexpr std::uint64_t taken_octets = 62'500'000;
void attachments(const Take& take);
/// For each of those mails its UID and the sections of its attachments.
[[nodiscard]] std::string plan_for_attachments();

/// Small mails with the head and the structure of real ones: 930 octets of reply each.
constexpr int listed_messages = 100'000;
void many(int messages, const Take& take);

/// One mail with one attachment.
constexpr std::uint64_t large_octets = 200'000'000;
void large(std::uint64_t octets, const Take& take);

}  // namespace bench
