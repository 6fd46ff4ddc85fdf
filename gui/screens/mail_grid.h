#pragma once
// The list of a point's messages: sorted, filtered, selected and walked through by mouse and
// keyboard. It holds view state only; what is done with the selection is the business of whoever
// owns the grid.

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "gui/screen.h"
#include "gui/screens/arranger.h"
#include "gui/screens/mail_cells.h"
#include "gui/screens/mail_columns.h"
#include "gui/screens/row_menu.h"
#include "gui/screens/selection.h"

struct ImGuiMultiSelectIO;

namespace gui {

/// What the selection comes to, of the rows that are shown: hidden rows are not acted on.
struct SelectionFacts {
    std::size_t selected = 0;         ///< in all
    std::size_t hidden = 0;           ///< of them not shown by the filter
    std::uint64_t attachments = 0;    ///< of the shown ones
    std::uint64_t octets = 0;         ///< of the shown ones
    std::vector<std::uint32_t> take;  ///< UIDs that can be taken, in the order shown
    bool again = false;               ///< all in `take` were taken before
    /// How many of the shown ones are not in `take`, by Status.
    std::array<std::size_t, mail::work::status_count> left_out{};
    std::vector<std::uint32_t> on_list, off_list;  ///< UIDs that can be removed: shown, hidden
    std::size_t being_taken = 0, held = 0;         ///< and that can't: by us, by another
};

class MailGrid {
public:
    /// `wake`: any thread; called when a new order is ready.
    explicit MailGrid(std::function<void()> wake);

    /// Where a key or the menu of the rows wants to go.
    enum class Wish { none, to_details, next_pane, previous_pane };
    /// Fills what is left of the current window. `facts`: of what the menu offers.
    Wish draw(Frame& frame, const mail::PointView& point, const ActFacts& facts);
    /// Keeps the order up to date without drawing; draw() does it by itself.
    void follow(const Frame& frame, const mail::PointView& point);

    /// Why a message stayed in the mailbox last, or null; asked while drawing.
    using Kept = std::function<const mail::Error*(std::uint32_t uid)>;
    void ask_kept(Kept kept) { kept_ = std::move(kept); }

    void show(Shown shown);
    void look_for(const std::string& words);
    [[nodiscard]] const Wanted& wanted() const { return wanted_; }
    /// Of the filter that the shown rows have passed.
    [[nodiscard]] std::span<const std::string> words() const { return words_; }
    [[nodiscard]] const Arrangement* arrangement() const { return order_.get(); }
    [[nodiscard]] const SelectionFacts& facts() const { return facts_; }
    /// UID of the message whose parts are to be shown; nothing where none or many are meant.
    [[nodiscard]] std::optional<std::uint32_t> looked_at() const;
    [[nodiscard]] const Selection& selection() const { return selection_; }
    /// Gives the focus to the row that had it last, else to the first, in the next frame.
    void take_focus() { focus_next_ = FocusNext::last; }
    void leave_focus() { focus_next_ = FocusNext::none; }
    void open_columns() { columns_.open_menu(); }
    /// Its removal waits for its turn.
    [[nodiscard]] bool is_leaving(std::uint32_t uid) const;
    [[nodiscard]] bool busy() const { return arranger_.busy(); }
    /// What was chosen in the menu of the rows.
    [[nodiscard]] std::optional<Act> take_act() { return std::exchange(act_, std::nullopt); }

private:
    enum class FocusNext { none, last };
    void keep_place();
    [[nodiscard]] bool is_news(std::uint32_t uid, std::size_t index) const;
    void note_what_is_seen();
    void note_use();
    void draw_new_above(const Frame& frame, ImVec2 corner);
    void draw_rows(Frame& frame);
    void draw_row(const Frame& frame, std::size_t index, float height);
    void show_tooltip(const Frame& frame, const mail::MessageRow& row,
                      const mail::MessageState& state) const;
    void apply(const ImGuiMultiSelectIO& io);
    void select_all();
    void select_range(std::uint32_t first, std::uint32_t last, bool selected);
    Wish read_keys(const Frame& frame);
    void open_menu_by_key();
    Wish draw_menu(const Frame& frame, const ActFacts& facts);
    void type_ahead();
    void go_to_new(int step);
    void jump_to(std::size_t index);
    void select_only(std::uint32_t uid);
    void copy_rows(const Frame& frame) const;
    void let_go(const Arrangement& before);
    void count_selection();
    void count_removable(mail::Status status, std::uint32_t uid);
    [[nodiscard]] const mail::MessageRow& message(std::size_t index) const;
    [[nodiscard]] std::optional<std::size_t> index_of(std::uint32_t uid) const;

    Arranger arranger_;
    std::shared_ptr<const mail::MailboxView> mailbox_;  ///< of this frame; its states are newest
    std::shared_ptr<const Arrangement> order_;
    Wanted wanted_;
    Selection selection_;
    SelectionFacts facts_;
    std::uint64_t counted_selection_ = 0, counted_order_ = 0, counted_states_ = 0;

    MailColumns columns_;
    RowMenu menu_;
    std::optional<Act> act_;
    ImVec2 focused_at_{};        ///< lower left corner of the row that has the focus
    std::uint32_t focused_ = 0;  ///< UID; 0: none yet
    FocusNext focus_next_ = FocusNext::none;
    std::optional<std::size_t> jump_;  ///< row that gets the focus in this frame
    std::vector<std::string> words_;
    std::vector<std::uint32_t> leaving_;  ///< of this frame, ascending
    Kept kept_ = [](std::uint32_t) { return nullptr; };

    std::uint32_t top_uid_ = 0;  ///< first visible row of the frame before; 0: none
    float top_part_ = 0.F;       ///< how much of it was scrolled out
    bool at_top_ = true;
    std::optional<float> scroll_to_;  ///< in the next frame that is drawn
    float row_px_ = 31.F;
    std::uint32_t seen_up_to_ = 0;  ///< newest UID while the top was in sight
    std::size_t new_above_ = 0;     ///< that came since, above what is seen
    float title_end_ = 0.F;         ///< where the title of the widest column ends
    std::uint32_t used_row_ = 0;    ///< focused_ of the frame before
    double used_at_ = -10.0;        ///< when keys or mouse last did something in the list
    std::string typed_;
    double typed_at_ = 0.0;
    bool focused_window_ = false, had_focus_ = false;  ///< in this frame, in the one before
};

}  // namespace gui
