#pragma once
// A thread with little stack: what nests as deep as its input does ends the test program there.

#include <cstddef>
#include <functional>

#include <pthread.h>

namespace mail::fakes {

/// Runs `act` to its end on a stack of 256 KB; false if there is no such thread.
[[nodiscard]] inline bool on_small_stack(std::function<void()> act) {
    constexpr std::size_t stack_octets = 256U << 10U;
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    const auto run = [](void* function) -> void* {
        (*static_cast<std::function<void()>*>(function))();
        return nullptr;
    };
    pthread_t thread{};
    const bool started = pthread_attr_setstacksize(&attributes, stack_octets) == 0 &&
                         pthread_create(&thread, &attributes, run, &act) == 0;
    pthread_attr_destroy(&attributes);
    return started && pthread_join(thread, nullptr) == 0;
}

}  // namespace mail::fakes
