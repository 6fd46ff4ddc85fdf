#pragma once
// A sink that remembers what it got, and can refuse.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mail/imap/fetch.h"
#include "tests/mail/imap/play.h"

namespace mail::imap::tests {

class PartRecord final : public PartSink {
public:
    struct Part {
        std::string form;  ///< "decoded:", "encoded:", or "" if it never began
        std::string data;
        std::string outcome;
        std::size_t ends = 0;
    };

    bool wants(std::size_t request) override { return !unwanted.contains(request); }
    Result<void> begin(std::size_t request, Form form) override;
    Result<void> data(std::size_t request, std::string_view raw) override;
    Result<void> end(std::size_t request, Result<void> outcome) override;

    /// "0:decoded:abc:whole 1:part_missing"
    [[nodiscard]] std::string shown() const;
    [[nodiscard]] std::size_t wholes() const;
    [[nodiscard]] std::size_t ends() const;

    std::vector<Part> parts;
    std::size_t largest = 0;  ///< of the pieces
    Result<void> result;
    std::set<std::size_t> unwanted;
    std::optional<std::size_t> refuse_request;
    std::size_t refuse_call = 0;  ///< 0: begin, 1: data, 2: end
    Error refusal;

private:
    [[nodiscard]] Part& part(std::size_t request);
    [[nodiscard]] Result<void> answer(std::size_t request, std::size_t call) const;
};

[[nodiscard]] PartRecord fetched(const Play& play, const std::vector<PartRequest>& requests);

}  // namespace mail::imap::tests
