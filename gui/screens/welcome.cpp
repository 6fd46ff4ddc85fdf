#include "gui/screens/welcome.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <imgui.h>

#include "gui/icons.h"
#include "gui/text/proposals.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"
#include "mail/base/ascii.h"
#include "mail/point/suggest.h"

namespace gui {
namespace {

constexpr float column_width = 480.F, column_height = 430.F;

std::string labelled(const text::Text& words, text::Language language, const char* id) {
    return std::string(words.in(language)) + id;
}

const text::Text& where_the_password_goes(mail::SecretsView::Kind kind) {
    using Kind = mail::SecretsView::Kind;
    switch (kind) {
    case Kind::system:
        return text::password_comes_next;
    case Kind::file:
        return text::password_comes_next_file;
    case Kind::memory:
        return text::password_comes_next_memory;
    case Kind::unknown:
        break;
    }
    return text::password_comes_next_unknown;
}

}  // namespace

WelcomeOutcome Welcome::draw(Frame& frame) {
    WelcomeOutcome outcome;
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const float width = std::min(px(column_width), room.x - px(32));
    ImGui::SetCursorPos(
        {std::floor(ImGui::GetCursorPosX() + (room.x - width) / 2),
         std::floor(ImGui::GetCursorPosY() + std::max(px(16), (room.y - px(column_height)) / 2))});
    ImGui::BeginChild("welcome", {width, 0}, ImGuiChildFlags_NavFlattened,
                      ImGuiWindowFlags_NoBackground);
    draw_question(frame, outcome);
    draw_other_ways(frame, outcome);
    if (occasion_ == Occasion::first_run) {
        draw_demo_card(frame, outcome);
        draw_languages(frame);
    } else if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
        outcome.kind = WelcomeOutcome::Kind::cancelled;
    }
    if (outcome.kind != WelcomeOutcome::Kind::none)
        lookup_.end(frame);
    ImGui::EndChild();
    return outcome;
}

void Welcome::draw_question(Frame& frame, WelcomeOutcome& outcome) {
    const text::Language language = frame.language;
    push_font(Weight::semibold, 30);
    const text::Text& title =
        occasion_ == Occasion::first_run ? text::welcome_title : text::new_point_title;
    wrapped_text(title.in(language), frame.colours.text);
    pop_font();
    wrapped_text(text::welcome_text.in(language), frame.colours.muted);
    ImGui::Dummy({0, px(8)});
    push_font(Weight::medium);
    ImGui::TextUnformatted(text::email_address.in(language).data());
    pop_font();

    const std::string next = labelled(text::go_on, language, "###go_on");
    const ButtonLook look{.emphasis = Emphasis::primary, .height = 28.F};
    const float field = ImGui::GetContentRegionAvail().x - button_width(next.c_str(), look) - px(8);
    if (!focused_)
        ImGui::SetKeyboardFocusHere();
    focused_ = true;
    const FieldEvents events = text_field(
        "##address", address_, {.width = field / frame.scale, .faulty = refused_, .goes_on = true});
    lookup_.follow(frame, address_);
    if (events.changed) {
        lookup_.typed(ImGui::GetTime());
        refused_ = refused_ && !mail::point::suggest(address_);
    }
    if (events.left)
        lookup_.left();
    ImGui::SameLine(0, px(8));
    if (button(next.c_str(), look) || events.confirmed) {
        outcome.address = mail::trimmed(address_);
        refused_ = !mail::point::suggest(outcome.address);
        if (!refused_) {
            outcome.kind = WelcomeOutcome::Kind::address;
            outcome.lookup = std::exchange(lookup_, {});
        }
    }
    draw_note(frame);
    if (occasion_ == Occasion::first_run)
        return;
    ImGui::Dummy({0, px(4)});
    if (button(labelled(text::cancel, language, "###cancel").c_str(), {.height = 28.F}))
        outcome.kind = WelcomeOutcome::Kind::cancelled;
}

