#include "gui/notices.h"

#include "gui/text/causes.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {

void draw_notices(const Frame& frame) {
    const auto strip = [&frame](const char* id, NoteKind kind, const std::string& words) {
        begin_strip(id, kind, 34);
        push_font(Weight::regular, 15);
        icon_text(icon_of(kind), 17, colour_of(kind));
        ImGui::SameLine(0, px(8));
        ellipsis_text(words, ImGui::GetContentRegionAvail().x, frame.colours.text);
        pop_font();
        end_strip();
    };
    if (frame.snapshot.operators_error)
        strip("##operators", NoteKind::error,
              text::words_of(*frame.snapshot.operators_error, frame.language).cause);
    if (frame.snapshot.damaged_ledger_copy)
        strip("##ledger", NoteKind::error,
              text::fill(text::damaged_ledger_notice, frame.language,
                         {{"path", *frame.snapshot.damaged_ledger_copy}}));
    if (frame.snapshot.secrets.kind == mail::SecretsView::Kind::memory)
        strip("##secrets", NoteKind::warning,
              std::string(text::secrets_in_memory_only.in(frame.language)));
}

}  // namespace gui
