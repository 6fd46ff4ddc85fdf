#include "mail/net/http.h"

#include <algorithm>
#include <memory>

#include "mail/net/connection.h"
#include "mail/net/endpoint.h"
#include "mail/net/idn.h"
#include "mail/net/transfer.h"

namespace mail::net {

namespace {

constexpr std::size_t first_room = 16 * 1024;

struct Target {
    std::string host;  ///< without brackets
    bool tls = true;
};

std::string without_query(const std::string& url) {
    return url.substr(0, url.find_first_of("?#"));
}

tl::unexpected<Error> failed_at(Cause cause, Layer layer, const HttpRequest& request) {
    return fail(cause, layer, Reach::connection, {{"url", without_query(request.url)}});
}

struct UrlCleanup {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::optional<std::string> part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK)
        return std::nullopt;
    std::string copy(text);
    curl_free(text);
    return copy;
}

Result<Target> target_of(const HttpRequest& request) {
    const std::unique_ptr<CURLU, UrlCleanup> url(curl_url());
    const bool parsed = url && curl_url_set(url.get(), CURLUPART_URL, request.url.c_str(),
                                            CURLU_DISALLOW_USER) == CURLUE_OK;
    const auto scheme = parsed ? part_of(url.get(), CURLUPART_SCHEME) : std::nullopt;
    auto host = parsed ? part_of(url.get(), CURLUPART_HOST) : std::nullopt;
    if (!scheme || !host || (*scheme != "https" && *scheme != "http"))
        return failed_at(Cause::bad_host_name, Layer::dns, request);
    if (host->starts_with('['))
        host = host->substr(1, host->size() - 2);
    if (*scheme == "http" && !is_loopback(*host))
        return failed_at(Cause::cleartext_not_allowed, Layer::tls, request);
    return Target{*std::move(host), *scheme == "https"};
}

// What grows is wiped where it was, as the answer may hold tokens.
class Body {
public:
    explicit Body(std::size_t most) : most_(most) {}
    Body(const Body&) = delete;
    Body& operator=(const Body&) = delete;
    ~Body() { wipe(text_); }

    static std::size_t write(char* octets, std::size_t size, std::size_t count, void* self) {
        return static_cast<Body*>(self)->append({octets, size * count});
    }
    [[nodiscard]] bool too_long() const { return too_long_; }
    [[nodiscard]] std::string_view text() const { return text_; }

private:
    std::size_t append(std::string_view more) {
        if (more.size() > most_ - text_.size()) {
            too_long_ = true;
            return 0;
        }
        if (text_.capacity() - text_.size() < more.size()) {
            std::string larger;
            larger.reserve(std::max({first_room, 2 * text_.size(), text_.size() + more.size()}));
            larger = text_;
            wipe(text_);
            text_ = std::move(larger);
        }
        text_ += more;
        return more.size();
    }

    std::size_t most_;
    bool too_long_ = false;
    std::string text_;
};

class Headers {
public:
    Headers() = default;
    Headers(const Headers&) = delete;
    Headers& operator=(const Headers&) = delete;
    ~Headers() {
        for (curl_slist* line = list_; line != nullptr; line = line->next)
            std::fill_n(line->data, std::string_view(line->data).size(), '\0');
        curl_slist_free_all(list_);
    }
    void add(const std::string& line) {
        curl_slist* longer = curl_slist_append(list_, line.c_str());
        if (longer == nullptr)
            std::abort();
        list_ = longer;
    }
    [[nodiscard]] curl_slist* list() const { return list_; }

private:
    curl_slist* list_ = nullptr;
};

std::string header(CURL* easy, const char* name) {
    curl_header* found = nullptr;
    constexpr int last_answer = -1;
    if (curl_easy_header(easy, name, 0, CURLH_HEADER, last_answer, &found) != CURLHE_OK)
        return {};
    return found->value;
}

Error failed(const Failure& failure, const HttpRequest& request, const Target& target,
             const Body& body) {
    if (body.too_long())
        return failed_at(Cause::reply_too_long, Layer::tcp, request).value();
    Error error = error_of(failure);
    error.facts.emplace_back("host", target.host);
    error.facts.emplace_back("url", without_query(request.url));
    return error;
}

void add_headers(Headers& headers, const HttpRequest& request) {
    headers.add("Accept: " + (request.accept.empty() ? "*/*" : request.accept));
    // Whole requests at once: servers that know nothing of it would keep us waiting.
    headers.add("Expect:");
    if (!request.authorization)
        return;
    std::string line = "Authorization: ";
    line += request.authorization->reveal();
    headers.add(line);
    wipe(line);
}

}  // namespace

Result<HttpAnswer> exchange(const HttpRequest& request, const Wait& wait) {
    initialise();
    const auto target = target_of(request);
    if (!target)
        return tl::unexpected(target.error());
    Transfer transfer(target->tls);
    if (target->tls) {
        auto trust = request.ca_file ? trust_in_file(*request.ca_file) : system_trust();
        if (!trust)
            return tl::unexpected(std::move(trust.error()));
        transfer.verify_against(*std::move(trust));
    }
    Endpoint endpoint;
    endpoint.host = target->host;
    endpoint.proxy = request.proxy;
    transfer.use(choose_proxy(endpoint));
    transfer.set(CURLOPT_URL, request.url.c_str());
    transfer.set(CURLOPT_PROTOCOLS_STR, target->tls ? "https" : "http");
    transfer.set(CURLOPT_REDIR_PROTOCOLS_STR, "https");
    if (request.redirects > 0 && !request.form) {
        transfer.set(CURLOPT_FOLLOWLOCATION, 1L);
        transfer.set(CURLOPT_MAXREDIRS, static_cast<long>(request.redirects));
    }
    Body body(request.most_octets);
    transfer.set(CURLOPT_WRITEFUNCTION, &Body::write);
    transfer.set(CURLOPT_WRITEDATA, &body);
    Headers headers;
    add_headers(headers, request);
    transfer.set(CURLOPT_HTTPHEADER, headers.list());
    if (request.form) {
        // Not copied by curl; the request outlives the transfer.
        transfer.set(CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.form->reveal().size()));
        transfer.set(CURLOPT_POSTFIELDS, request.form->reveal().data());
    }
    const auto failure = transfer.run(target->host, wait);
    if (failure)
        return tl::unexpected(failed(*failure, request, *target, body));
    HttpAnswer answer;
    answer.status = transfer.get(CURLINFO_RESPONSE_CODE, 0L);
    if (const char* url = transfer.get<char*>(CURLINFO_EFFECTIVE_URL, nullptr))
        answer.url = url;
    answer.content_type = header(transfer.easy(), "Content-Type");
    answer.retry_after = header(transfer.easy(), "Retry-After");
    answer.date = header(transfer.easy(), "Date");
    answer.body = Secret(body.text());
    return answer;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char letter : text) {
        const auto octet = static_cast<unsigned char>(letter);
        if (unreserved.find(letter) != std::string_view::npos)
            encoded += letter;
        else
            (encoded += '%').append({digits[octet >> 4U], digits[octet & 15U]});
    }
    return encoded;
}

std::optional<std::chrono::system_clock::time_point> http_date(std::string_view text) {
    const time_t seconds = curl_getdate(std::string(text).c_str(), nullptr);
    if (seconds < 0)
        return std::nullopt;
    return std::chrono::system_clock::from_time_t(seconds);
}

}  // namespace mail::net
