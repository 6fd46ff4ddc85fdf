#include "gui/screens/mail_cells.h"

#include <algorithm>
#include <cmath>

#include "gui/icons.h"
#include "gui/line_text.h"
#include "gui/locks.h"
#include "gui/marks.h"
#include "gui/screens/hits.h"
#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/progress.h"
#include "gui/text/reasons.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"
#include "gui/visual_order.h"
#include "gui/widgets.h"
#include "mail/base/utf8.h"
#include "mail/work/part_decision.h"

namespace gui {
namespace {

using mail::MessageRow;
using mail::MessageState;
using mail::Status;

/// What stands out: new mail is bold, what another works on is muted as a whole.
Colour ink_of(Status status, Column column) {
    const Colours& c = colours();
    if (status == Status::held || status == Status::taken_elsewhere || status == Status::gone ||
        status == Status::quarantined)
        return c.muted;
    const bool main_column =
        column == Column::subject || column == Column::sender || column == Column::attachments;
    return main_column || status == Status::new_ ? c.text : c.muted;
}

struct Place {
    ImVec2 at;
    float width;
};

/// Where text of the current font goes in the current cell.
Place place_in_cell(float row_height) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    return {{at.x, at.y + std::floor((row_height - ImGui::GetFontSize()) / 2)},
            ImGui::GetContentRegionAvail().x};
}

/// The column learns how wide it would like to be, for a double click on its edge.
void measure(float width) {
    ImGui::Dummy({width, 1.F});
}

void draw_left(std::string_view text, Colour ink, const CellRow& row) {
    const Place place = place_in_cell(row.height_px);
    draw_hits(place.at, place.width, text, row.words);
    draw_ellipsis(*ImGui::GetWindowDrawList(), place.at, place.width, ink, text);
    measure(ImGui::CalcTextSize(text.data(), text.data() + text.size()).x);
}

/// As mail programs show what is marked \\Deleted.
void strike_through(std::string_view text, Colour ink, float row_height) {
    const Place place = place_in_cell(row_height);
    const float width =
        std::min(place.width, ImGui::CalcTextSize(text.data(), text.data() + text.size()).x);
    const float y = std::floor(place.at.y + ImGui::GetFontSize() * 0.55F);
    ImGui::GetWindowDrawList()->AddRectFilled({place.at.x, y}, {place.at.x + width, y + px(1)},
                                              ink);
}

void draw_right(const std::string& text, Colour ink, float row_height) {
    const Place place = place_in_cell(row_height);
    const float width = ImGui::CalcTextSize(text.c_str()).x;
    const float x = std::floor(place.at.x + std::max(0.F, place.width - width));
    ImGui::GetWindowDrawList()->AddText({x, place.at.y}, ink, text.c_str());
    measure(width);
}

float share_of(const MessageState& state) {
    return state.total_octets == 0 ? 0.F
                                   : static_cast<float>(static_cast<double>(state.done_octets) /
                                                        static_cast<double>(state.total_octets));
}

void draw_status(const Frame& frame, const CellRow& row) {
    const Colours& c = colours();
    const Mark mark = row.is_leaving ? Mark{icon::bin, c.muted, c.muted}
                      : mail::work::was_skipped(row.message, row.state)
                          ? mark_of(mail::Verdict::skipped)
                          : mark_of(row.state.status);
    const Place place = place_in_cell(row.height_px);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float middle = std::floor(place.at.y + ImGui::GetFontSize() / 2);
    draw_icon(list, {place.at.x + px(9), middle}, mark.icon, 18, mark.colour);
    const float indent = px(23);
    const std::string word = row.is_leaving
                                 ? std::string(text::status_waits_to_leave.in(frame.language))
                                 : cell_text(frame, Column::status, row.message, row.state);
    const bool working = row.state.status == Status::taking && !row.is_leaving;
    const float lift = working ? px(3) : 0.F;
    draw_ellipsis(list, {place.at.x + indent, place.at.y - lift}, place.width - indent,
                  mark.word_colour, word);
    if (working) {
        const float bottom = place.at.y + ImGui::GetFontSize() + px(3);
        draw_progress(list, {place.at.x + indent, bottom - px(3)},
                      {place.at.x + place.width, bottom}, share_of(row.state));
    }
    measure(indent + ImGui::CalcTextSize(word.c_str()).x);
}

bool is_open(const mail::work::Gate& gate) {
    return gate.lock == mail::work::Gate::Lock::open;
}

void draw_gate(const CellRow& row) {
    const Colours& c = colours();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const bool open = is_open(gate_now(row.message, row.state, row.kept));
    // What was to leave and stayed stands out from what nobody has touched.
    const Colour ink = row.kept != nullptr ? c.warn : open ? c.ok : c.muted;
    draw_icon(*ImGui::GetWindowDrawList(), {at.x + px(8), at.y + std::floor(row.height_px / 2)},
              open ? icon::unlocked : icon::locked, 16, ink);
    measure(px(16));
}

std::string_view subject_of(const MessageRow& message, text::Language language) {
    return message.subject.empty() ? text::no_subject.in(language)
                                   : std::string_view(message.subject);
}

std::string_view sender_of(const MessageRow& message, text::Language language) {
    if (!message.sender_name.empty())
        return message.sender_name;
    return message.sender_address.empty() ? text::no_sender.in(language)
                                          : std::string_view(message.sender_address);
}

std::string gate_tip(const MessageRow& message, const MessageState& state, const mail::Error* kept,
                     text::Language language) {
    std::string words = gate_words(gate_now(message, state, kept), language);
    if (kept != nullptr && kept->cause != mail::Cause::gate_locked)
        words += "\n" + text::fill(text::kept_in_mailbox, language,
                                   {{"why", text::sentences_of(*kept, language)}});
    return words;
}

std::string names_by(std::string_view divider, const MessageRow& message, const MessageState& state,
                     text::Language language) {
    std::string names;
    for (const std::string& name : attachment_names(message, state)) {
        names += names.empty() ? "" : divider;
        names += name.empty() ? text::part_without_name.in(language) : std::string_view(name);
    }
    return names;
}

std::string taken_words(const Frame& frame, const MessageState& state) {
    return state.taken_at == std::chrono::sys_seconds{}
               ? std::string()
               : text::moment(state.taken_at, frame.now, frame.language);
}

}  // namespace

