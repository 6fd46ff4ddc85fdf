#pragma once
// Asks for the settings of an e-mail address while it is being typed: once it is whole, and typing
// has paused or the field was left, and only where the program's own table does not know its
// domain. Of a form that has a field for an address.

#include <memory>
#include <optional>
#include <string>

#include "gui/screen.h"
#include "gui/widgets.h"

namespace gui {

class AddressLookup {
public:
    /// After a change of the address; `now`: seconds, of Dear ImGui's clock.
    void typed(double now);
    void left() { due_at_ = 0; }
    /// Once a frame, with what is in the field: asks where it is time, takes the answer, gives an
    /// enquiry up that is about another address.
    void follow(Frame& frame, const std::string& address);
    void end(Frame& frame);  ///< nobody wants to know any more

    [[nodiscard]] bool asking() const { return job_ != 0; }
    /// For the address of the last follow(); null: none (yet).
    [[nodiscard]] std::shared_ptr<const mail::Proposal> answer() const { return answer_; }
    [[nodiscard]] std::shared_ptr<const mail::Proposal> take_answer();
    /// That it is being asked, with Cancel; NoteKind::none while nothing is.
    [[nodiscard]] Note note(text::Language language) const;

private:
    std::optional<double> due_at_;
    std::string asked_;  ///< the address that was asked for last
    mail::JobId job_ = 0;
    std::shared_ptr<const mail::Proposal> answer_;
};

/// Under the field to which it led: a server that nobody vouches for is warned of.
[[nodiscard]] Note origin_note(const mail::Proposal& proposal, text::Language language);

}  // namespace gui
