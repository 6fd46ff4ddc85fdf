#include "gui/screens/preview_pane.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <imgui_internal.h>

#include "gui/icons.h"
#include "gui/redraw.h"
#include "gui/region.h"
#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/preview.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {
namespace {

constexpr double rests_s = 0.25;

bool is_of(const mail::PreviewView& view, const PreviewPane::Wish& wish) {
    return view.point == wish.point && view.uid == wish.uid &&
           view.uid_validity == wish.uid_validity && view.path == wish.path &&
           view.part == wish.part;
}

void muted_words(const Frame& frame, const text::Text& words) {
    wrapped_text(words.in(frame.language), frame.colours.muted);
}

}  // namespace

void PreviewPane::ask(Frame& frame, const Wish& wish, bool is_there) {
    if (wish != wish_) {
        wish_ = wish;
        wished_at_ = ImGui::GetTime();
        asked_ = false;
    }
    if (is_there || asked_)
        return;
    const double left = wished_at_ + rests_s - ImGui::GetTime();
    if (left > 0) {
        redraw_within(std::chrono::milliseconds(static_cast<int>(std::ceil(left * 1000))));
        return;
    }
    asked_ = true;
    if (wish.path.empty())
        frame.post(mail::Preview{wish.point, wish.uid, wish.uid_validity, wish.part});
    else
        frame.post(mail::PreviewInFile{wish.path, wish.part});
}

void PreviewPane::draw(Frame& frame, const Wish& wish, const std::string& off, Keys keys) {
    shown_ = frame.snapshot.preview;
    const bool is_there = shown_ && is_of(*shown_, wish);
    if (off.empty())
        ask(frame, wish, is_there);
    if (!is_there) {
        wrapped_text(off.empty() ? text::preview_loading.in(frame.language) : std::string_view(off),
                     frame.colours.muted);
        return;
    }
    if (shown_->error) {
        draw_error(frame, *shown_->error);
        return;
    }
    if (!shown_->content) {
        muted_words(frame, text::preview_loading);
        return;
    }
    if (const auto* seen = std::get_if<mail::Text>(&*shown_->content))
        draw_text(frame, *seen, keys);
    else if (const auto* picture = std::get_if<mail::Picture>(&*shown_->content))
        draw_picture(frame, *picture);
    else
        muted_words(frame, text::words_of(std::get<mail::NoPreview>(*shown_->content)));
}

void PreviewPane::draw_error(const Frame& frame, const mail::Error& error) {
    icon_text(icon::failed, 16, frame.colours.err);
    ImGui::SameLine(0, px(5));
    wrapped_text(text::sentences_of(error, frame.language), frame.colours.err);
    const std::string again = std::string(text::try_again.in(frame.language)) + "###preview_again";
    if (link(again.c_str(), icon::refresh))
        frame.post(wish_.path.empty() ? mail::Command(mail::Preview{wish_.point, wish_.uid,
                                                                    wish_.uid_validity, wish_.part})
                                      : mail::Command(mail::PreviewInFile{wish_.path, wish_.part}));
}

void PreviewPane::draw_text(const Frame& frame, const mail::Text& text, Keys keys) {
    std::string notes;
    if (text.cut)
        notes = text::preview_cut.in(frame.language);
    if (text.reading == mail::mime::Reading::guessed)
        notes += (notes.empty() ? "" : " ") + std::string(text::preview_guessed.in(frame.language));
    if (!notes.empty()) {
        wrapped_text(notes, frame.colours.muted);
        ImGui::Dummy({0, px(6)});
    }
    // As paper, like a picture.
    const ImVec2 margin{px(12), px(8)};
    if (begin_region("##preview_text", {0, 0}, frame.colours.surface, margin)) {
        for (const ImGuiDir edge : {ImGuiDir_Left, ImGuiDir_Up, ImGuiDir_Right, ImGuiDir_Down})
            draw_edge(edge);
        push_font(Weight::regular, 15);
        // Else they would choose another part.
        if (keys == Keys::scroll)
            for (const ImGuiKey key : {ImGuiKey_PageDown, ImGuiKey_PageUp})
                ImGui::SetKeyOwner(key, ImGui::GetID("##scroll"));
        const float page = ImGui::GetWindowHeight() - ImGui::GetTextLineHeight();
        if (keys == Keys::scroll && ImGui::IsKeyPressed(ImGuiKey_PageDown))
            ImGui::SetScrollY(ImGui::GetScrollY() + page);
        if (keys == Keys::scroll && ImGui::IsKeyPressed(ImGuiKey_PageUp))
            ImGui::SetScrollY(std::max(0.F, ImGui::GetScrollY() - page));
        text_.draw(text.text, shown_->job, frame.colours.text);
        pop_font();
    }
    end_region();
}

void PreviewPane::draw_picture(const Frame& frame, const mail::Picture& picture) {
    if (picture.damaged)
        muted_words(frame, text::preview_damaged);
    wrapped_text(text::fill(text::preview_pixels, frame.language,
                            {{"w", text::number(picture.original_width, frame.language)},
                             {"h", text::number(picture.original_height, frame.language)}}),
                 frame.colours.muted);
    ImGui::Dummy({0, px(6)});
    texture_.show(picture, shown_->job);
    texture_.draw(ImGui::GetContentRegionAvail());
}

}  // namespace gui