const text::Text& title_of(Column column) {
    switch (column) {
    case Column::status:
        return text::column_status;
    case Column::subject:
        return text::column_subject;
    case Column::sender:
        return text::column_sender;
    case Column::received:
        return text::column_received;
    case Column::attachments:
        return text::column_attachments;
    case Column::gate:
        return text::column_gate;
    case Column::names:
        return text::column_names;
    case Column::folder:
        return text::column_folder;
    case Column::taken_at:
        return text::column_taken_at;
    case Column::taken_by:
        return text::column_taken_by;
    case Column::size:
        break;
    }
    return text::column_size;
}

std::string cell_text(const Frame& frame, Column column, const MessageRow& message,
                      const MessageState& state, const mail::Error* kept) {
    const text::Language language = frame.language;
    switch (column) {
    case Column::status:
        if (state.status == Status::taking && state.total_octets > 0)
            return text::fill(
                text::row_progress, language,
                {{"done", text::size_so_far(state.done_octets, state.total_octets, language)},
                 {"total", text::size(state.total_octets, language)}});
        return std::string(
            text::words_of(state.status, mail::work::was_skipped(message, state), language));
    case Column::subject:
        return std::string(subject_of(message, language));
    case Column::sender:
        return std::string(sender_of(message, language));
    case Column::received:
        return text::moment(message.received, frame.now, language);
    case Column::attachments:
        return text::number(message.attachments, language);
    case Column::gate:
        if (!has_gate(state.status))
            return {};
        return std::string((is_open(gate_now(message, state, kept)) ? text::gate_open_word
                                                                    : text::gate_locked_word)
                               .in(language));
    case Column::names:
        return names_by(", ", message, state, language);
    case Column::folder:
        return state.folder;
    case Column::taken_at:
        return taken_words(frame, state);
    case Column::taken_by:
        return state.who;
    case Column::size:
        break;
    }
    return text::size(message.size_octets, language);
}

