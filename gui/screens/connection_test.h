#pragma once
// The editor's Test: the ladder from the server's name to the target folder, with what is in the
// form, saved or not. Stands in place of the tabs until the user goes back.

#include <optional>
#include <string>

#include "gui/screen.h"
#include "mail/base/secret.h"

namespace gui {

class ConnectionTest {
public:
    /// Begins, or begins anew with what is in the form now.
    void start(Frame& frame, mail::point::Point point, std::optional<mail::Secret> password);
    [[nodiscard]] bool is_shown() const { return job_ != 0; }
    /// What was tested is not what is in the form any more, or nobody wants to see it.
    void end(Frame& frame);

    /// trust: the certificate with the fingerprint trusted() is to be this point's exception.
    enum class Wish { none, back, again, trust };
    /// `may_trust`: whether who looks may change the point.
    [[nodiscard]] Wish draw(Frame& frame, bool may_trust);
    [[nodiscard]] const std::string& trusted() const { return trusted_; }

private:
    void draw_outcome(Frame& frame, const mail::JobView& job, bool may_trust);

    mail::JobId job_ = 0;  ///< 0: not shown
    std::string trusted_;  ///< what was accepted since the test was run
};

}  // namespace gui
