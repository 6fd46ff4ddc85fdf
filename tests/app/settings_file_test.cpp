#include "app/settings_file.h"

#include <filesystem>
#include <fstream>
#include <random>

#include <gtest/gtest.h>

namespace app {

namespace {

class SettingsFile : public testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() /
                  ("mailpoint-settings-" + std::to_string(std::random_device{}()));
        std::filesystem::create_directory(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    [[nodiscard]] std::string path() const { return (folder_ / "settings.json").string(); }
    void write(const std::string& content) const { std::ofstream(path()) << content; }

private:
    std::filesystem::path folder_;
};

}  // namespace

TEST_F(SettingsFile, what_was_saved_is_loaded) {
    gui::Settings settings;
    settings.language = gui::text::Language::en;
    settings.theme = gui::Theme::dark;
    settings.desktop = gui::Theme::contrast;
    settings.scale_percent = 150;
    settings.details_open = false;
    settings.grids["id"] = {{"subject", "size"}, {{"subject", 0.5F}}, {"-received"}};
    ASSERT_TRUE(save_settings(path(), settings));
    EXPECT_EQ(load_settings(path(), gui::text::Language::pl), settings);
}

TEST_F(SettingsFile, without_a_file_the_language_is_that_of_the_system) {
    EXPECT_EQ(load_settings(path(), gui::text::Language::en).language, gui::text::Language::en);
}

TEST_F(SettingsFile, a_broken_file_is_as_none) {
    for (const char* content : {"", "{", "[]", R"({"scale_percent": "x"})", R"({"grids": 3})"}) {
        write(content);
        EXPECT_EQ(load_settings(path(), gui::text::Language::pl).scale_percent, 100) << content;
    }
}

TEST_F(SettingsFile, a_size_out_of_range_is_brought_in) {
    write(R"({"scale_percent": 5000})");
    EXPECT_EQ(load_settings(path(), gui::text::Language::pl).scale_percent, 200);
}

}  // namespace app
