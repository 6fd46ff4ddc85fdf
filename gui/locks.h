#pragma once
// The delete gate as the window shows it, and the commands say it: by what is known, and by what
// the engine said when a message was to leave last.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "gui/text/text.h"
#include "mail/snapshot.h"
#include "mail/work/gate.h"

namespace gui {

/// `kept`: why it stayed last, or null.
[[nodiscard]] mail::work::Gate gate_now(const mail::MessageRow& row,
                                        const mail::MessageState& state, const mail::Error* kept);
/// Such as are on the server still, and that nobody works on just now.
[[nodiscard]] bool has_gate(mail::Status status);
/// "Wszystkie pliki zapisane: można usunąć ze skrzynki"
[[nodiscard]] std::string gate_words(const mail::work::Gate& gate, text::Language language);
/// Why a message stayed in the mailbox; of gate_locked which lock it is.
[[nodiscard]] std::string why_kept(const mail::Error& error, text::Language language);
/// In the order of the list; such that are not listed are left out. `kept`: why one stayed last,
/// or null.
[[nodiscard]] std::vector<mail::work::Gate::Lock>
locks_of(const mail::PointView& point, const std::vector<std::uint32_t>& uids,
         const std::function<const mail::Error*(std::uint32_t)>& kept);

}  // namespace gui
