#pragma once
// The editor's tab Uprawnienia: who may work with the point. People are added to the workspace
// first (SaveOperators), then named on the point.

#include <optional>
#include <string>

#include "gui/screens/editor_rows.h"

namespace gui {

class EditorPermissions {
public:
    void draw(Frame& frame, EditorForm& form, EditorRows& rows);

private:
    void draw_people(const Frame& frame, EditorForm& form, EditorRows& rows);
    void draw_add(Frame& frame, EditorForm& form, EditorRows& rows);
    void draw_somebody_else(Frame& frame, EditorRows& rows);
    void take_outcome(const mail::Snapshot& snapshot, EditorForm& form);
    void post_new_person(Frame& frame);

    int chosen_ = 0;            ///< of those that are not named yet; behind them: somebody else
    std::string login_, name_;  ///< of somebody else
    mail::JobId job_ = 0;
    std::optional<mail::Error> error_;
};

}  // namespace gui
