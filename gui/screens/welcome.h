#pragma once
// What is there before a point is: one question, the e-mail address. At the first run also the way
// to the demo mailbox and the choice of language. Draws over the whole content region.

#include <string>

#include "gui/screen.h"
#include "gui/screens/address_lookup.h"

namespace gui {

/// What the shell has to do after this frame.
struct WelcomeOutcome {
    enum class Kind { none, address, demo, ocr_point, import_point, cancelled };
    Kind kind = Kind::none;
    std::string address;   ///< for Editor::for_address()
    AddressLookup lookup;  ///< likewise: what was begun goes on there
};

class Welcome {
public:
    enum class Occasion { first_run, new_point };
    explicit Welcome(Occasion occasion) : occasion_(occasion) {}

    WelcomeOutcome draw(Frame& frame);

private:
    void draw_question(Frame& frame, WelcomeOutcome& outcome);
    /// Under the address: what is wrong with it, else what is known or being asked of it.
    void draw_note(Frame& frame);
    void draw_demo_card(const Frame& frame, WelcomeOutcome& outcome);
    void draw_other_ways(const Frame& frame, WelcomeOutcome& outcome);
    void draw_languages(Frame& frame);

    Occasion occasion_;
    std::string address_;
    AddressLookup lookup_;
    bool refused_ = false;  ///< Continue was pressed on what is no address
    bool focused_ = false;
};

}  // namespace gui
