#pragma once
// Mails with one invoice each, told apart by a number.

#include <chrono>
#include <string>

#include "mail/demo/server.h"

namespace mail::fakes {

/// "Faktura 7" with f7.pdf.
inline demo::Mail mail_with(int number,
                            std::chrono::sys_seconds received =
                                std::chrono::sys_seconds(std::chrono::seconds(1'780'000'000))) {
    const std::string name = "f" + std::to_string(number) + ".pdf";
    return {"From: Ala <ala@firma.example>\r\nSubject: Faktura " + std::to_string(number) +
                "\r\nMessage-ID: <" + std::to_string(number) +
                "@firma.example>\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf; name=\"" +
                name + "\"\r\nContent-Disposition: attachment; filename=\"" + name +
                "\"\r\n\r\n%PDF-1.4 number " + std::to_string(number) + "\r\n",
            received};
}

}  // namespace mail::fakes