void Welcome::draw_note(Frame& frame) {
    const text::Language language = frame.language;
    push_font(Weight::regular, 14);
    const auto answer = lookup_.answer();
    const auto known = mail::point::suggest(address_);
    if (refused_) {
        icon_text(icon_of(NoteKind::error), 16, frame.colours.err);
        ImGui::SameLine(0, px(5));
        wrapped_text(text::not_an_address.in(language), frame.colours.err);
    } else if (lookup_.asking()) {
        wrapped_text(lookup_.note(language).text, frame.colours.muted);
    } else if (answer) {
        wrapped_text(text::fill(text::settings_found, language,
                                {{"server", answer->settings.server},
                                 {"origin", text::origin_of(*answer, language)}}),
                     frame.colours.muted);
    } else if (known && !known->guessed) {
        wrapped_text(text::fill(text::settings_found, language,
                                {{"server", known->server},
                                 {"origin", text::filled_from_table.in(language)}}),
                     frame.colours.muted);
    } else {
        wrapped_text(where_the_password_goes(frame.snapshot.secrets.kind).in(language),
                     frame.colours.muted);
    }
    pop_font();
}

/// Beside an address: the other type of point, and a definition that is there already.
void Welcome::draw_other_ways(const Frame& frame, WelcomeOutcome& outcome) {
    if (occasion_ == Occasion::new_point) {
        if (link(labelled(text::ocr_point_instead, frame.language, "###ocr_point").c_str()))
            outcome.kind = WelcomeOutcome::Kind::ocr_point;
        ImGui::SameLine(0, px(16));
    }
    if (link(labelled(text::import_from_file, frame.language, "###import_point").c_str()))
        outcome.kind = WelcomeOutcome::Kind::import_point;
}

void Welcome::draw_demo_card(const Frame& frame, WelcomeOutcome& outcome) {
    const text::Language language = frame.language;
    ImGui::Dummy({0, px(16)});
    ImGui::PushStyleColor(ImGuiCol_ChildBg, frame.colours.surface);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{px(16), px(14)});
    ImGui::BeginChild("demo", {0, 0},
                      ImGuiChildFlags_Borders | ImGuiChildFlags_AutoResizeY |
                          ImGuiChildFlags_NavFlattened | ImGuiChildFlags_AlwaysUseWindowPadding,
                      ImGuiWindowFlags_NoScrollbar);
    ImGui::PopStyleVar();
    ImGui::PopStyleColor();
    push_font(Weight::medium);
    wrapped_text(text::demo_question.in(language), frame.colours.text);
    pop_font();
    wrapped_text(text::demo_text.in(language), frame.colours.muted);
    if (button(labelled(text::open_demo, language, "###open_demo").c_str(),
               {.icon = icon::mailbox, .height = 32.F}))
        outcome.kind = WelcomeOutcome::Kind::demo;
    ImGui::EndChild();
}

void Welcome::draw_languages(Frame& frame) {
    ImGui::Dummy({0, px(8)});
    // Each in its own language, so that it is found by who needs it.
    constexpr std::array choices{std::pair{text::Language::en, text::english},
                                 std::pair{text::Language::pl, text::polish}};
    for (const auto& [language, name] : choices) {
        const std::string label(name.in(frame.language));
        if (language == frame.language) {
            // As high as a link, so that both stand on one line.
            const ImVec2 at = ImGui::GetCursorScreenPos();
            ImGui::Dummy({ImGui::CalcTextSize(label.c_str()).x, px(24)});
            const float down = std::floor((px(24) - ImGui::GetFontSize()) / 2);
            ImGui::GetWindowDrawList()->AddText({at.x, at.y + down}, frame.colours.muted,
                                                label.c_str());
        } else if (link(label.c_str())) {
            frame.settings.language = language;
        }
        ImGui::SameLine(0, px(16));
    }
    ImGui::NewLine();
}

}  // namespace gui
