#include "gui/screens/certificate_box.h"

#include <cctype>

#include <imgui.h>

#include "gui/icons.h"
#include "gui/text/ladder.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"
#include "mail/base/utf8.h"

namespace gui {
namespace {

using mail::Cause;

constexpr float label_width = 132.F;
constexpr std::size_t octets_in_line = 16, most_octets = 300;

/// "AB:CD:…" in two lines: as other programs show it, to be compared by eye.
std::string readable(std::string_view sha256) {
    std::string words;
    for (std::size_t i = 0; i + 1 < sha256.size(); i += 2) {
        if (i > 0)
            words += i / 2 % octets_in_line == 0 ? ":\n" : ":";
        for (const char digit : sha256.substr(i, 2))
            words += static_cast<char>(std::toupper(static_cast<unsigned char>(digit)));
    }
    return words;
}

/// Of the server's own words: no more than can be read.
std::string safe(std::string_view words) {
    return mail::utf8::one_line(words, most_octets);
}

void draw_fact(const Frame& frame, const text::Text& label, const std::string& words) {
    if (words.empty())
        return;
    const float x = ImGui::GetCursorPosX();
    coloured_text(label.in(frame.language), frame.colours.muted);
    ImGui::SameLine(x + px(label_width));
    wrapped_text(words, frame.colours.text);
}

void draw_facts(const Frame& frame, const mail::Error& error, bool is_another) {
    push_font(Weight::regular, 15);
    draw_fact(frame, text::certificate_subject, safe(error.fact("subject")));
    draw_fact(frame, text::certificate_issuer, safe(error.fact("issuer")));
    draw_fact(frame, text::certificate_names, safe(error.fact("names")));
    const std::string_view from = error.fact("valid_from"), until = error.fact("valid_until");
    if (!from.empty() && !until.empty())
        draw_fact(frame, text::certificate_validity,
                  text::date_in_certificate(safe(from), frame.language) + " – " +
                      text::date_in_certificate(safe(until), frame.language));
    if (is_another)
        draw_fact(frame, text::certificate_accepted_before, readable(error.fact("expected")));
    draw_fact(frame, is_another ? text::certificate_now : text::certificate_fingerprint,
              readable(error.fact("sha256")));
    pop_font();
}

}  // namespace

bool is_about_certificate(const mail::Error& error) {
    const bool one_of_them =
        error.cause == Cause::certificate_self_signed ||
        error.cause == Cause::certificate_untrusted || error.cause == Cause::certificate_expired ||
        error.cause == Cause::certificate_name || error.cause == Cause::certificate_changed;
    return one_of_them && !error.fact("sha256").empty();
}

bool draw_certificate(const Frame& frame, const mail::Error& error, CertificateAnswer answer) {
    const text::Language language = frame.language;
    const bool is_another = error.cause == Cause::certificate_changed;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), px(4)});
    draw_facts(frame, error, is_another);
    ImGui::Dummy({0, px(2)});
    bool trusted = false;
    if (is_another) {
        // Never by one click: this is what an attack looks like.
        note_line(NoteKind::error, text::certificate_another.in(language));
    } else if (answer == CertificateAnswer::trusted) {
        note_line(NoteKind::ok, text::certificate_trusted.in(language));
    } else if (answer == CertificateAnswer::open) {
        note_line(NoteKind::warning, text::certificate_trust_hint.in(language));
        const std::string label =
            std::string(text::trust_certificate.in(language)) + "###trust_certificate";
        trusted = button(label.c_str(), {.height = 28.F});
    }
    ImGui::PopStyleVar();
    ImGui::Dummy({0, px(6)});
    return trusted;
}

}  // namespace gui
