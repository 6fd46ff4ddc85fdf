#pragma once
// The keys of a point's file, once: reading and writing walk this same list (FieldReader,
// FieldWriter), so that no key can be read and not written, and their order in the file is this
// order.

#include "mail/point/json_fields.h"
#include "mail/point/point.h"

namespace mail::point {

inline constexpr Choices<Type, 2> types{{{"mailbox", Type::mailbox}, {"ocr", Type::ocr}}};
inline constexpr Choices<Authentication, 2> authentications{
    {{"password", Authentication::password}, {"oauth2", Authentication::oauth2}}};
inline constexpr Choices<net::Encryption, 4> encryptions{{{"auto", net::Encryption::automatic},
                                                          {"tls", net::Encryption::tls},
                                                          {"starttls", net::Encryption::starttls},
                                                          {"none", net::Encryption::none}}};
inline constexpr Choices<RepeatedFiles, 3> repeated_files{
    {{"skip", RepeatedFiles::skip}, {"save", RepeatedFiles::save}, {"ask", RepeatedFiles::ask}}};
inline constexpr Choices<InlineImages, 3> inline_images{{{"auto", InlineImages::automatic},
                                                         {"take", InlineImages::take},
                                                         {"skip", InlineImages::skip}}};

inline constexpr std::array<std::string_view, 1> account_types{"imap"};
inline constexpr std::array<std::string_view, 4> oauth_providers{"microsoft", "google", "yahoo",
                                                                 "oidc"};
inline constexpr std::array<std::string_view, 3> oauth_flows{"code", "device", "app"};

template <class Visitor, class Value>
void visit_oauth(Visitor& visitor, Value& oauth) {
    visitor.one_of("provider", oauth.provider, oauth_providers);
    visitor.one_of("flow", oauth.flow, oauth_flows);
    visitor.text("issuer", oauth.issuer);
    visitor.text("tenant", oauth.tenant);
    visitor.text("client_id", oauth.client_id);
    visitor.text("scopes", oauth.scopes);
    visitor.text("redirect", oauth.redirect);
}

template <class Visitor, class Value>
void visit_connection(Visitor& visitor, Value& connection) {
    visitor.one_of("account_type", connection.account_type, account_types);
    visitor.text("server", connection.server);
    visitor.number("port", connection.port);
    visitor.choice("authentication", connection.authentication, authentications);
    visitor.choice("encryption", connection.encryption, encryptions);
    visitor.text("login", connection.login);
    visitor.text("folder", connection.folder);
    visitor.text("shared_mailbox", connection.shared_mailbox);
    visitor.text("proxy", connection.proxy);
    visitor.text("ca_file", connection.ca_file);
    visitor.text("pinned_certificate", connection.pinned_certificate);
    visitor.flag("allow_cleartext", connection.allow_cleartext);
    visitor.object("oauth", [&](Visitor& inner) { visit_oauth(inner, connection.oauth); });
}

template <class Visitor, class Value>
void visit_general(Visitor& visitor, Value& general) {
    visitor.flag("allow_delete_from_mailbox", general.allow_delete_from_mailbox);
    visitor.flag("delete_after_document", general.delete_after_document);
    visitor.flag("take_by_itself", general.take_by_itself);
    visitor.text("ocr_point", general.ocr_point);
    visitor.flag("set_folder_while_working", general.set_folder_while_working);
    visitor.flag("only_graphic_attachments", general.only_graphic_attachments);
    visitor.text("folder", general.folder);
    visitor.text("naming", general.naming);
    visitor.choice("repeated_files", general.repeated_files, repeated_files);
    visitor.choice("inline_images", general.inline_images, inline_images);
    visitor.number("quarantine_days", general.quarantine_days);
}

template <class Visitor, class Value>
void visit_ocr(Visitor& visitor, Value& ocr) {
    visitor.texts("types", ocr.types);
    visitor.number("max_megabytes", ocr.max_megabytes);
    visitor.number("max_pages", ocr.max_pages);
    visitor.text("command", ocr.command);
    visitor.number("jobs", ocr.jobs);
    visitor.number("limit_minutes", ocr.limit_minutes);
    visitor.number("warn_after_minutes", ocr.warn_after_minutes);
}

/// All but "version", which is read before and written by itself.
template <class Visitor, class Value>
void visit_point(Visitor& visitor, Value& point) {
    visitor.choice("type", point.type, types);
    visitor.text("id", point.id);
    visitor.text("name", point.name);
    visitor.object("connection",
                   [&](Visitor& inner) { visit_connection(inner, point.connection); });
    visitor.object("general", [&](Visitor& inner) { visit_general(inner, point.general); });
    visitor.object("ocr", [&](Visitor& inner) { visit_ocr(inner, point.ocr); });
    visitor.object("list", [&](Visitor& inner) { inner.texts("columns", point.columns); });
    visitor.object("permissions",
                   [&](Visitor& inner) { inner.texts("operators", point.operators); });
}

}  // namespace mail::point
