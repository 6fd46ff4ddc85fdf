#pragma once
// A point as it is being typed: its edit buffers, what is wrong with them and whether that is to be
// said yet, what an address fills in. Apart from the screen, so that the rules can be tried without
// one. No Dear ImGui here.

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/point/point.h"
#include "mail/point/suggest.h"
#include "mail/point/validate.h"
#include "mail/proposal/proposal.h"

namespace gui {

/// In the order on screen.
enum class EditorTab { connection, general, list, permissions };
[[nodiscard]] EditorTab tab_of(mail::point::Field field);

class EditorForm {
public:
    enum class Origin { new_point, copy, existing };
    /// A new point with a login and no server is filled in from that at once.
    EditorForm(mail::point::Point point, Origin origin);

    mail::point::Point point;  ///< texts and choices are edited in place
    /// Edited here, taken over into `point` by check().
    std::string port, shared_mailbox, proxy, ca_file, pinned_certificate, issuer, quarantine_days;
    /// Likewise, of an OCR point: types with commas between them, numbers.
    struct OcrTexts {
        std::string types, size, pages, jobs, limit, warning;
    };
    OcrTexts ocr;
    bool password_typed = false;  ///< set by the screen; the password itself is never here

    /// After any change: takes the buffers over and looks for faults again.
    void check(const std::vector<std::string>& other_names);

    // When a fault is said: while typing only what cannot become right, else on leaving
    // the field or `pause` after the last key, or when saving was tried.
    static constexpr std::chrono::milliseconds pause{600};
    void typed(mail::point::Field field, double now);  ///< `now`: seconds, of any clock
    void left(mail::point::Field field);
    void show_all();

    /// The fault to be said under that field now, an error before a warning; null: none.
    [[nodiscard]] const mail::point::Finding* shown(mail::point::Field field, double now) const;
    [[nodiscard]] std::size_t errors() const;  ///< fields with one, said or not
    [[nodiscard]] bool any_error_shown(double now) const;
    [[nodiscard]] std::optional<mail::point::Field> first_fault() const;
    /// Does what the button beside the fault says. The caller checks again.
    void mend(const mail::point::Finding& finding);

    /// Where server, port and encryption come from.
    enum class Source { user, table, domain, proposal };
    [[nodiscard]] Source source() const { return source_; }
    /// The one that filled them in, where source() is that.
    [[nodiscard]] const mail::proposal::Proposal& proposal() const { return proposal_; }
    /// Fills server, port, encryption and method from an address in the login, unless somebody has
    /// typed them. The caller checks again.
    void fill_from_login();
    /// The same from what was found for the address in the login.
    void fill_from(const mail::proposal::Proposal& proposal);
    /// Whether somebody else's settings may fill in the server: none was typed.
    [[nodiscard]] bool wants_server() const;
    /// Server, port, encryption or method was set by hand: it is not filled in any more, and none
    /// of them where it is the server, to which the others belong.
    void set_by_hand(mail::point::Field field);

    [[nodiscard]] Origin origin() const { return origin_; }
    [[nodiscard]] bool changed() const;

private:
    struct Attention {
        bool left = false;
        double typed_at = -1;
    };
    void take_over_buffers();
    [[nodiscard]] bool is_said(const mail::point::Finding& finding, double now) const;
    /// What is typed there is no number, and can't become one.
    [[nodiscard]] bool is_hopeless(const mail::point::Finding& finding) const;

    Origin origin_;
    mail::point::Point opened_;  ///< as it was when editing began
    Source source_ = Source::user;
    /// False if the server was typed.
    bool fill(const mail::point::Suggestion& settings);
    [[nodiscard]] bool by_hand(mail::point::Field field) const;

    mail::proposal::Proposal proposal_;
    std::string filled_server_, filled_name_;  ///< by fill(), to tell it from typing
    std::vector<mail::point::Field> by_hand_;
    std::vector<mail::point::Finding> findings_;
    std::array<Attention, static_cast<std::size_t>(mail::point::Field::columns) + 1> attention_{};
};

/// The folder of `folders` that `wanted` most likely means: the same but for case and diacritics,
/// or the one with a namespace before it (INBOX.X for X). "" if none.
[[nodiscard]] std::string_view nearest_folder(const std::vector<std::string>& folders,
                                              std::string_view wanted);

}  // namespace gui
