#pragma once
// A diagnosis as a picture: its steps one below the other, and what it comes to below the first
// that failed.

#include "gui/screen.h"

namespace gui {

/// As wide as there is room for, as high as it needs.
void draw_ladder(Frame& frame, const mail::Diagnosis& diagnosis);

}  // namespace gui
