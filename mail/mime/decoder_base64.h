#pragma once
// base64 as it arrives in the wild. Foreign characters are skipped. Padding ends the data, unless
// whole lines of whole quanta follow: some programs glue encoded pieces together, others glue
// foreign text to the end.

#include <cstdint>
#include <memory>
#include <string>

#include "mail/mime/decoder.h"

namespace mail::mime {

class Base64Decoder final : public Decoder {
public:
    [[nodiscard]] Result<void> feed(std::string_view raw, const Sink& sink) override;
    [[nodiscard]] Result<void> finish(const Sink& sink) override;
    [[nodiscard]] bool damaged() const override { return damaged_; }

private:
    enum class State : std::uint8_t {
        data,
        padding,    ///< one '=' is still due to close the quantum
        following,  ///< behind padding: a line is held back until it is known to be data
        ended,
    };
    void make_room(std::size_t letters);
    [[nodiscard]] Result<void> feed_slice(std::string_view raw, const Sink& sink);
    [[nodiscard]] Result<void> hand_on(const Sink& sink);
    [[nodiscard]] std::size_t take_quanta(std::string_view raw);
    void take(char octet);
    void take_data(char octet);
    void take_following(char octet);
    void take_value(unsigned value);
    void release_following();
    void close_quantum();
    void put(std::uint32_t octet);

    State state_ = State::data;
    bool damaged_ = false;
    unsigned count_ = 0;               ///< characters of the open quantum
    std::uint32_t quantum_ = 0;        ///< their bits
    std::string following_;            ///< at most max_following characters
    std::unique_ptr<char[]> decoded_;  ///< room for what one slice can give
    std::size_t room_ = 0;
    std::size_t octets_ = 0;  ///< of it that are there
};

}  // namespace mail::mime
