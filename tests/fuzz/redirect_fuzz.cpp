// What anybody on this computer says to the redirect port: judged the same however it is cut, and
// only who knows the state of the flow ends it.

#include <cstddef>
#include <cstdint>
#include <string>

#include "mail/oauth/authorization.h"
#include "mail/oauth/redirect_request.h"
#include "tests/fuzz/require.h"

namespace {

using mail::oauth::RedirectAnswer;
using mail::oauth::RedirectRequest;

constexpr const char* state = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

mail::oauth::Flow a_flow() {
    mail::oauth::Flow flow;
    flow.provider.issuer = "https://id.example";
    flow.state = mail::Secret(state);
    return flow;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using Kind = RedirectRequest::Kind;
    const std::string received(data, data + size);
    const auto judge = [](std::string_view text) {
        return mail::oauth::read_redirect_request(text, "/callback", 4711);
    };
    const RedirectRequest request = judge(received);
    for (std::size_t length = size / 2; length < size; length += 1 + size / 8) {
        const RedirectRequest part = judge(std::string_view(received).substr(0, length));
        fuzz::require(part.kind == Kind::incomplete ||
                          (part.kind == request.kind && part.status == request.status &&
                           part.query == request.query),
                      "what was judged stays so when more comes");
    }
    fuzz::require((request.kind == Kind::refused) == (request.status >= 400),
                  "a refusal has a status, nothing else has");
    fuzz::require(request.kind == Kind::redirect || request.query.empty(),
                  "nothing is taken from what is refused");
    static const mail::oauth::Flow flow = a_flow();
    const std::string& query = request.kind == Kind::redirect ? request.query : received;
    const RedirectAnswer answer = mail::oauth::read_answer(flow, query);
    if (answer.kind == RedirectAnswer::Kind::not_ours)
        fuzz::require(answer.code.empty(), "no code without the state");
    if (answer.kind == RedirectAnswer::Kind::code)
        fuzz::require(!answer.code.empty(), "a code is one");
    return 0;
}
