#include "gui/point_dialogs.h"

#include <algorithm>
#include <utility>

#include <imgui.h>

#include "gui/dialog_frame.h"
#include "gui/icons.h"
#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/preview.h"
#include "gui/text/progress.h"
#include "gui/text/removal.h"
#include "gui/text/report.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"
#include "mail/base/ascii.h"
#include "mail/base/disk.h"
#include "mail/base/utf8.h"
#include "mail/work/naming.h"

namespace gui {

using mail::JobView;

namespace {

/// The points that put their files where `ocr_point` says; somebody must see whose go elsewhere.
std::string users_of(const mail::Snapshot& snapshot, const std::string& ocr_point) {
    std::string names;
    for (const auto& view : snapshot.points)
        if (view->definition->general.ocr_point == ocr_point)
            names += (names.empty() ? "" : ", ") + mail::utf8::one_line(view->definition->name);
    return names;
}

/// By the extension, whatever its case.
mail::ExportLog::Form form_of(const std::string& path) {
    return mail::lower_case(path).ends_with(".json") ? mail::ExportLog::Form::json
                                                     : mail::ExportLog::Form::csv;
}

}  // namespace

void DeleteDialog::open(const mail::PointView& point) {
    point_ = point.definition->id;
    name_ = point.definition->name;
    signed_in_ = point.definition->type == mail::point::Type::mailbox &&
                 point.definition->connection.authentication == mail::point::Authentication::oauth2;
    opening_ = true;
}

void DeleteDialog::draw(Frame& frame) {
    if (!is_open())
        return;
    const bool opening = std::exchange(opening_, false);
    if (opening)
        ImGui::OpenPopup("###delete_dialog");
    if (!begin_dialog("###delete_dialog", "", 480))
        return;
    const text::Language language = frame.language;
    wrapped_text(text::fill(text::ask_delete_point, language, {{"x", name_}}), frame.colours.text);
    if (const std::string users = users_of(frame.snapshot, point_); !users.empty())
        wrapped_text(text::fill(text::ask_delete_ocr_point, language, {{"points", users}}),
                     frame.colours.warn);
    if (signed_in_)
        wrapped_text(text::ask_delete_signed_in.in(language), frame.colours.muted);
    const std::string yes = labelled(text::do_delete_point, language, "delete_yes");
    const std::string no = labelled(text::cancel, language, "delete_no");
    align_right(button_width(yes.c_str()) + px(8) + button_width(no.c_str()));
    const bool deletes = button(yes.c_str());
    ImGui::SameLine(0, px(8));
    // The harmless answer has the focus, and Esc means it.
    if (opening)
        focus_next_item();
    const bool stays = button(no.c_str()) || escape();
    if (deletes)
        frame.post(mail::DeletePoint{point_});
    if (deletes || stays) {
        point_.clear();
        ImGui::CloseCurrentPopup();
    }
    end_dialog();
}

struct FileDialog::Words {
    const text::Text& title;
    const text::Text& hint;
    const text::Text& deed;
};

FileDialog::Words FileDialog::words() const {
    if (deed_ == Deed::import_point)
        return {text::import_point, text::import_hint, text::do_import};
    if (deed_ == Deed::export_point)
        return {text::export_point, text::export_hint, text::do_export};
    if (deed_ == Deed::save_message)
        return {text::save_message, text::save_message_hint, text::save};
    if (deed_ == Deed::save_files)
        return {text::save_files, text::save_files_hint, text::save};
    if (deed_ == Deed::export_report)
        return {text::report_export_title, text::report_export_hint, text::do_export};
    return {text::log_export_title, text::log_export_hint, text::do_export};
}

void FileDialog::begin(std::string path) {
    path_ = std::move(path);
    stage_ = Stage::opening;
    error_.reset();
    written_.clear();
    job_ = 0;
}

std::string FileDialog::proposed(const Frame& frame, const std::string& name) const {
    std::string folder = folder_.empty() ? desk_.documents() : folder_;
    // Of somebody without a home.
    if (folder.empty())
        folder = frame.snapshot.workspace;
    return mail::join_path(folder, name);
}

void FileDialog::open_import() {
    deed_ = Deed::import_point;
    begin("");
}

void FileDialog::open_export(const Frame& frame, const mail::PointView& point) {
    deed_ = Deed::export_point;
    point_ = point.definition->id;
    // Whole: what a relative one starts at is for nobody to guess.
    mail::work::NamingFields fields;
    fields.point = point.definition->name;
    fields.name = "point.json";
    begin(proposed(frame, mail::work::file_name_for("{point}", fields)));
}

void FileDialog::open_export(const Frame& frame, const mail::store::ActionQuery& log) {
    deed_ = Deed::export_log;
    log_ = log;
    begin(proposed(frame, text::fill(text::log_file_name, frame.language,
                                     {{"date", text::iso_date(frame.now)}})));
}

void FileDialog::open_export(const Frame& frame, const mail::MakeReport& report) {
    deed_ = Deed::export_report;
    report_ = report;
    begin(proposed(frame, text::fill(text::report_file_name, frame.language,
                                     {{"date", text::iso_date(report.since)}})));
}

void FileDialog::open_save(const Frame& frame, const mail::PointView& point,
                           const mail::MessageRow& row) {
    deed_ = Deed::save_message;
    point_ = point.definition->id;
    uid_ = row.uid;
    uid_validity_ = point.mailbox ? point.mailbox->uid_validity : 0;
    mail::work::NamingFields fields;
    fields.received = row.received;
    fields.subject = row.subject;
    fields.name = "mail.eml";
    // Not the target folder: what reads the documents there would take it for one.
    begin(proposed(frame, mail::work::file_name_for("{received:%Y-%m-%d} {subject}", fields)));
}

void FileDialog::open_save_files(const std::string& letter) {
    deed_ = Deed::save_files;
    letter_ = letter;
    // Beside the mail, under its name: where its owner looks for it.
    const std::string folder = mail::parent_path(letter);
    std::string name = letter.substr(std::min(folder.size(), letter.size()));
    std::erase_if(name, [](char c) { return c == '/' || c == '\\'; });
    const std::size_t dot = name.rfind('.');
    begin(mail::join_path(folder, dot == std::string::npos || dot == 0 ? name + "-files"
                                                                       : name.substr(0, dot)));
}

void FileDialog::close() {
    stage_ = Stage::closed;
    ImGui::CloseCurrentPopup();
}

bool FileDialog::would_replace() const {
    return exports() && deed_ != Deed::save_files && error_ &&
           error_->cause == mail::Cause::file_exists;
}

void FileDialog::follow(const Frame& frame) {
    const JobView* job = frame.snapshot.job(job_);
    if (job == nullptr)
        return;
    if (job->state == JobView::State::failed || job->state == JobView::State::cancelled) {
        error_ = job->error;
        stage_ = Stage::typing;
    } else if (job->state == JobView::State::done) {
        written_ = exports() ? mail::absolute_path(path_) : std::string();
        if (exports() && deed_ != Deed::save_files)
            folder_ = mail::parent_path(written_);
        if (deed_ == Deed::save_message || deed_ == Deed::save_files)
            saved_ = std::make_shared<const JobView>(*job);
        close();
    }
}

void FileDialog::post(Frame& frame, bool replace) {
    if (deed_ == Deed::import_point)
        job_ = frame.post(mail::ImportPoint{path_});
    else if (deed_ == Deed::export_point)
        job_ = frame.post(mail::ExportPoint{point_, path_, replace});
    else if (deed_ == Deed::save_message)
        job_ = frame.post(mail::SaveMessage{point_, uid_, uid_validity_, path_, replace});
    else if (deed_ == Deed::save_files)
        job_ = frame.post(mail::SaveFiles{letter_, path_});
    else if (deed_ == Deed::export_report)
        job_ = frame.post(mail::ExportReport{report_, path_, form_of(path_), replace});
    else
        job_ = frame.post(mail::ExportLog{log_, path_, form_of(path_), replace});
    stage_ = Stage::waiting;
    error_.reset();
}

void FileDialog::draw_path(const Frame& frame, bool& confirmed) {
    push_font(Weight::medium, 15);
    coloured_text(
        (deed_ == Deed::save_files ? text::folder_path : text::file_path).in(frame.language),
        frame.colours.muted);
    pop_font();
    if (stage_ == Stage::opening) {
        stage_ = Stage::typing;
        focus_next_item();
    }
    const float width = (ImGui::GetWindowWidth() - px(40)) / frame.scale;
    const FieldEvents events = text_field(
        "###file_path", path_, {.width = width, .faulty = error_.has_value(), .goes_on = true});
    confirmed = events.confirmed;
    if (events.changed)
        error_.reset();
    push_font(Weight::regular, 14);
    if (stage_ == Stage::waiting && deed_ == Deed::save_message) {
        draw_progress_line(frame);
    } else if (error_) {
        icon_text(icon::failed, 16, frame.colours.err);
        ImGui::SameLine(0, px(5));
        wrapped_text(would_replace() ? text::fill(text::export_exists, frame.language,
                                                  {{"path", mail::utf8::one_line(path_)}})
                                     : text::sentences_of(*error_, frame.language),
                     frame.colours.err);
    } else {
        wrapped_text(words().hint.in(frame.language), frame.colours.muted);
    }
    pop_font();
}

/// A large message takes its time.
void FileDialog::draw_progress_line(const Frame& frame) const {
    const JobView* job = frame.snapshot.job(job_);
    const std::uint64_t done = job == nullptr ? 0 : job->octets_done;
    const std::uint64_t total = job == nullptr ? 0 : job->octets_total;
    wrapped_text(text::fill(text::job_bytes, frame.language,
                            {{"done", text::size_so_far(done, total, frame.language)},
                             {"total", text::size(total, frame.language)}}),
                 frame.colours.muted);
    const auto share =
        static_cast<float>(done) / static_cast<float>(std::max<std::uint64_t>(total, 1));
    progress_bar(std::min(share, 1.F), ImGui::GetWindowWidth() - px(40));
}

void FileDialog::draw(Frame& frame) {
    if (!is_open())
        return;
    if (stage_ == Stage::opening)
        ImGui::OpenPopup("###file_dialog");
    const text::Language language = frame.language;
    if (!begin_dialog("###file_dialog", std::string(words().title.in(language)), 560))
        return;
    if (stage_ == Stage::waiting)
        follow(frame);
    bool confirmed = false;
    draw_path(frame, confirmed);
    const bool replaces = would_replace();
    const text::Text& deed = replaces ? text::do_replace : words().deed;
    const std::string yes = labelled(deed, language, "file_yes");
    const std::string no = labelled(text::cancel, language, "file_no");
    const ButtonLook look{.emphasis = Emphasis::primary};
    align_right(button_width(yes.c_str(), look) + px(8) + button_width(no.c_str()));
    // Enter in the field never replaces a file: that takes the button.
    const bool pressed = button(yes.c_str(), look) || (confirmed && !replaces);
    if (pressed && !path_.empty() && stage_ == Stage::typing)
        post(frame, replaces);
    ImGui::SameLine(0, px(8));
    if (button(no.c_str()) || escape()) {
        const bool can_stop = deed_ == Deed::save_message || deed_ == Deed::save_files;
        if (stage_ == Stage::waiting && can_stop)
            frame.cancel(job_);
        close();
    }
    end_dialog();
}

}  // namespace gui
