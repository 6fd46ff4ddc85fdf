#include "mail/oauth/answer.h"

#include <charconv>

#include <nlohmann/json.hpp>

namespace mail::oauth {

namespace {

using Json = nlohmann::json;

constexpr int deepest = 16;

// Strings of JSON may hold tokens.
void wipe_all(Json& value) {
    if (value.is_string())
        wipe(value.get_ref<std::string&>());
    else if (value.is_structured())
        for (auto& inner : value)
            wipe_all(inner);
}

Refusal refusal_in(const Document& document, long status) {
    Refusal refusal;
    refusal.error = document.text("error");
    refusal.suberror = document.text("suberror");
    refusal.description = document.text("error_description");
    refusal.number = document.first_number("error_codes");
    if (refusal.number.empty())
        refusal.number = number_in(refusal.description);
    refusal.trace = document.text("trace_id");
    refusal.correlation = document.text("correlation_id");
    refusal.status = status;
    return refusal;
}

Error not_json(const net::HttpAnswer& answer) {
    constexpr long too_many = 429, server_faults = 500;
    const Fault fault = answer.status == too_many        ? Fault::too_many_requests
                        : answer.status >= server_faults ? Fault::provider_busy
                                                         : Fault::not_json;
    return error_of(fault, {{"status", std::to_string(answer.status)},
                            {"content_type", answer.content_type},
                            {"retry_after", answer.retry_after}});
}

}  // namespace

struct Document::Tree {
    Json root;
    Tree() = default;
    Tree(const Tree&) = delete;
    Tree& operator=(const Tree&) = delete;
    ~Tree() { wipe_all(root); }
    [[nodiscard]] const Json* find(const char* key) const {
        const auto found = root.find(key);
        return found == root.end() ? nullptr : &*found;
    }
};

Document::Document(std::unique_ptr<Tree> tree) : tree_(std::move(tree)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

std::optional<Document> Document::parse(std::string_view text) {
    auto tree = std::make_unique<Tree>();
    bool shallow = true;
    tree->root = Json::parse(
        text,
        [&shallow](int depth, Json::parse_event_t, Json&) {
            shallow = shallow && depth <= deepest;
            return shallow;
        },
        false);
    if (!shallow || !tree->root.is_object())
        return std::nullopt;
    return Document(std::move(tree));
}

std::string Document::text(const char* key) const {
    const Json* value = tree_->find(key);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

Secret Document::secret(const char* key) const {
    const Json* value = tree_->find(key);
    return value != nullptr && value->is_string() ? Secret(value->get_ref<const std::string&>())
                                                  : Secret();
}

std::optional<long long> Document::number(const char* key) const {
    const Json* value = tree_->find(key);
    if (value == nullptr)
        return std::nullopt;
    if (value->is_number_unsigned() && value->get<std::uint64_t>() > INT64_MAX)
        return std::nullopt;
    if (value->is_number_integer())
        return value->get<long long>();
    if (!value->is_string())
        return std::nullopt;
    const auto& digits = value->get_ref<const std::string&>();
    long long number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return number;
}

bool Document::is_true(const char* key) const {
    const Json* value = tree_->find(key);
    return value != nullptr && value->is_boolean() && value->get<bool>();
}

std::optional<std::vector<std::string>> Document::texts(const char* key) const {
    const Json* value = tree_->find(key);
    if (value == nullptr)
        return std::nullopt;
    if (value->is_string())
        return std::vector{value->get<std::string>()};
    if (!value->is_array())
        return std::nullopt;
    std::vector<std::string> all;
    for (const Json& one : *value)
        if (one.is_string())
            all.push_back(one.get<std::string>());
    return all;
}

std::string Document::first_number(const char* key) const {
    const Json* value = tree_->find(key);
    if (value == nullptr || !value->is_array() || value->empty() ||
        !value->front().is_number_unsigned())
        return {};
    return std::to_string(value->front().get<std::uint64_t>());
}

Result<Document> document_in(const net::HttpAnswer& answer) {
    constexpr long good = 200;
    auto document = Document::parse(answer.body.reveal());
    if (!document)
        return tl::unexpected(not_json(answer));
    // Some say 200 and mean no; some mean yes and say 201.
    if (!document->text("error").empty()) {
        Error error = error_of(refusal_in(*document, answer.status == good ? 0 : answer.status));
        if (!answer.retry_after.empty())
            error.facts.emplace_back("retry_after", answer.retry_after);
        return tl::unexpected(std::move(error));
    }
    if (answer.status != good)
        return tl::unexpected(not_json(answer));
    return *std::move(document);
}

}  // namespace mail::oauth
