#pragma once
// A diagnosis as a picture: its steps one below the other, and what it comes to below the first
// that failed.

#include <functional>

#include "gui/screen.h"

namespace gui {

/// As wide as there is room for, as high as it needs. `below_failure`: draws what belongs to the
/// first step that failed, below what it comes to.
void draw_ladder(Frame& frame, const mail::Diagnosis& diagnosis,
                 const std::function<void(const mail::diagnose::Step&)>& below_failure = {});

}  // namespace gui
