#pragma once
// Made-up snapshots: what the engine would show, for tests and pictures of the window. Firms and
// people are invented.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "mail/snapshot.h"

namespace gui::test {

/// 24.11.2026 09:15 UTC; the samples are arranged around it.
[[nodiscard]] std::chrono::sys_seconds sample_now();

struct SampleMail {
    mail::Status status = mail::Status::new_;
    std::string subject, sender, address = {};
    int minutes_ago = 0;
    std::uint32_t attachments = 1;
    std::uint64_t size_octets = 0;
};

/// UIDs count from 1 in the order given.
[[nodiscard]] std::shared_ptr<const mail::MailboxView>
sample_mailbox(const std::vector<SampleMail>& mails, std::size_t rows_per_chunk = 8);
[[nodiscard]] std::shared_ptr<const mail::MailboxView> office_mailbox();
/// `count` mails with subjects, senders, dates and sizes of every kind.
[[nodiscard]] std::shared_ptr<const mail::MailboxView> large_mailbox(std::size_t count);

[[nodiscard]] std::shared_ptr<mail::PointView>
sample_point(const std::string& id, const std::string& name, mail::PointHealth health);

/// Three points of an office; the first is open and healthy.
[[nodiscard]] mail::Snapshot office_snapshot();
/// The same while three messages are being taken.
[[nodiscard]] mail::Snapshot taking_snapshot();
/// A point that waits for its password; `cause` says why.
[[nodiscard]] mail::Snapshot signin_snapshot(mail::Cause cause);
/// The second point's definition can't be read; its path is long.
[[nodiscard]] mail::Snapshot damaged_snapshot();
/// The same of a point whose sign-in at its provider has ended.
[[nodiscard]] mail::Snapshot provider_snapshot();
/// The job of somebody who signs in there.
enum class SigningIn { browser, no_browser, device, done, failed };
[[nodiscard]] std::shared_ptr<mail::JobView> sign_in_job(SigningIn state);
/// A point that signs in at a provider.
void sign_in_at_provider(mail::point::Point& point);
/// The first point lets messages be removed from the mailbox; three are off its list.
[[nodiscard]] mail::Snapshot removing_snapshot();
/// What lookups of its quarantine and of the activity log find.
[[nodiscard]] std::vector<mail::QuarantineView> sample_quarantine();
[[nodiscard]] std::vector<mail::store::Action> sample_log();
[[nodiscard]] mail::work::Forecast sample_forecast();
[[nodiscard]] mail::DayReport sample_report();
/// A point whose server doesn't answer; its old rows are there.
[[nodiscard]] mail::Snapshot down_snapshot();

}  // namespace gui::test
