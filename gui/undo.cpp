#include "gui/undo.h"

#include <algorithm>
#include <utility>

namespace gui {
namespace {

using Which = mail::Restore::Which;

bool is_same(const Which& one, const Which& other) {
    return one.uid == other.uid && one.number == other.number &&
           (one.uid_validity == other.uid_validity || one.uid_validity == 0 ||
            other.uid_validity == 0);
}

}  // namespace

std::uint64_t Undo::add_point(const std::string& id) {
    point_is_back(id);
    removed_.push_back({++numbers_, id, {}});
    return numbers_;
}

std::uint64_t Undo::add_messages(const std::string& point, std::vector<Which> messages) {
    removed_.push_back({++numbers_, point, std::move(messages)});
    return numbers_;
}

void Undo::point_is_back(const std::string& id) {
    std::erase_if(removed_,
                  [&](const Removed& one) { return one.messages.empty() && one.point == id; });
}

void Undo::messages_are_back(const std::string& point, const std::vector<Which>& messages) {
    for (Removed& one : removed_) {
        if (one.point != point || one.messages.empty())
            continue;
        std::erase_if(one.messages, [&](const Which& which) {
            return std::any_of(messages.begin(), messages.end(),
                               [&](const Which& back) { return is_same(which, back); });
        });
        if (one.messages.empty())
            one.number = 0;
    }
    std::erase_if(removed_, [](const Removed& one) { return one.number == 0; });
}

bool Undo::can() const {
    return std::any_of(removed_.begin(), removed_.end(),
                       [](const Removed& one) { return one.job == 0; });
}

void Undo::wish_last() {
    const auto last = std::find_if(removed_.rbegin(), removed_.rend(),
                                   [](const Removed& one) { return one.job == 0; });
    if (last != removed_.rend())
        wished_ = last->number;
}

std::optional<Undo::Removed> Undo::take_wish() {
    const std::uint64_t wished = std::exchange(wished_, 0);
    const auto found = std::find_if(removed_.begin(), removed_.end(), [&](const Removed& one) {
        return one.number == wished && one.job == 0;
    });
    return wished == 0 || found == removed_.end() ? std::nullopt : std::optional(*found);
}

void Undo::begun(std::uint64_t number, mail::JobId job) {
    for (Removed& one : removed_)
        if (one.number == number)
            one.job = job;
}

void Undo::failed(mail::JobId job) {
    for (Removed& one : removed_)
        if (one.job == job)
            one.job = 0;
}

}  // namespace gui
