#pragma once
// What the user defines: one mailbox point, as docs/point.schema.json has it. Plain data, the
// defaults are those of the schema. A secret is never in it.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mail/net/endpoint.h"

namespace mail::point {

enum class Type { mailbox, ocr };
enum class Authentication { password, oauth2 };
enum class RepeatedFiles { skip, save, ask };
enum class InlineImages { automatic, take, skip };

struct OAuth {
    std::string provider = "microsoft", flow = "code", tenant = "common", client_id;
    std::optional<std::string> issuer, scopes, redirect;
    bool operator==(const OAuth&) const = default;
};

struct Connection {
    std::string account_type = "imap";
    std::string server;
    int port = 993;  ///< int, so that a wrong one can be shown and mended
    Authentication authentication = Authentication::password;
    net::Encryption encryption = net::Encryption::automatic;
    std::string login;
    std::string folder = "INBOX";  ///< UTF-8
    std::optional<std::string> shared_mailbox, proxy, ca_file, pinned_certificate;
    bool allow_cleartext = false;
    OAuth oauth;
    bool operator==(const Connection&) const = default;
};

struct General {
    bool allow_delete_from_mailbox = false, delete_after_document = false;
    bool take_by_itself = false;  ///< new messages, while the point is open
    std::optional<std::string> ocr_point;
    bool set_folder_while_working = false, only_graphic_attachments = false;
    std::string folder;  ///< target folder; relative: to the workspace
    std::string naming = "{name}";
    RepeatedFiles repeated_files = RepeatedFiles::skip;
    InlineImages inline_images = InlineImages::automatic;
    int quarantine_days = 30;
    bool operator==(const General&) const = default;
};

/// What processes the files of an OCR point's folder (General::folder); docs/ocr.md.
struct Ocr {
    std::vector<std::string> types{"pdf", "jpg", "tif", "png"};  ///< of ocr_type_names (command.h)
    int max_megabytes = 100;
    int max_pages = 500;  ///< 0: as many as there are
    std::string command;  ///< as command.h reads it; "": another program takes the files
    int jobs = 1;         ///< at once
    int limit_minutes = 30;
    int warn_after_minutes = 60;  ///< 0: never
    bool operator==(const Ocr&) const = default;
};

struct Point {
    Type type = Type::mailbox;
    std::string id;  ///< UUID, made at the first save; a file without one has a stable id made from
                     ///< its path
    std::string name;
    Connection connection;
    General general;
    Ocr ocr;
    std::vector<std::string> columns{"subject", "sender", "received"};
    std::vector<std::string> operators;
    /// Keys of the file that we don't know, as JSON text: they survive a load and save.
    std::string unknown_keys;
    bool operator==(const Point&) const = default;
};

[[nodiscard]] net::Endpoint endpoint_of(const Connection& connection);

}  // namespace mail::point
