#pragma once
// Questions about a point as a whole: deleting it, and its definition as a file that comes or goes;
// the activity log as a file goes the same way.

#include <optional>
#include <string>
#include <utility>

#include "gui/screen.h"

namespace gui {

/// Asks before a point is deleted, and posts that.
class DeleteDialog {
public:
    void open(const mail::PointView& point);
    [[nodiscard]] bool is_open() const { return !point_.empty(); }
    void draw(Frame& frame);

private:
    std::string point_, name_;
    bool opening_ = false;
    bool signed_in_ = false;  ///< by OAuth2: that is not the point's alone
};

/// Asks for the path of a file, posts ImportPoint, ExportPoint or ExportLog, and stays open while
/// the engine refuses it.
class FileDialog {
public:
    void open_import();
    void open_export(const Frame& frame, const mail::PointView& point);
    void open_export(const Frame& frame, const mail::store::ActionQuery& log);
    [[nodiscard]] bool is_open() const { return stage_ != Stage::closed; }
    void draw(Frame& frame);
    /// What has come to be there since this was asked last; "": nothing.
    [[nodiscard]] std::string take_written() { return std::exchange(written_, {}); }

private:
    enum class Deed { import_point, export_point, export_log };
    struct Words;
    enum class Stage { closed, opening, typing, waiting };
    void begin(std::string path);
    void follow(const Frame& frame);
    void post(Frame& frame, bool replace);
    void draw_path(const Frame& frame, bool& confirmed);
    void close();
    [[nodiscard]] Words words() const;
    [[nodiscard]] bool exports() const { return deed_ != Deed::import_point; }
    /// There is a file already: the button says that it goes.
    [[nodiscard]] bool would_replace() const;

    Deed deed_ = Deed::import_point;
    std::string point_;             ///< export_point
    mail::store::ActionQuery log_;  ///< export_log
    std::string path_, written_;
    Stage stage_ = Stage::closed;
    mail::JobId job_ = 0;
    std::optional<mail::Error> error_;
};

}  // namespace gui
