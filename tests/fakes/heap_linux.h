#pragma once
// How much memory a test's own code has at a time. Linking heap_linux.cpp replaces operator new of
// the whole program; sanitizers do not change what it counts.

#include <cstddef>

namespace mail::fakes {

/// Octets that operator new gave and that were not given back, above those at its construction. One
/// at a time; all threads are counted.
class HeapGrowth {
public:
    HeapGrowth();
    /// The most there were at any moment.
    [[nodiscard]] std::size_t peak_octets() const;

private:
    std::size_t before_;
};

}  // namespace mail::fakes
