#pragma once
// The icons that are used, by what they mean to us: code points of Material Icons, which is merged
// into every weight of the text font.

namespace gui::icon {

inline constexpr const char* generate = "\ue9aa";
inline constexpr const char* folder = "\ue2c7";
inline constexpr const char* open_folder = "\ue2c8";
inline constexpr const char* refresh = "\ue5d5";
inline constexpr const char* search = "\ue8b6";
inline constexpr const char* menu = "\ue5d2";
inline constexpr const char* add = "\ue145";
inline constexpr const char* edit = "\ue3c9";
inline constexpr const char* settings = "\ue8b8";
inline constexpr const char* close = "\ue5cd";
inline constexpr const char* chevron_down = "\ue5cf";
inline constexpr const char* chevron_right = "\ue5cc";
inline constexpr const char* check = "\ue5ca";
inline constexpr const char* save = "\ue161";
inline constexpr const char* copy = "\ue14d";
inline constexpr const char* clip = "\ue226";
inline constexpr const char* sort_up = "\ue5c7";
inline constexpr const char* sort_down = "\ue5c5";
inline constexpr const char* mailbox = "\ue0be";
inline constexpr const char* person = "\ue7fd";
inline constexpr const char* ocr = "\ue5fa";
inline constexpr const char* inbox = "\ue156";
inline constexpr const char* sign_in = "\uea77";
inline constexpr const char* repaired = "\ue3f3";
inline constexpr const char* history = "\ue889";
inline constexpr const char* restore = "\ue8b3";
inline constexpr const char* run = "\ue037";
inline constexpr const char* stop = "\ue047";
inline constexpr const char* connection = "\ue1d2";

// Status of messages, verdicts, kinds of notes: a shape each, never colour alone.
inline constexpr const char* dot = "\ue061";
inline constexpr const char* done = "\ue86c";
inline constexpr const char* partly = "\ue39e";
inline constexpr const char* failed = "\ue000";
inline constexpr const char* warning = "\ue002";
inline constexpr const char* locked = "\ue897";
inline constexpr const char* unlocked = "\ue898";
inline constexpr const char* ring = "\ue836";
inline constexpr const char* bin = "\ue92e";
inline constexpr const char* hidden = "\ue8f5";
inline constexpr const char* waiting = "\ue8b5";
inline constexpr const char* skipped = "\ue15d";
inline constexpr const char* info = "\ue88e";
inline constexpr const char* offline = "\ue2c1";

// Kinds of files.
inline constexpr const char* pdf = "\ue415";
inline constexpr const char* picture = "\ue3f4";
inline constexpr const char* archive = "\ue149";
inline constexpr const char* table = "\ue265";
inline constexpr const char* markup = "\ue86f";
inline constexpr const char* document = "\ue873";
inline constexpr const char* text = "\ue8d2";
inline constexpr const char* mail = "\ue0e1";
inline constexpr const char* other_file = "\ue24d";

}  // namespace gui::icon
