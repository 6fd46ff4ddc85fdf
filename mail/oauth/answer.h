#pragma once
// The JSON that a provider answers with, read with care: whatever comes is an error or right data.
// Private to mail/oauth. Pure.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/base/secret.h"
#include "mail/net/http.h"
#include "mail/oauth/fault.h"

namespace mail::oauth {

/// A JSON object, its members read by name; a member of another type counts as absent. What was
/// read of it is wiped with it, as far as that is ours.
class Document {
public:
    /// Nothing where it is no JSON object, is nested deeper than any answer, or is no UTF-8.
    [[nodiscard]] static std::optional<Document> parse(std::string_view text);
    Document(Document&&) noexcept;
    Document& operator=(Document&&) noexcept;
    ~Document();

    [[nodiscard]] std::string text(const char* key) const;
    [[nodiscard]] Secret secret(const char* key) const;
    /// Also of a string of digits.
    [[nodiscard]] std::optional<long long> number(const char* key) const;
    [[nodiscard]] bool is_true(const char* key) const;
    /// A string, or an array of strings; nothing where it is neither.
    [[nodiscard]] std::optional<std::vector<std::string>> texts(const char* key) const;
    /// The first of an array of numbers, as text; "" where there is none.
    [[nodiscard]] std::string first_number(const char* key) const;

private:
    struct Tree;
    explicit Document(std::unique_ptr<Tree> tree);
    std::unique_ptr<Tree> tree_;
};

/// What is in an answer of status 200. Errors: those of fault.h: what the provider refused with, or
/// not_json (a proxy's or hotel's page, an empty or cut answer).
[[nodiscard]] Result<Document> document_in(const net::HttpAnswer& answer);

}  // namespace mail::oauth
