#include "app/settings_file.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

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

TEST_F(SettingsFile, changes_are_saved_when_they_have_come_to_an_end) {
    using namespace std::chrono_literals;
    SettingsSaver saver(path(), 100ms);
    gui::Settings settings;
    const auto saved = [&] { return load_settings(path(), gui::text::Language::pl).grids; };
    for (int i = 0; i < 50; ++i) {
        settings.grids["id"].widths["subject"] = static_cast<float>(i);
        saver.changed(settings);
    }
    EXPECT_TRUE(saved().empty()) << "not each";
    const auto patience = std::chrono::steady_clock::now() + 1min;
    while (saved() != settings.grids && std::chrono::steady_clock::now() < patience)
        std::this_thread::sleep_for(5ms);
    EXPECT_EQ(saved(), settings.grids) << "while it still lives";
}

TEST_F(SettingsFile, what_is_not_saved_at_the_end_is) {
    gui::Settings settings;
    settings.dense_rows = true;
    {
        SettingsSaver saver(path(), std::chrono::hours(1));
        saver.changed({});
        saver.changed(settings);
    }
    EXPECT_TRUE(load_settings(path(), gui::text::Language::pl).dense_rows);
    std::filesystem::remove(path());
    { const SettingsSaver idle(path(), std::chrono::hours(1)); }
    EXPECT_FALSE(std::filesystem::exists(path())) << "nothing was changed";
}

}  // namespace app
