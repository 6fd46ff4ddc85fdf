#pragma once
// The screen of an OCR point, in the place of the list: the files of its folder, what became of
// each, whether the queue runs. Newest first, so that what is looked at stays where it is.

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gui/acts.h"
#include "gui/record_table.h"
#include "gui/screen.h"
#include "gui/screens/mailbox.h"

namespace gui {

class OcrQueueScreen {
public:
    /// `open_path` must not block.
    explicit OcrQueueScreen(std::function<void(const std::string&)> open_path)
        : open_path_(std::move(open_path)) {}

    /// What the window knows of the queue beside the snapshot.
    struct State {
        bool runs = false;                     ///< it does, or is about to
        const mail::Error* refused = nullptr;  ///< why it does not
    };
    /// Fills the current window with the point.
    void draw(Frame& frame, const mail::PointView& point, const State& state,
              const ActFacts& facts);

    [[nodiscard]] OcrFacts facts(const mail::PointView& point, const State& state,
                                 text::Language language);
    /// Names of the files that are meant and have that state (failed), or run here (running).
    [[nodiscard]] std::vector<std::string> meant(const mail::PointView& point,
                                                 mail::store::OcrJob::State state);
    void open_file(const mail::PointView& point);
    void open_result(const mail::PointView& point);
    void copy(const mail::PointView& point, text::Language language);

    [[nodiscard]] std::string& search(const std::string& point) { return view(point).search; }
    [[nodiscard]] std::size_t selected(const mail::PointView& point);
    [[nodiscard]] std::size_t shown(const mail::PointView& point);
    void take_focus(Pane pane) { focus_next_ = pane; }
    [[nodiscard]] bool has(Pane pane) const;
    [[nodiscard]] std::optional<Pane> focused() const { return focused_; }
    /// What was chosen in the menu of the rows.
    [[nodiscard]] std::optional<Act> take_act() { return std::exchange(act_, std::nullopt); }

private:
    enum class Filter { all, waiting, done, failed };
    /// View state of a point; it is kept while another one is shown.
    struct PointState {
        Filter filter = Filter::all;
        std::string search;
        std::set<std::string> selected;  ///< names, so that it stays with the files
        std::string focused;             ///< file that the keyboard is at
        RecordTable table;
        // What is shown, from top to bottom: places in the snapshot's files.
        std::vector<std::size_t> rows;
        std::shared_ptr<const mail::OcrView> of;  ///< these, and as is wanted here:
        Filter with_filter = Filter::all;
        std::string with_search;
    };
    using File = mail::OcrView::File;
    PointState& view(const std::string& point);
    /// With its rows up to date.
    PointState& arranged(const mail::PointView& point);
    [[nodiscard]] static bool is_shown(const File& file, Filter filter);
    [[nodiscard]] static const File& row(const PointState& view, std::size_t index);
    /// The selected ones of those shown, or all of them where none is.
    [[nodiscard]] static std::vector<const File*> meant_files(const PointState& view);
    /// The one that is selected.
    [[nodiscard]] static const File* one_file(const PointState& view);
    static void apply(PointState& view, const ImGuiMultiSelectIO& io);
    void draw_header(Frame& frame, const mail::PointView& point);
    void draw_state(Frame& frame, const mail::PointView& point, const State& state) const;
    void draw_trouble(Frame& frame, const mail::PointView& point, const State& state) const;
    void draw_chips(Frame& frame, const mail::PointView& point, PointState& view);
    void draw_list(Frame& frame, const mail::PointView& point, PointState& view, float height);
    void draw_rows(Frame& frame, PointState& view);
    void draw_row(const Frame& frame, PointState& view, std::size_t index);
    void draw_menu(const Frame& frame, const OcrFacts& facts);
    void read_keys(const mail::PointView& point, const PointState& view);

    std::function<void(const std::string&)> open_path_;
    std::map<std::string, PointState, std::less<>> views_;
    std::optional<Pane> focus_next_, focused_;
    std::optional<Act> act_;
    bool has_chips_ = false, has_list_ = false;
    bool opens_menu_ = false;
};

}  // namespace gui
