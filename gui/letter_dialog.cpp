#include "gui/letter_dialog.h"

#include <algorithm>
#include <utility>

#include <imgui.h>

#include "gui/dialog_frame.h"
#include "gui/icons.h"
#include "gui/region.h"
#include "gui/screens/part_row.h"
#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/preview.h"
#include "gui/text/reasons.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"
#include "mail/base/utf8.h"

namespace gui {
namespace {

constexpr float dialog_width = 760.F, parts_height = 190.F, preview_height = 200.F;
constexpr float other_height = 290.F;  ///< all around the two
// Of a preview a few lines are seen, or nothing is: where there is less room the dialog scrolls.
constexpr float least_parts_height = 52.F, least_preview_height = 110.F;

struct Heights {
    float parts, preview;
};
/// In logical pixels: a low window leaves less than they would like.
Heights heights_in(float window) {
    const float room = window - other_height;
    const float parts = std::clamp(room / 2, least_parts_height, parts_height);
    return {parts, std::clamp(room - parts, least_preview_height, preview_height)};
}

}  // namespace

void LetterDialog::open(Frame& frame, std::vector<std::string> paths) {
    further_ = std::move(paths);
    std::ranges::reverse(further_);
    stage_ = Stage::opening;
    look_at_next(frame);
}

void LetterDialog::look_at_next(Frame& frame) {
    path_ = std::move(further_.back());
    further_.pop_back();
    letter_.reset();
    error_.reset();
    chosen_.clear();
    chosen_name_.clear();
    job_ = frame.post(mail::LookInto{path_});
}

void LetterDialog::close() {
    stage_ = Stage::closed;
    letter_.reset();
    further_.clear();
    ImGui::CloseCurrentPopup();
}

void LetterDialog::draw(Frame& frame) {
    if (!is_open())
        return;
    if (std::exchange(stage_, Stage::open) == Stage::opening)
        ImGui::OpenPopup("###letter_dialog");
    const text::Language language = frame.language;
    if (!begin_dialog("###letter_dialog", std::string(text::drop_title.in(language)), dialog_width))
        return;
    if (const mail::JobView* job = frame.snapshot.job(job_); job != nullptr && !letter_) {
        letter_ = job->letter;
        error_ = job->error;
    }
    ellipsis_text(mail::utf8::one_line(path_), ImGui::GetContentRegionAvail().x,
                  frame.colours.muted);
    if (error_) {
        icon_text(icon::failed, 16, frame.colours.err);
        ImGui::SameLine(0, px(5));
        wrapped_text(text::sentences_of(*error_, language), frame.colours.err);
    } else if (letter_) {
        draw_letter(frame, *letter_);
    } else {
        wrapped_text(text::drop_reading.in(language), frame.colours.muted);
    }
    draw_buttons(frame);
    end_dialog();
}

void LetterDialog::draw_buttons(Frame& frame) {
    const text::Language language = frame.language;
    const std::string save = labelled(text::save_files, language, "letter_save");
    const std::string done = labelled(text::close, language, "letter_close");
    const std::string next = further_.empty()
                                 ? std::string()
                                 : text::fill(text::drop_next, language,
                                              {{"n", text::number(further_.size(), language)}}) +
                                       "###letter_next";
    align_right((next.empty() ? 0.F : button_width(next.c_str()) + px(8)) +
                button_width(save.c_str()) + px(8) + button_width(done.c_str()));
    bool goes_on = false;
    if (!next.empty()) {
        goes_on = button(next.c_str());
        ImGui::SameLine(0, px(8));
    }
    const auto becomes_file = [](const mail::PartView& part) {
        return part.verdict == mail::Verdict::will_be_taken;
    };
    const std::string_view off =
        !letter_ ? (error_ ? text::off_no_files : text::drop_reading).in(language)
        : std::ranges::any_of(letter_->parts, becomes_file) ? std::string_view{}
                                                            : text::off_no_files.in(language);
    if (button(save.c_str(), {}, off))
        save_.open_save_files(letter_->path);
    ImGui::SameLine(0, px(8));
    const bool leaves = (button(done.c_str()) || escape()) && !save_.is_open();
    save_.draw(frame);
    saved_ = save_.take_saved();
    if ((leaves || goes_on) && !letter_ && !error_)
        frame.cancel(job_);
    if (!leaves && (goes_on || (saved_ && !further_.empty())))
        look_at_next(frame);
    else if (leaves || saved_)
        close();
}

void LetterDialog::draw_letter(Frame& frame, const mail::LetterView& letter) {
    const text::Language language = frame.language;
    const float width = ImGui::GetContentRegionAvail().x;
    push_font(Weight::semibold, 17);
    ellipsis_text(mail::utf8::one_line(letter.subject), width, frame.colours.text);
    pop_font();
    std::string line = mail::utf8::one_line(
        letter.sender_name.empty() ? letter.sender_address
                                   : letter.sender_name + " <" + letter.sender_address + ">");
    if (letter.sent)
        line += " · " + text::moment(*letter.sent, frame.now, language);
    line += " · " + text::size(letter.size_octets, language);
    ellipsis_text(line, width, frame.colours.muted);
    draw_parts(frame, letter);
    push_font(Weight::semibold, 15);
    ellipsis_text(text::fill(text::preview_of, language,
                             {{"x", chosen_name_.empty() ? text::preview_of_text.in(language)
                                                         : std::string_view(chosen_name_)}}),
                  width, frame.colours.text);
    pop_font();
    const Heights heights = heights_in(ImGui::GetMainViewport()->Size.y / frame.scale);
    if (begin_region("##letter_preview", {0, px(heights.preview)},
                     with_alpha(frame.colours.surface, 0), {0, 0}))
        preview_.draw(frame, {"", 0, 0, path_, chosen_}, "", PreviewPane::Keys::scroll);
    end_region();
}

void LetterDialog::draw_parts(Frame& frame, const mail::LetterView& letter) {
    const auto listed = static_cast<std::uint64_t>(std::ranges::count_if(letter.parts, is_listed));
    section_title(text::fill(text::parts_title, frame.language,
                             {{"n", text::number(listed, frame.language)}}));
    const Heights heights = heights_in(ImGui::GetMainViewport()->Size.y / frame.scale);
    if (begin_region("##letter_parts", {0, px(heights.parts)}, with_alpha(frame.colours.surface, 0),
                     {px(10), px(2)})) {
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), 0});
        for (const mail::PartView& part : letter.parts) {
            if (!is_listed(part))
                continue;
            const PartRow row = draw_part_row(
                frame, part,
                {mark_of(part.verdict), text::words_of(part, frame.now, frame.language)},
                chosen_ == part.part.path ? PartLook::chosen : PartLook::usual, {});
            if (row.pressed || row.focused) {
                chosen_ = part.part.path;
                chosen_name_ = row.name;
            }
            end_part_row();
        }
        ImGui::PopStyleVar();
    }
    end_region();
}

}  // namespace gui
