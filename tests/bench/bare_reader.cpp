// The least that must be done, for comparison: it is told what there is to ask for, asks for all of
// it at once, and does nothing with the replies but what the job is.
//
//   bare_reader PORT LOGIN PASSWORD list
//   bare_reader PORT LOGIN PASSWORD take|take-encoded PLAN FOLDER
//
// A line of PLAN is a UID and its sections. take: BINARY; take-encoded: BODY, and base64 is decoded
// here. Each part becomes a file that is synced.

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <netinet/in.h>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

class Socket {
public:
    explicit Socket(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("no connection");
    }
    void say(const std::string& raw) const {
        for (std::size_t sent = 0; sent < raw.size();) {
            const auto more = ::send(fd_, raw.data() + sent, raw.size() - sent, MSG_NOSIGNAL);
            if (more <= 0)
                throw std::runtime_error("hung up");
            sent += static_cast<std::size_t>(more);
        }
    }
    [[nodiscard]] std::string_view hear() {
        const auto got = ::recv(fd_, buffer_.data(), buffer_.size(), 0);
        if (got <= 0)
            throw std::runtime_error("hung up");
        return {buffer_.data(), static_cast<std::size_t>(got)};
    }

private:
    int fd_;
    std::vector<char> buffer_ = std::vector<char>(256U << 10U);
};

/// Until the last line that came begins so. Nothing of it is kept.
void throw_away_until(Socket& socket, std::string_view tag) {
    std::string tail;
    for (;;) {
        const std::string_view raw = socket.hear();
        tail.append(raw.substr(raw.size() - std::min<std::size_t>(raw.size(), 1000)));
        if (tail.size() > 2000)
            tail.erase(0, tail.size() - 1000);
        const std::size_t line =
            tail.size() < 2 ? std::string::npos : tail.rfind('\n', tail.size() - 2);
        const std::string_view last =
            std::string_view(tail).substr(line == std::string::npos ? 0 : line + 1);
        if (last.ends_with("\r\n") && last.starts_with(tag))
            return;
    }
}

constexpr std::uint8_t no_letter = 255;
constexpr std::array<std::uint8_t, 256> base64_values = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(no_letter);
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t i = 0; i < letters.size(); ++i)
        values.at(static_cast<unsigned char>(letters[i])) = static_cast<std::uint8_t>(i);
    return values;
}();

/// Parts, one after the other, each into a file of its own.
class Files {
public:
    Files(std::string folder, bool encoded) : folder_(std::move(folder)), encoded_(encoded) {}

    void begin() {
        fd_ = ::open((folder_ + "/" + std::to_string(++count_) + ".pdf").c_str(),
                     O_WRONLY | O_CREAT | O_EXCL, 0644);
        bits_ = 0;
        letters_ = 0;
    }
    void data(std::string_view raw) {
        if (!encoded_)
            return write(raw);
        decoded_.clear();
        for (const char letter : raw) {
            const std::uint8_t value = base64_values[static_cast<unsigned char>(letter)];
            if (value == no_letter)
                continue;
            bits_ = bits_ << 6U | value;
            if (++letters_ % 4 != 0)
                continue;
            decoded_ += static_cast<char>(bits_ >> 16U);
            decoded_ += static_cast<char>(bits_ >> 8U);
            decoded_ += static_cast<char>(bits_);
        }
        write(decoded_);
    }
    void end() {
        if (encoded_ && letters_ % 4 > 1) {
            decoded_.clear();
            bits_ <<= 6U * (4 - letters_ % 4);
            decoded_ += static_cast<char>(bits_ >> 16U);
            if (letters_ % 4 == 3)
                decoded_ += static_cast<char>(bits_ >> 8U);
            write(decoded_);
        }
        if (::fsync(fd_) != 0)
            throw std::runtime_error("not synced");
        ::close(fd_);
    }
    void sync_folder() const {
        const int fd = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY);
        ::fsync(fd);
        ::close(fd);
    }

private:
    void write(std::string_view raw) const {
        if (::write(fd_, raw.data(), raw.size()) != static_cast<ssize_t>(raw.size()))
            throw std::runtime_error("not written");
    }

    std::string folder_;
    bool encoded_;
    int fd_ = -1;
    int count_ = 0;
    unsigned bits_ = 0;
    unsigned letters_ = 0;
    std::string decoded_;
};

void take_until(Socket& socket, std::string_view tag, Files& files) {
    std::string line;
    std::uint64_t literal_left = 0;
    for (;;) {
        std::string_view raw = socket.hear();
        while (!raw.empty()) {
            if (literal_left > 0) {
                const auto octets =
                    static_cast<std::size_t>(std::min<std::uint64_t>(literal_left, raw.size()));
                files.data(raw.substr(0, octets));
                raw.remove_prefix(octets);
                literal_left -= octets;
                if (literal_left == 0)
                    files.end();
                continue;
            }
            const std::size_t end = raw.find('\n');
            line += raw.substr(0, end == std::string_view::npos ? end : end + 1);
            if (end == std::string_view::npos)
                break;
            raw.remove_prefix(end + 1);
            if (line.starts_with(tag))
                return;
            if (line.ends_with("}\r\n")) {
                literal_left = std::strtoull(line.c_str() + line.rfind('{') + 1, nullptr, 10);
                files.begin();
            }
            line.clear();
        }
    }
}

std::string commands_for(const std::string& plan, bool encoded) {
    std::ifstream lines(plan);
    std::string commands;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string uid, section;
        words >> uid;
        commands += "f UID FETCH " + uid + " (UID";
        while (words >> section)
            commands += (encoded ? " BODY.PEEK[" : " BINARY.PEEK[") + section + "]";
        commands += ")\r\n";
    }
    return commands;
}

}  // namespace

int main(int count, char** words) {
    if (count < 5)
        return 2;
    const std::string login = words[2], password = words[3], job = words[4];
    Socket socket(static_cast<std::uint16_t>(std::atoi(words[1])));
    socket.say("a LOGIN " + login + " " + password + "\r\n");
    throw_away_until(socket, "a OK");
    if (job == "list") {
        socket.say("b EXAMINE INBOX\r\nc FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE "
                   "BODYSTRUCTURE)\r\n");
        throw_away_until(socket, "c OK");
        return 0;
    }
    if (count < 7)
        return 2;
    Files files(words[6], job == "take-encoded");
    socket.say("b EXAMINE INBOX\r\n" + commands_for(words[5], job == "take-encoded") +
               "z NOOP\r\n");
    take_until(socket, "z ", files);
    files.sync_folder();
    return 0;
}
