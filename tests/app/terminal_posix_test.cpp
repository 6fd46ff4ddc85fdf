#include "app/terminal.h"

#include <cstdlib>
#include <map>
#include <string>

#include <gtest/gtest.h>

namespace app {
namespace {

using gui::text::Language;

/// The language with nothing but these of the variables that say it; ours come back.
Language language_with(const std::map<std::string, std::string>& wanted) {
    std::map<std::string, std::optional<std::string>> before;
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        before[name] = environment(name);
        const auto found = wanted.find(name);
        if (found == wanted.end())
            ::unsetenv(name);
        else
            ::setenv(name, found->second.c_str(), 1);
    }
    const Language language = system_language();
    for (const auto& [name, value] : before)
        if (value)
            ::setenv(name.c_str(), value->c_str(), 1);
        else
            ::unsetenv(name.c_str());
    return language;
}

TEST(SystemLanguage, is_that_of_the_locale) {
    for (const char* polish : {"pl_PL.UTF-8", "pl_PL", "pl", "pl.UTF-8", "pl_PL@euro"})
        EXPECT_EQ(language_with({{"LANG", polish}}), Language::pl) << polish;
    for (const char* other : {"en_GB.UTF-8", "de_DE.UTF-8", "C", "C.UTF-8", "POSIX", "plt_MG", ""})
        EXPECT_EQ(language_with({{"LANG", other}}), Language::en) << other;
    EXPECT_EQ(language_with({}), Language::en);
}

TEST(SystemLanguage, goes_by_the_order_of_posix) {
    EXPECT_EQ(language_with({{"LC_ALL", "pl_PL.UTF-8"}, {"LANG", "en_US.UTF-8"}}), Language::pl);
    EXPECT_EQ(language_with({{"LC_ALL", "en_US.UTF-8"}, {"LANG", "pl_PL.UTF-8"}}), Language::en);
    EXPECT_EQ(language_with({{"LC_MESSAGES", "pl_PL.UTF-8"}, {"LANG", "C"}}), Language::pl);
    // An empty one counts as not set (POSIX.1-2017, 8.2).
    EXPECT_EQ(language_with({{"LC_ALL", ""}, {"LANG", "pl_PL.UTF-8"}}), Language::pl);
}

}  // namespace
}  // namespace app
