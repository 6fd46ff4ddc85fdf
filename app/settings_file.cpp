#include "app/settings_file.h"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "mail/base/disk.h"

namespace app {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t most_octets = 1 << 20;
constexpr std::array<std::string_view, 4> theme_names{"system", "light", "dark", "contrast"};

template <class T>
void read(const Json& json, const char* key, T& into) {
    if (const auto at = json.find(key); at != json.end())
        into = at->get<T>();
}

void read_theme(const Json& json, const char* key, gui::Theme& into) {
    std::string word;
    read(json, key, word);
    if (const auto at = std::ranges::find(theme_names, word); at != theme_names.end())
        into = static_cast<gui::Theme>(at - theme_names.begin());
}

gui::Settings parse(const Json& json, gui::Settings settings) {
    std::string word;
    read(json, "language", word);
    if (word == "pl" || word == "en")
        settings.language = word == "pl" ? gui::text::Language::pl : gui::text::Language::en;
    read_theme(json, "theme", settings.theme);
    read_theme(json, "desktop", settings.desktop);
    read(json, "scale_percent", settings.scale_percent);
    settings.scale_percent = std::clamp(settings.scale_percent, 100, 200);
    read(json, "dense_rows", settings.dense_rows);
    read(json, "window_width", settings.window_width);
    read(json, "window_height", settings.window_height);
    read(json, "details_open", settings.details_open);
    if (const auto grids = json.find("grids"); grids != json.end())
        for (const auto& [point, grid] : grids->items()) {
            read(grid, "columns", settings.grids[point].columns);
            read(grid, "sort", settings.grids[point].sort);
            read(grid, "widths", settings.grids[point].widths);
        }
    return settings;
}

}  // namespace

gui::Settings load_settings(const std::string& path, gui::text::Language system_language) {
    gui::Settings defaults;
    defaults.language = system_language;
    const auto content = mail::read_file(mail::real_disk(), path, most_octets);
    if (!content)
        return defaults;
    try {
        return parse(Json::parse(*content), defaults);
    } catch (const nlohmann::json::exception&) {
        return defaults;
    }
}

bool save_settings(const std::string& path, const gui::Settings& settings) {
    Json grids = Json::object();
    for (const auto& [point, grid] : settings.grids)
        grids[point] = {{"columns", grid.columns}, {"widths", grid.widths}, {"sort", grid.sort}};
    const Json json = {{"language", settings.language == gui::text::Language::pl ? "pl" : "en"},
                       {"theme", theme_names.at(static_cast<std::size_t>(settings.theme))},
                       {"desktop", theme_names.at(static_cast<std::size_t>(settings.desktop))},
                       {"scale_percent", settings.scale_percent},
                       {"dense_rows", settings.dense_rows},
                       {"window_width", settings.window_width},
                       {"window_height", settings.window_height},
                       {"details_open", settings.details_open},
                       {"grids", std::move(grids)}};
    return mail::replace_file(mail::real_disk(), path, json.dump(2) + "\n").has_value();
}

SettingsSaver::SettingsSaver(std::string path, std::chrono::milliseconds calm)
    : path_(std::move(path)), calm_(calm),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

void SettingsSaver::changed(const gui::Settings& settings) {
    const std::scoped_lock lock(mutex_);
    unsaved_ = settings;
    ++changes_;
    changed_.notify_one();
}

void SettingsSaver::work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] { return unsaved_.has_value(); }) || unsaved_) {
        for (unsigned seen = changes_;
             changed_.wait_for(lock, stop, calm_, [&] { return seen != changes_; });
             seen = changes_) {
        }
        const auto settings = std::exchange(unsaved_, std::nullopt);
        lock.unlock();
        save_settings(path_, *settings);
        lock.lock();
    }
}

}  // namespace app
