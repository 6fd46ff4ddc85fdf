#include "mail/net/endpoint.h"

namespace mail::net {

bool is_loopback(const std::string& host) {
    if (host == "::1" || host == "[::1]")
        return true;
    std::string name = host;
    for (char& letter : name)
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    if (name == "localhost" || name == "localhost.")
        return true;
    // Four numbers and nothing else: 127.0.0.1.example.com is a stranger's.
    int dots = 0;
    int number = -1;
    for (const char letter : name) {
        if (letter == '.') {
            if (number < 0)
                return false;
            ++dots;
            number = -1;
        } else if (letter >= '0' && letter <= '9') {
            number = (number < 0 ? 0 : number) * 10 + (letter - '0');
            if (number > 255)
                return false;
        } else {
            return false;
        }
    }
    return dots == 3 && number >= 0 && name.rfind("127.", 0) == 0;
}

}  // namespace mail::net