std::string tooltip_of(const Frame& frame, Column column, const MessageRow& message,
                       const MessageState& state, const mail::Error* kept) {
    switch (column) {
    case Column::status:
        if (state.is_marked)
            return cell_text(frame, column, message, state) + "\n" +
                   std::string(text::status_marked.in(frame.language));
        if (state.error) {
            const text::ErrorWords words = text::words_of(*state.error, frame.language);
            return words.cause + (words.next_step.empty() ? "" : "\n" + words.next_step);
        }
        if (state.status == Status::taken && !state.folder.empty())
            return text::fill(text::taken_to, frame.language,
                              {{"time", text::moment(state.taken_at, frame.now, frame.language)},
                               {"folder", state.folder}});
        break;
    case Column::received:
        return text::exact_moment(message.received, frame.language);
    case Column::attachments:
    case Column::names:
        return names_by("\n", message, state, frame.language);
    case Column::taken_at:
        return state.taken_at == std::chrono::sys_seconds{}
                   ? std::string()
                   : text::exact_moment(state.taken_at, frame.language);
    case Column::sender:
        if (!message.sender_name.empty())
            return message.sender_name + " <" + message.sender_address + ">";
        break;
    case Column::gate:
        return has_gate(state.status) ? gate_tip(message, state, kept, frame.language)
                                      : std::string();
    case Column::subject:
    case Column::size:
    case Column::taken_by:
    case Column::folder:
        break;
    }
    return cell_text(frame, column, message, state);
}

namespace {

/// From there to there, counted from where the text begins.
void underline(ImVec2 at, float left, float right) {
    const float line = std::max(1.F, px(2)), y = std::floor(at.y + ImGui::GetFontSize()) - px(1);
    ImGui::GetWindowDrawList()->AddRectFilled({at.x + left, y}, {at.x + right, y + line},
                                              colours().accent);
}

/// Letter by letter: what is found side by side need not stand so.
void draw_hits_in_order(ImVec2 at, float width, std::string_view text,
                        std::span<const std::string> words) {
    const std::vector<Hit> hits = hits_in(text, words);
    if (hits.empty())
        return;
    const LineText line = line_text(text, width);
    std::size_t end = 0;
    for (const std::size_t from : line.from) {
        const char* begin = line.text.data();
        const float left = ImGui::CalcTextSize(begin, begin + end).x;
        static_cast<void>(mail::utf8::next(line.text, end));
        const bool found = std::any_of(hits.begin(), hits.end(), [from](const Hit& hit) {
            return from >= hit.begin && from < hit.end;
        });
        if (found)
            underline(at, std::floor(left), std::ceil(ImGui::CalcTextSize(begin, begin + end).x));
    }
}

}  // namespace

void draw_hits(ImVec2 at, float width, std::string_view text, std::span<const std::string> words) {
    if (runs_right_to_left(text)) {
        draw_hits_in_order(at, width, text, words);
        return;
    }
    const auto end_of = [text](std::size_t octets) {
        return ImGui::CalcTextSize(text.data(), text.data() + octets).x;
    };
    for (const Hit& hit : hits_in(text, words)) {
        const float left = std::floor(end_of(hit.begin)), right = std::ceil(end_of(hit.end));
        if (left < width)
            underline(at, left, std::min(right, width));
    }
}

void draw_cell(const Frame& frame, Column column, const CellRow& row) {
    const Status status = row.state.status;
    const Colour ink = ink_of(status, column);
    switch (column) {
    case Column::status:
        draw_status(frame, row);
        return;
    case Column::subject:
        push_font(status == Status::new_ ? Weight::semibold : Weight::regular);
        if (row.state.is_marked)
            strike_through(subject_of(row.message, frame.language), ink, row.height_px);
        draw_left(subject_of(row.message, frame.language), ink, row);
        pop_font();
        return;
    case Column::sender:
        push_font(status == Status::new_ ? Weight::medium : Weight::regular);
        draw_left(sender_of(row.message, frame.language), ink, row);
        pop_font();
        return;
    case Column::names:
        draw_left(cell_text(frame, column, row.message, row.state), ink, row);
        return;
    case Column::received:
    case Column::folder:
    case Column::taken_at:
    case Column::taken_by:
        draw_left(cell_text(frame, column, row.message, row.state), ink,
                  {row.message, row.state, row.height_px, {}});
        return;
    case Column::attachments:
        if (row.message.attachments > 0)
            draw_right(text::number(row.message.attachments, frame.language), ink, row.height_px);
        return;
    case Column::gate:
        if (has_gate(status))
            draw_gate(row);
        return;
    case Column::size:
        draw_right(text::size(row.message.size_octets, frame.language), colours().muted,
                   row.height_px);
        return;
    }
}

}  // namespace gui
