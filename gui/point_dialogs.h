#pragma once
// Questions about a point as a whole: deleting it, and its definition as a file that comes or goes;
// the activity log, a day's report and a message as a file go the same way.

#include <optional>
#include <string>
#include <utility>

#include "gui/desk.h"
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

/// Asks for the path of a file, or of a folder for files; posts ImportPoint, ExportPoint,
/// ExportLog, ExportReport, SaveMessage or SaveFiles, and stays open while the engine works on it
/// or refuses it.
class FileDialog {
public:
    /// `desk`: knows where the person keeps documents; outlives it.
    explicit FileDialog(const Desk& desk) : desk_(desk) {}

    void open_import();
    void open_export(const Frame& frame, const mail::PointView& point);
    void open_export(const Frame& frame, const mail::store::ActionQuery& log);
    void open_export(const Frame& frame, const mail::MakeReport& report);
    [[nodiscard]] bool is_open() const { return stage_ != Stage::closed; }
    /// A message of the point as a file.
    void open_save(const Frame& frame, const mail::PointView& point, const mail::MessageRow& row);
    /// The files of a mail that lies in a file.
    void open_save_files(const std::string& letter);
    void draw(Frame& frame);
    /// The job that has saved a message, or the files of one, once.
    [[nodiscard]] std::shared_ptr<const mail::JobView> take_saved() {
        return std::exchange(saved_, nullptr);
    }
    /// What has come to be there since this was asked last; "": nothing.
    [[nodiscard]] std::string take_written() { return std::exchange(written_, {}); }

private:
    enum class Deed {
        import_point,
        export_point,
        export_log,
        export_report,
        save_message,
        save_files
    };
    struct Words;
    enum class Stage { closed, opening, typing, waiting };
    void begin(std::string path);
    /// Where a file is proposed: the last one went there, else where documents are kept.
    [[nodiscard]] std::string proposed(const Frame& frame, const std::string& name) const;
    void follow(const Frame& frame);
    void post(Frame& frame, bool replace);
    void draw_path(const Frame& frame, bool& confirmed);
    void draw_progress_line(const Frame& frame) const;
    void close();
    [[nodiscard]] Words words() const;
    [[nodiscard]] bool exports() const { return deed_ != Deed::import_point; }
    /// There is a file already: the button says that it goes.
    [[nodiscard]] bool would_replace() const;

    const Desk& desk_;
    std::string folder_;  ///< that something was saved in last
    Deed deed_ = Deed::import_point;
    std::string point_;                         ///< export_point
    std::string letter_;                        ///< save_files: path
    mail::store::ActionQuery log_;              ///< export_log
    mail::MakeReport report_;                   ///< export_report
    std::uint32_t uid_ = 0, uid_validity_ = 0;  ///< save_message
    std::shared_ptr<const mail::JobView> saved_;
    std::string path_, written_;
    Stage stage_ = Stage::closed;
    mail::JobId job_ = 0;
    std::optional<mail::Error> error_;
};

}  // namespace gui
