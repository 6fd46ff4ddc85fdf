#include "mail/oauth/redirect_request.h"

#include <algorithm>
#include <optional>

#include "mail/base/base64.h"
#include "mail/base/hash.h"

namespace mail::oauth {

namespace {

constexpr std::size_t longest_head = 16 * 1024;
constexpr int bad_request = 400, not_found = 404, wrong_method = 405, wrong_host = 421,
              head_too_large = 431;

RedirectRequest refused(int status) {
    return {RedirectRequest::Kind::refused, status, {}};
}

bool is_token(std::string_view text) {
    constexpr std::string_view letters = "!#$%&'*+-.^_`|~0123456789"
                                         "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    return !text.empty() && text.find_first_not_of(letters) == std::string_view::npos;
}

bool same_ignoring_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// A method that may go on: so a TLS hello is known for what it is by its first octet.
bool may_be_http(std::string_view received) {
    constexpr std::size_t longest_method = 16;
    const std::size_t space = std::min(received.find(' '), received.size());
    return received.empty() || (space <= longest_method && is_token(received.substr(0, space)));
}

struct Line {
    std::string_view method, target, version;
};

std::optional<Line> read_line(std::string_view line) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return std::nullopt;
    const Line read{line.substr(0, first), line.substr(first + 1, last - first - 1),
                    line.substr(last + 1)};
    const auto printable = [](char c) { return c > ' ' && c < '\x7F'; };
    if (!is_token(read.method) || !std::ranges::all_of(read.target, printable))
        return std::nullopt;
    return read;
}

/// 0, or the status to refuse with.
int judge_fields(std::string_view fields, std::uint16_t port) {
    unsigned hosts = 0;
    bool ours = false;
    while (!fields.empty()) {
        const std::size_t end = std::min(fields.find("\r\n"), fields.size());
        const std::string_view field = fields.substr(0, end);
        fields.remove_prefix(std::min(fields.size(), end + 2));
        const std::size_t colon = field.find(':');
        if (colon == std::string_view::npos || !is_token(field.substr(0, colon)) ||
            field.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos)
            return bad_request;
        const std::string_view name = field.substr(0, colon);
        const std::string_view value = trimmed(field.substr(colon + 1));
        if (same_ignoring_case(name, "transfer-encoding") ||
            (same_ignoring_case(name, "content-length") && value != "0"))
            return bad_request;
        if (!same_ignoring_case(name, "host"))
            continue;
        ++hosts;
        for (const std::string_view host : {"127.0.0.1:", "localhost:", "[::1]:"})
            ours = ours || same_ignoring_case(value, std::string(host) + std::to_string(port));
    }
    if (hosts != 1)
        return bad_request;
    return ours ? 0 : wrong_host;
}

std::string script_hash() {
    Sha256 hash;
    hash.update(forget_address());
    const Sha256::Digest digest = hash.finish();
    return to_base64({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string_view reason_of(int status) {
    switch (status) {
    case 200:
        return "OK";
    case not_found:
        return "Not Found";
    case wrong_method:
        return "Method Not Allowed";
    case wrong_host:
        return "Misdirected Request";
    case head_too_large:
        return "Request Header Fields Too Large";
    default:
        return "Bad Request";
    }
}

}  // namespace

RedirectRequest read_redirect_request(std::string_view received, std::string_view path,
                                      std::uint16_t port) {
    if (!may_be_http(received))
        return {RedirectRequest::Kind::garbage, 0, {}};
    const std::size_t end = received.find("\r\n\r\n");
    if (std::min(end, received.size()) > longest_head)
        return refused(head_too_large);
    if (end == std::string_view::npos)
        return {};
    const std::string_view head = received.substr(0, end);
    const std::size_t first = std::min(head.find("\r\n"), head.size());
    const auto line = read_line(head.substr(0, first));
    if (!line || (line->version != "HTTP/1.1" && line->version != "HTTP/1.0"))
        return refused(bad_request);
    const std::size_t fields = std::min(first + 2, head.size());
    if (const int status = judge_fields(head.substr(fields), port); status != 0)
        return refused(status);
    if (!line->target.starts_with('/'))
        return refused(bad_request);
    const std::size_t question = std::min(line->target.find('?'), line->target.size());
    if (line->target.substr(0, question) != path)
        return refused(not_found);
    if (line->method != "GET")
        return refused(wrong_method);
    const std::size_t query = std::min(question + 1, line->target.size());
    return {RedirectRequest::Kind::redirect, 0, std::string(line->target.substr(query))};
}

std::string_view forget_address() {
    return "history.replaceState(null,'','/')";
}

std::string redirect_answer(int status, std::string_view html) {
    static const std::string hash = script_hash();
    std::string answer = "HTTP/1.1 " + std::to_string(status) + " ";
    answer += reason_of(status);
    answer += "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " +
              std::to_string(html.size()) +
              "\r\nConnection: close\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer"
              "\r\nX-Content-Type-Options: nosniff\r\nCross-Origin-Opener-Policy: same-origin"
              "\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; "
              "script-src 'sha256-" +
              hash + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n\r\n";
    answer += html;
    return answer;
}

}  // namespace mail::oauth
