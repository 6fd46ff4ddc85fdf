#pragma once
// A certificate that a test has refused, to be compared and, where that is the user's to decide,
// accepted for one point.

#include "gui/screen.h"

namespace gui {

/// Whether the error is about a server's certificate that was seen.
[[nodiscard]] bool is_about_certificate(const mail::Error& error);

enum class CertificateAnswer {
    not_asked,  ///< there is nobody who may accept it
    open,
    trusted,  ///< it was accepted: entered, not saved
};
/// True when it is accepted now. One that has taken the place of an accepted one is only warned of.
[[nodiscard]] bool draw_certificate(const Frame& frame, const mail::Error& error,
                                    CertificateAnswer answer);

}  // namespace gui
