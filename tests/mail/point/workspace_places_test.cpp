#include "mail/point/workspace_places.h"

#include <cstdlib>
#include <filesystem>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "mail/point/workspace.h"
#include "tests/fakes/scratch_folder.h"

namespace mail::point {

// Changes what the process knows of its user, so it stands alone and puts it back.
class Environment {
public:
    Environment(const char* name, const char* value) : name_(name) {
        if (const char* before = std::getenv(name))
            before_ = before;
        change(value);
    }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;
    ~Environment() { change(before_ ? before_->c_str() : nullptr); }

private:
    void change(const char* value) {
        if (value != nullptr)
            setenv(name_, value, 1);
        else
            unsetenv(name_);
    }
    const char* name_;
    std::optional<std::string> before_;
};

TEST(WorkspacePlaces, the_executables_folder_holds_the_executable) {
    const auto folder = executable_folder();
    ASSERT_TRUE(folder);
    EXPECT_TRUE(std::filesystem::exists(*folder + "/point_test"));
}

TEST(WorkspacePlaces, the_users_folder_follows_the_base_directory_rules) {
    const Environment home("HOME", "/home/ala");
    {
        const Environment data("XDG_DATA_HOME", "/data/ala");
        EXPECT_EQ(user_data_folder(), "/data/ala/mailpoint");
    }
    for (const char* ignored : {static_cast<const char*>(nullptr), "", "relative"}) {
        const Environment data("XDG_DATA_HOME", ignored);
        EXPECT_EQ(user_data_folder(), "/home/ala/.local/share/mailpoint");
    }
    const Environment no_home("HOME", nullptr);
    const Environment no_data("XDG_DATA_HOME", nullptr);
    const passwd* user = getpwuid(getuid());
    ASSERT_NE(user, nullptr);
    EXPECT_EQ(user_data_folder(), std::string(user->pw_dir) + "/.local/share/mailpoint");
}

TEST(WorkspacePlaces, without_a_wish_the_workspace_is_the_users_own_and_nobody_elses) {
    const fakes::ScratchFolder scratch;
    const Environment data("XDG_DATA_HOME", scratch.path().c_str());
    const Workspace workspace = Workspace::open(real_disk(), std::nullopt).value();
    EXPECT_EQ(workspace.folder(), scratch / "mailpoint");
    struct stat found {};
    ASSERT_EQ(stat((scratch / "mailpoint").c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, 0700U);
}

TEST(WorkspacePlaces, data_beside_the_executable_comes_before_the_users_own) {
    const std::string beside = *executable_folder() + "/mailpoint-data";
    const fakes::ScratchFolder scratch;
    const Environment data("XDG_DATA_HOME", scratch.path().c_str());
    ASSERT_TRUE(std::filesystem::create_directory(beside));
    const auto workspace = Workspace::open(real_disk(), std::nullopt);
    const auto asked_for = Workspace::open(real_disk(), scratch / "asked");
    std::filesystem::remove_all(beside);
    ASSERT_TRUE(workspace);
    EXPECT_EQ(workspace->folder(), beside);
    EXPECT_EQ(asked_for->folder(), scratch / "asked");
}

}  // namespace mail::point
