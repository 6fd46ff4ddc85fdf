#include "gui/edit_state.h"

#include <algorithm>
#include <iterator>

#include <imgui_internal.h>

// Dear ImGui declares the undo steps in this namespace, and defines them only where it edits text.
namespace ImStb {
#include <imstb_textedit.h>
}

namespace gui {

void wipe_edit_state() {
    ImGuiContext* context = ImGui::GetCurrentContext();
    if (context == nullptr)
        return;
    ImGuiInputTextState& state = context->InputTextState;
    for (ImVector<char>* text : {&state.TextA, &state.TextToRevertTo, &state.CallbackTextBackup,
                                 &context->InputTextDeactivatedState.TextA})
        std::fill(text->begin(), text->end(), '\0');
    state.TextLen = 0;
    auto& undo = state.Stb->undostate;
    std::fill(std::begin(undo.undo_char), std::end(undo.undo_char), '\0');
    undo.undo_point = 0;
    undo.undo_char_point = 0;
    undo.redo_point = IMSTB_TEXTEDIT_UNDOSTATECOUNT;
    undo.redo_char_point = IMSTB_TEXTEDIT_UNDOCHARCOUNT;
}

}  // namespace gui
