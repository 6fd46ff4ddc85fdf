#pragma once
// The main screen: the messages of one point, what is in the selected one, and what is going on.

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "gui/acts.h"
#include "gui/screen.h"
#include "gui/screens/job_strip.h"
#include "gui/screens/mail_grid.h"
#include "gui/screens/parts_panel.h"
#include "gui/screens/preview_pane.h"
#include "gui/screens/sign_in.h"

namespace gui {

/// Where F6 goes, in this order; Tab, too, but for what is said at the bottom.
enum class Pane { toolbar, points, chips, grid, details, toast };

class MailboxScreen {
public:
    struct Services {
        std::function<void()> wake;                         ///< any thread
        std::function<void(const std::string&)> open_path;  ///< must not block
        std::function<void()> set_folder;                   ///< where there is no target folder
        /// Why that message of a point stayed when it was to be removed; null: nothing is known.
        std::function<const mail::Error*(const std::string&, std::uint32_t)> kept;
    };
    explicit MailboxScreen(Services services);

    /// Fills the current window with the point; `facts`: what can be done with it.
    void draw(Frame& frame, const mail::PointView& point, const ActFacts& facts);

    /// The words that the list is filtered by; the toolbar's search field edits them.
    [[nodiscard]] std::string& search(const std::string& point) { return state(point).search; }
    [[nodiscard]] const MailGrid& grid(const std::string& point) { return state(point).grid; }
    /// Of a point, whether it is shown or not.
    [[nodiscard]] std::size_t new_messages(const Frame& frame, const mail::PointView& point);
    void show(const std::string& point, Shown shown) { state(point).grid.show(shown); }
    /// The menu of the list's titles.
    void open_columns(const std::string& point) { state(point).grid.open_columns(); }
    /// Whether a strip with its Cancel is there for it, or one of removals that wait.
    [[nodiscard]] bool can_cancel(const Frame& frame, const mail::PointView& point);
    /// As that button does.
    void cancel(Frame& frame, const mail::PointView& point);
    void take_focus(Pane pane) { focus_next_ = pane; }
    /// Whether that pane was drawn last with anything that can have the focus.
    [[nodiscard]] bool has(Pane pane) const;
    /// The pane of this screen that has the focus.
    [[nodiscard]] std::optional<Pane> focused() const { return focused_; }
    /// What the list asks of the window: the pane to go to.
    [[nodiscard]] std::optional<Pane> take_wish() { return std::exchange(wish_, std::nullopt); }
    /// What was chosen in the list's menu.
    [[nodiscard]] std::optional<Act> take_act() { return std::exchange(act_, std::nullopt); }
    [[nodiscard]] bool busy() const;
    /// Lower right corner of the list, without the strip of a job; of the last frame that drew it.
    [[nodiscard]] ImVec2 list_corner() const { return list_corner_; }

private:
    /// View state of a point; it is kept while another one is shown.
    struct PointState {
        explicit PointState(const std::function<void()>& wake) : grid(wake) {}
        MailGrid grid;
        PartsPanel parts;
        SignIn sign_in;
        bool at_sign_in = false;  ///< the focus was there when it was drawn last
        bool signed_in = false;   ///< at some time, and not refused since
        JobStrip strip;
        std::string search;
        std::chrono::steady_clock::time_point waiting_since{};
    };
    PointState& state(const std::string& point);
    void draw_upper(Frame& frame, const mail::PointView& point, PointState& now, float strip_px);
    void draw_header(Frame& frame, const mail::PointView& point);
    void draw_target(Frame& frame, const mail::PointView& point);
    [[nodiscard]] std::string target_tip(const Frame& frame, const mail::PointView& point) const;
    void draw_chips(Frame& frame, PointState& state);
    /// In the place of the list: a path, a line and a reason are too long for a strip.
    void draw_unreadable(Frame& frame, const mail::Error& error, float height);
    void draw_trouble(Frame& frame, const mail::PointView& point);
    /// What is to be known of a mailbox that answers: nothing is taken by itself, say.
    static void draw_warnings(const Frame& frame, const mail::PointView& point);
    void draw_list(Frame& frame, const mail::PointView& point, PointState& state, float height);
    void obey(MailGrid::Wish wish, Frame& frame);
    void draw_empty(Frame& frame, const mail::PointView& point, PointState& state);
    void draw_loading(Frame& frame, PointState& state);
    void draw_details(Frame& frame, const mail::PointView& point, PointState& state, ImVec2 size);
    void draw_parts(Frame& frame, const mail::PointView& point, PointState& state, ImVec2 size,
                    ImGuiDir edge);
    void draw_preview(Frame& frame, const mail::PointView& point, PointState& state, ImVec2 size);
    void note_details_focus();

    Services services_;
    PreviewPane preview_;  ///< one for all points: it holds a texture
    std::map<std::string, std::unique_ptr<PointState>, std::less<>> states_;
    std::optional<Pane> focus_next_, focused_, wish_;
    std::optional<Act> act_;
    bool has_chips_ = false, has_list_ = false, has_parts_ = false;
    const ActFacts* facts_ = nullptr;  ///< of this frame
    ImVec2 list_corner_{};
};

}  // namespace gui
