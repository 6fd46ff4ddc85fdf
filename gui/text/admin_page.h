#pragma once
// What the administrator of an office has to set up before its mailboxes can sign in with OAuth2,
// for one point, with its own values filled in: plain text, ready to be copied or printed.

#include <string>

#include "gui/text/text.h"
#include "mail/point/point.h"

namespace gui::text {

/// A line at most 100 columns wide but for addresses and commands, which have to be copied whole.
[[nodiscard]] std::string admin_page(const mail::point::Connection& connection, Language language);

}  // namespace gui::text
