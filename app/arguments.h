#pragma once
// The command line as a value. Pure: nothing is looked up, nothing printed.

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "gui/text/text.h"

namespace app {

enum class Action {
    window,
    points,
    list,
    run,
    extract,
    password,
    diagnose,
    export_,
    import,
    propose,
    authorize,
    remove,
    restore,
    log,
    ocr,
    what_if,
    report,
    watch,
    decide,
    save,
    retention
};

struct Arguments {
    Action action = Action::window;
    enum class Info { none, help, version } info = Info::none;  ///< asked for instead of the action
    std::optional<std::string> point;                           ///< name, or path of a definition
    std::vector<std::string> points;  ///< all that were given: watch has several
    std::optional<std::string> workspace;
    std::optional<std::string> out;
    std::optional<std::string> screenshot;  ///< for the pictures of the README: window only
    std::optional<std::string> theme;  ///< light | dark | contrast, for this start of the window
    std::optional<int> scale;          ///< per cent, likewise
    std::optional<std::pair<int, int>> window_size;
    std::optional<gui::text::Language> language;
    std::vector<std::uint32_t> uids;  ///< ascending; empty: not given
    std::string file;                 ///< of extract ("-" is standard input) and import
    std::string address;              ///< of propose
    std::size_t last = 500;           ///< of what-if: so many messages
    std::optional<std::chrono::year_month_day> date;  ///< of report; nothing: today
    std::optional<int> log_days, list_days;           ///< of retention
    bool demo = false, json = false, verbose = false;
    bool remove = false;                        ///< --delete of password
    bool from_mailbox = false, anyway = false;  ///< of remove
    /// Of remove, where other messages are marked and would go as well.
    enum class Marked { ask, leave, delete_all } marked = Marked::ask;
    bool take = false;                    ///< of watch and decide
    bool skip = false, by_rules = false;  ///< of decide: at most one of the three
    std::string part;                     ///< likewise; "": not given
    bool csv = false;                     ///< of log and report
    bool watch = false, retry = false, show = false, allow_command = false;  ///< of ocr
    /// What authorize is to do. device: by a code typed on another one; answer: hands over the
    /// address on which a browser ended.
    enum class Way { browser, device, answer, status, sign_out, admin_page } way = Way::browser;
};

/// Wrong usage: what is wrong, and which help tells how it is right.
struct UsageError {
    const gui::text::Text* text = nullptr;
    std::vector<std::pair<std::string, std::string>> holes;
    Action action = Action::window;
    std::string did_you_mean;                     ///< "" if nothing is near
    std::optional<gui::text::Language> language;  ///< of --lang, wherever it stands
};

/// `words` without the program's name, UTF-8.
[[nodiscard]] tl::expected<Arguments, UsageError>
parse_arguments(const std::vector<std::string>& words);

/// "7,9:12" → 7 9 10 11 12; nothing if it is no set, or a huge one.
[[nodiscard]] std::optional<std::vector<std::uint32_t>> parse_uid_set(std::string_view text);

[[nodiscard]] std::string_view name_of(Action action);

}  // namespace app
