#pragma once
// Functions of a library that is loaded at run time, where the system has it (dlopen): the program
// itself then needs no such library.

#include <dlfcn.h>

namespace mail {

/// Whether `library`, which may be null, has a function of that name.
template <class Function>
[[nodiscard]] bool find_function(void* library, const char* name, Function& function) {
    function = library == nullptr ? nullptr : reinterpret_cast<Function>(dlsym(library, name));
    return function != nullptr;
}

}  // namespace mail
