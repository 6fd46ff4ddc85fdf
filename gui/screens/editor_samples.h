#pragma once
// Three mails of invented firms, by which the editor shows what its choices lead to.

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace gui {

struct EditorSample {
    std::chrono::sys_seconds received;
    std::string_view sender, sender_address, subject, file, type;
    std::uint32_t attachments;
    std::uint64_t size_octets;
};

inline constexpr std::array<EditorSample, 3> editor_samples{{
    {std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + std::chrono::hours{8} +
         std::chrono::minutes{12},
     "Transbud Łódź", "faktury@transbud.example", "Faktura FV/2026/11/0412", "FV_0412.pdf",
     "application/pdf", 1, 188'416},
    {std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{15} +
         std::chrono::minutes{40},
     "Müller GmbH", "rechnung@mueller.example", "Rechnung 2026-4471", "Rechnung.pdf",
     "application/pdf", 2, 94'208},
    {std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + std::chrono::hours{10} +
         std::chrono::minutes{5},
     "", "skaner@biuro.example", "Skan z kopiarki", "", "image/tiff", 1, 1'153'434},
}};

}  // namespace gui
