#include "tests/fakes/heap_linux.h"

#include <atomic>
#include <cstdlib>
#include <new>

#include <malloc.h>

namespace {

// Used before anything is constructed.
std::atomic<std::size_t> live_octets{0}, most_octets{0};

void* take(std::size_t octets) noexcept {
    void* const memory = std::malloc(octets > 0 ? octets : 1);
    if (memory == nullptr)
        return nullptr;
    const std::size_t live = live_octets += malloc_usable_size(memory);
    std::size_t most = most_octets;
    while (live > most && !most_octets.compare_exchange_weak(most, live)) {
    }
    return memory;
}

void* take_or_throw(std::size_t octets) {
    if (void* const memory = take(octets))
        return memory;
    throw std::bad_alloc();
}

void give_back(void* memory) noexcept {
    if (memory != nullptr)
        live_octets -= malloc_usable_size(memory);
    std::free(memory);
}

}  // namespace

// All of those that a library may pair with each other; the ones for larger alignments are rare
// and stay as they are.
void* operator new(std::size_t octets) {
    return take_or_throw(octets);
}
void* operator new[](std::size_t octets) {
    return take_or_throw(octets);
}
void* operator new(std::size_t octets, const std::nothrow_t&) noexcept {
    return take(octets);
}
void* operator new[](std::size_t octets, const std::nothrow_t&) noexcept {
    return take(octets);
}
void operator delete(void* memory) noexcept {
    give_back(memory);
}
void operator delete[](void* memory) noexcept {
    give_back(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    give_back(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    give_back(memory);
}
void operator delete(void* memory, const std::nothrow_t&) noexcept {
    give_back(memory);
}
void operator delete[](void* memory, const std::nothrow_t&) noexcept {
    give_back(memory);
}

namespace mail::fakes {

HeapGrowth::HeapGrowth() : before_(live_octets) {
    most_octets = before_;
}

std::size_t HeapGrowth::peak_octets() const {
    const std::size_t most = most_octets;
    return most > before_ ? most - before_ : 0;
}

}  // namespace mail::fakes
