#include "gui/ocr_consent.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

#include <imgui.h>

#include "gui/dialog_frame.h"
#include "gui/region.h"
#include "gui/text/causes.h"
#include "gui/text/ocr_queue.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"
#include "mail/base/disk.h"
#include "mail/base/utf8.h"
#include "mail/point/command.h"

namespace gui {
namespace {

constexpr const char* window_name = "###ocr_consent";
constexpr float width = 640.F;

/// What nobody would see by its number, so that two commands that look alike are alike.
std::string as_seen(std::string_view text) {
    std::string seen;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t character = mail::utf8::next(text, at);
        if (!mail::utf8::is_control(character) && !mail::utf8::is_invisible(character)) {
            seen += text.substr(begin, at - begin);
            continue;
        }
        std::array<char, 16> number{};
        std::snprintf(number.data(), number.size(), "<U+%04X>", static_cast<unsigned>(character));
        seen += number.data();
    }
    return seen;
}

/// Program and arguments as they are handed over, one below the other: no quote misleads.
std::vector<std::string> words_of(const std::string& command) {
    std::vector<std::string> words;
    if (const auto read = mail::point::Command::parse(command)) {
        words.push_back(read->program());
        for (std::string& word : read->arguments("{in}", "{out}"))
            words.push_back(std::move(word));
    }
    return words;
}

}  // namespace

void OcrConsent::open(const mail::PointView& point) {
    stage_ = Stage::opening;
    point_ = point.definition->id;
    name_ = point.definition->name;
    path_ = point.path;
    folder_ = point.target_folder;
    command_ = point.definition->ocr.command;
    job_ = 0;
    frames_ = 0;
    error_.reset();
}

void OcrConsent::close() {
    stage_ = Stage::closed;
    ImGui::CloseCurrentPopup();
}

void OcrConsent::follow(const Frame& frame) {
    const mail::JobView* job = frame.snapshot.job(job_);
    if (job_ != 0 && job != nullptr && job->has_ended()) {
        job_ = 0;
        if (job->state == mail::JobView::State::done)
            allowed_ = point_;
        else
            error_ = job->error;
    }
    const mail::PointView* point = frame.snapshot.point(point_);
    if (point == nullptr || point->definition->ocr.command != command_)
        error_ = mail::Error{mail::Cause::point_changed,
                             mail::Layer::workspace,
                             mail::Reach::point,
                             {{"name", name_}}};
}

void OcrConsent::draw_command(const Frame& frame) const {
    const text::Language language = frame.language;
    const std::string seen = as_seen(command_);
    const std::vector<std::string> words = words_of(command_);
    ImGui::PushStyleColor(ImGuiCol_ChildBg, frame.colours.sunken);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{px(12), px(10)});
    // As high as it is long: nothing of it is out of sight but what the dialog scrolls.
    if (ImGui::BeginChild("##command", {0, 0},
                          ImGuiChildFlags_Borders | ImGuiChildFlags_AutoResizeY |
                              ImGuiChildFlags_NavFlattened,
                          ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse)) {
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), px(4)});
        push_font(Weight::medium);
        wrapped_text(seen, frame.colours.text);
        pop_font();
        ImGui::Dummy({0, px(2)});
        push_font(Weight::regular, 14);
        coloured_text(text::ocr_command_words.in(language), frame.colours.muted);
        pop_font();
        for (const std::string& word : words) {
            ImGui::SetCursorPosX(ImGui::GetCursorPosX() + px(12));
            wrapped_text(as_seen(word), frame.colours.text);
        }
        ImGui::PopStyleVar();
    }
    ImGui::EndChild();
    ImGui::PopStyleVar();
    ImGui::PopStyleColor();
}

void OcrConsent::draw_note(const Frame& frame) const {
    const text::Language language = frame.language;
    const std::string example(text::ocr_command_example.in(language));
    const auto line = [&](const std::string& words) { wrapped_text(words, frame.colours.muted); };
    push_font(Weight::regular, 15);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), px(4)});
    line(text::fill(text::ocr_command_in, language,
                    {{"path", mail::utf8::one_line(mail::join_path(folder_, example))}}));
    if (command_.find("{out}") != std::string::npos)
        line(text::fill(text::ocr_command_out, language,
                        {{"path", mail::utf8::one_line(mail::join_path(
                                      mail::join_path(folder_, "done"), example))}}));
    if (!path_.empty())
        line(text::fill(text::ocr_command_from, language, {{"path", mail::utf8::one_line(path_)}}));
    if (as_seen(command_) != command_)
        note_line(NoteKind::warning, text::ocr_command_hidden.in(language));
    line(std::string(text::ocr_command_again.in(language)));
    ImGui::PopStyleVar();
    pop_font();
    if (error_)
        note_line(NoteKind::error, why_not(language));
}

std::string OcrConsent::why_not(text::Language language) const {
    return error_->cause == mail::Cause::point_changed
               ? std::string(text::ocr_command_changed.in(language))
               : text::sentences_of(*error_, language);
}

void OcrConsent::draw_buttons(Frame& frame) {
    const text::Language language = frame.language;
    const std::string yes = labelled(text::ocr_allow, language, "ocr_allow");
    const std::string no = labelled(text::cancel, language, "ocr_allow_no");
    align_right(button_width(yes.c_str()) + px(8) + button_width(no.c_str()));
    const std::string off = error_      ? why_not(language)
                            : job_ != 0 ? std::string(text::saving.in(language))
                                        : std::string();
    if (button(yes.c_str(), {}, off))
        job_ = frame.post(mail::AllowOcrCommand{point_, command_});
    ImGui::SameLine(0, px(8));
    // The harmless answer has the focus, and Esc means it.
    // Again where the dialog has grown to its height: the focus is to be seen.
    if (frames_ < 4 && ++frames_ < 4)
        focus_next_item();
    if (button(no.c_str()) || escape() || !allowed_.empty())
        close();
}

void OcrConsent::draw(Frame& frame) {
    if (!is_open())
        return;
    if (stage_ == Stage::opening)
        ImGui::OpenPopup(window_name);
    if (!begin_dialog(window_name, std::string(text::ask_ocr_command.in(frame.language)), width))
        return;
    follow(frame);
    // Where it has no room, the buttons leave the arrows up and down to what is above them.
    for (const auto& [key, by] :
         {std::pair{ImGuiKey_UpArrow, -px(40)}, std::pair{ImGuiKey_DownArrow, px(40)}})
        if (ImGui::IsKeyPressed(key))
            ImGui::SetScrollY(std::clamp(ImGui::GetScrollY() + by, 0.F, ImGui::GetScrollMaxY()));
    wrapped_text(text::fill(text::ocr_command_purpose, frame.language, {{"name", name_}}),
                 frame.colours.text);
    ImGui::Dummy({0, px(2)});
    draw_command(frame);
    ImGui::Dummy({0, px(2)});
    draw_note(frame);
    draw_buttons(frame);
    if (is_open())
        stage_ = Stage::asking;
    end_dialog();
}

}  // namespace gui
