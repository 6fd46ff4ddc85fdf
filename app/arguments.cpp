#include "app/arguments.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "gui/text/cli.h"
#include "gui/text/cli_decide.h"
#include "gui/text/cli_removal.h"
#include "mail/point/office.h"
#include "mail/point/suggest.h"

namespace app {

namespace {

namespace text = gui::text;

constexpr std::array<std::pair<std::string_view, Action>, 20> actions{
    {{"points", Action::points},     {"list", Action::list},
     {"run", Action::run},           {"extract", Action::extract},
     {"password", Action::password}, {"diagnose", Action::diagnose},
     {"export", Action::export_},    {"import", Action::import},
     {"propose", Action::propose},   {"authorize", Action::authorize},
     {"remove", Action::remove},     {"restore", Action::restore},
     {"log", Action::log},           {"ocr", Action::ocr},
     {"what-if", Action::what_if},   {"report", Action::report},
     {"watch", Action::watch},       {"decide", Action::decide},
     {"save", Action::save},         {"retention", Action::retention}}};

constexpr std::array<std::string_view, 36> options{
    "--point",  "--demo",       "--out",     "--uid",           "--json",       "--workspace",
    "--lang",   "--verbose",    "--help",    "--version",       "--screenshot", "--theme",
    "--scale",  "--size",       "--delete",  "--device",        "--sign-out",   "--status",
    "--answer", "--admin-page", "--mailbox", "--anyway",        "--marked",     "--csv",
    "--watch",  "--retry",      "--show",    "--allow-command", "--last",       "--date",
    "--take",   "--part",       "--skip",    "--by-rules",      "--log",        "--lists"};

using Way = Arguments::Way;
constexpr std::array<std::pair<std::string_view, Way>, 5> ways{{{"--device", Way::device},
                                                                {"--answer", Way::answer},
                                                                {"--status", Way::status},
                                                                {"--sign-out", Way::sign_out},
                                                                {"--admin-page", Way::admin_page}}};

constexpr std::size_t most_uids = 1'000'000;

std::optional<std::uint32_t> parse_number(std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number == 0)
        return std::nullopt;
    return number;
}

/// 0 is a number of days, too.
std::optional<int> parse_days(std::string_view text) {
    if (text == "0")
        return 0;
    const auto days = parse_number(text);
    return days && *days <= 100'000 ? std::optional(static_cast<int>(*days)) : std::nullopt;
}

/// 2026-11-24
std::optional<std::chrono::year_month_day> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    const auto year = parse_number(text.substr(0, 4)), month = parse_number(text.substr(5, 2)),
               day = parse_number(text.substr(8, 2));
    if (!year || !month || !day)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                           std::chrono::month(*month), std::chrono::day(*day)};
    return date.ok() ? std::optional(date) : std::nullopt;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
        }
    }
    return row[b.size()];
}

template <class Names, class Project>
std::string nearest(std::string_view word, const Names& names, Project project) {
    std::string best;
    std::size_t least = 3;
    for (const auto& name : names)
        if (const std::size_t distance = edit_distance(word, project(name)); distance < least) {
            least = distance;
            best = project(name);
        }
    return best;
}

std::optional<text::Language> language_named(std::string_view name) {
    if (name == "pl")
        return text::Language::pl;
    return name == "en" ? std::optional(text::Language::en) : std::nullopt;
}

bool takes_file(Action action) {
    return action == Action::extract || action == Action::import;
}

class Parser {
public:
    explicit Parser(const std::vector<std::string>& words) : words_(words) {}

    tl::expected<Arguments, UsageError> parse() {
        while (at_ < words_.size() && !error_.text)
            take(words_[at_++]);
        if (!error_.text && arguments_.info == Arguments::Info::none)
            check_whole();
        if (error_.text) {
            error_.action = arguments_.action;
            error_.language = language_asked_for();
            return tl::unexpected(std::move(error_));
        }
        return std::move(arguments_);
    }

private:
    /// What is wrong may stand before --lang. The last one counts, as where all is right.
    [[nodiscard]] std::optional<text::Language> language_asked_for() const {
        constexpr std::string_view option = "--lang";
        std::optional<text::Language> language;
        for (std::size_t i = 0; i < words_.size(); ++i) {
            std::string_view value;
            if (words_[i] == option && i + 1 < words_.size())
                value = words_[i + 1];
            else if (words_[i].starts_with("--lang="))
                value = std::string_view(words_[i]).substr(option.size() + 1);
            if (const auto named = language_named(value))
                language = named;
        }
        return language;
    }

    void fail(const text::Text& text, std::vector<std::pair<std::string, std::string>> holes = {},
              std::string did_you_mean = {}) {
        error_ = {&text, std::move(holes), arguments_.action, std::move(did_you_mean),
                  std::nullopt};
    }

    void take(const std::string& word) {
        if (word.starts_with("--"))
            take_option(word);
        else if (word.size() > 1 && word.starts_with('-'))
            fail(text::usage_unknown_option, {{"x", word}}, word == "-h" ? "--help" : "");
        else
            take_word(word);
    }

    void take_word(const std::string& word) {
        const auto action =
            std::ranges::find(actions, word, &std::pair<std::string_view, Action>::first);
        if (arguments_.action == Action::window && !action_given_) {
            action_given_ = true;
            if (action == actions.end())
                fail(
                    text::usage_unknown_command, {{"x", word}},
                    nearest(word, actions, [](const auto& row) { return std::string(row.first); }));
            else
                arguments_.action = action->second;
        } else if (takes_file(arguments_.action) && arguments_.file.empty()) {
            arguments_.file = word;
        } else if (arguments_.action == Action::propose && arguments_.address.empty()) {
            arguments_.address = word;
        } else {
            fail(text::usage_too_much, {{"x", word}});
        }
    }

    /// An empty one is missing, too: a script whose variable is not set must not get the default.
    std::string value_of(const std::string& option, const std::optional<std::string>& given) {
        std::string value;
        if (given)
            value = *given;
        else if (at_ < words_.size())
            value = words_[at_++];
        if (value.empty())
            fail(text::usage_value_missing, {{"x", option}});
        return value;
    }

    void take_option(const std::string& word) {
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(0, equals);
        const auto given =
            equals == std::string::npos ? std::nullopt : std::optional(word.substr(equals + 1));
        if (take_switch(name)) {
            if (given)
                fail(text::usage_bad_value, {{"x", name}, {"value", *given}});
        } else if (std::ranges::find(options, name) == options.end()) {
            fail(text::usage_unknown_option, {{"x", name}},
                 nearest(name, options,
                         [](std::string_view option) { return std::string(option); }));
        } else {
            take_value(name, value_of(name, given));
        }
    }

    /// The options that have no value.
    bool take_switch(std::string_view name) {
        if (name == "--demo")
            arguments_.demo = true;
        else if (name == "--json")
            arguments_.json = true;
        else if (name == "--verbose")
            arguments_.verbose = true;
        else if (name == "--delete")
            arguments_.remove = true;
        else if (name == "--mailbox")
            arguments_.from_mailbox = true;
        else if (name == "--anyway")
            arguments_.anyway = true;
        else if (name == "--csv")
            arguments_.csv = true;
        else if (name == "--watch")
            arguments_.watch = true;
        else if (name == "--retry")
            arguments_.retry = true;
        else if (name == "--show")
            arguments_.show = true;
        else if (name == "--allow-command")
            arguments_.allow_command = true;
        else if (name == "--take")
            arguments_.take = true;
        else if (name == "--skip")
            arguments_.skip = true;
        else if (name == "--by-rules")
            arguments_.by_rules = true;
        else if (name == "--help")
            arguments_.info = Arguments::Info::help;
        else if (name == "--version")
            arguments_.info = Arguments::Info::version;
        else
            return take_way(name);
        return true;
    }

    /// One of them at a time.
    bool take_way(std::string_view name) {
        const auto* const way =
            std::ranges::find(ways, name, &std::pair<std::string_view, Way>::first);
        if (way == ways.end())
            return false;
        if (arguments_.way != Way::browser)
            surplus_way_ = way->first;
        arguments_.way = way->second;
        way_ = way->first;
        return true;
    }

    void take_value(const std::string& name, const std::string& value) {
        if (error_.text)
            return;
        if (name == "--point")
            arguments_.points.push_back(arguments_.point.emplace(value));
        else if (name == "--workspace")
            arguments_.workspace = value;
        else if (name == "--out")
            arguments_.out = value;
        else if (name == "--screenshot")
            arguments_.screenshot = value;
        else if (name == "--part")
            arguments_.part = value;
        else if (name == "--theme" && (value == "light" || value == "dark" || value == "contrast"))
            arguments_.theme = value;
        else if (name == "--marked" && (value == "leave" || value == "delete"))
            arguments_.marked =
                value == "leave" ? Arguments::Marked::leave : Arguments::Marked::delete_all;
        else if (name == "--date" && parse_date(value))
            arguments_.date = parse_date(value);
        else if (name == "--lang" && language_named(value))
            arguments_.language = language_named(value);
        else if (!take_number(name, value))
            fail(text::usage_bad_value, {{"x", name}, {"value", value}});
    }

    bool take_number(const std::string& name, const std::string& value) {
        if (name == "--uid") {
            auto uids = parse_uid_set(value);
            if (uids)
                arguments_.uids = std::move(*uids);
            return uids.has_value();
        }
        if (name == "--last") {
            const auto last = parse_number(value);
            if (last && *last > 0)
                arguments_.last = *last;
            has_last_ = true;
            return last && *last > 0;
        }
        if (name == "--log" || name == "--lists")
            return take_days(name, value);
        if (name == "--scale") {
            const auto scale = parse_number(value);
            if (scale && *scale >= 100 && *scale <= 200)
                arguments_.scale = static_cast<int>(*scale);
            return arguments_.scale.has_value();
        }
        if (name == "--size") {
            const std::size_t cross = value.find('x');
            const auto width = parse_number(std::string_view(value).substr(0, cross));
            const auto height = cross == std::string::npos
                                    ? std::nullopt
                                    : parse_number(std::string_view(value).substr(cross + 1));
            if (width && height && *width <= 16384 && *height <= 16384)
                arguments_.window_size = {static_cast<int>(*width), static_cast<int>(*height)};
            return arguments_.window_size.has_value();
        }
        return false;
    }

    bool take_days(const std::string& name, const std::string& value) {
        using mail::point::Retention;
        const bool is_log = name == "--log";
        const auto days = parse_days(value);
        if (!days || !(is_log ? Retention::is_log_days(*days) : Retention::is_list_days(*days)))
            return false;
        (is_log ? arguments_.log_days : arguments_.list_days) = *days;
        return true;
    }

    void check_whole() {
        const std::string_view misplaced = misplaced_option();
        if (arguments_.demo && arguments_.point)
            fail(text::usage_point_twice);
        else if (!misplaced.empty())
            fail(text::usage_unknown_option, {{"x", std::string(misplaced)}});
        else
            check_needs();
    }

    /// One that the action does not have; "" if none.
    [[nodiscard]] std::string_view misplaced_option() const {
        const Action action = arguments_.action;
        const bool window = action == Action::window, run = action == Action::run,
                   extract = action == Action::extract, password = action == Action::password,
                   propose = action == Action::propose, exports = action == Action::export_,
                   imports = action == Action::import;
        const bool authorize = action == Action::authorize;
        const bool retention = action == Action::retention;
        if (arguments_.demo &&
            (password || extract || exports || imports || propose || authorize || retention))
            return "--demo";
        if (!retention && (arguments_.log_days || arguments_.list_days))
            return arguments_.log_days ? "--log" : "--lists";
        if (arguments_.json && (password || exports || imports || action == Action::save ||
                                arguments_.way == Way::answer || arguments_.way == Way::admin_page))
            return "--json";
        if (!surplus_way_.empty() || (!way_.empty() && !authorize))
            return surplus_way_.empty() ? way_ : surplus_way_;
        if (arguments_.remove && !password)
            return "--delete";
        if (arguments_.point && !window && !exports && action != Action::log &&
            action != Action::report && action != Action::ocr && !works_on_a_mailbox())
            return "--point";
        const bool removes = action == Action::remove, decides = action == Action::decide,
                   saves = action == Action::save;
        if (!arguments_.uids.empty() && !run && !removes && !decides && !saves &&
            action != Action::restore)
            return "--uid";
        if (has_last_ && action != Action::what_if)
            return "--last";
        if (arguments_.date && action != Action::report)
            return "--date";
        if (arguments_.csv && action != Action::log && action != Action::report)
            return "--csv";
        if (arguments_.take && action != Action::watch && !decides)
            return "--take";
        if (const std::string_view of_decide = option_of_decide(); !of_decide.empty() && !decides)
            return of_decide;
        if (const std::string_view of_ocr = option_of_ocr();
            !of_ocr.empty() && action != Action::ocr)
            return of_ocr;
        if (const std::string_view of_remove = option_of_remove(); !of_remove.empty() && !removes)
            return of_remove;
        const bool has_target =
            run || extract || saves || exports || window || action == Action::watch;
        return arguments_.out && !has_target ? "--out" : "";
    }

    /// Without --mailbox the other two mean nothing.
    [[nodiscard]] std::string_view option_of_remove() const {
        if (arguments_.anyway)
            return "--anyway";
        if (arguments_.marked != Arguments::Marked::ask)
            return "--marked";
        return arguments_.from_mailbox ? "--mailbox" : "";
    }

    [[nodiscard]] std::string_view option_of_decide() const {
        if (arguments_.skip)
            return "--skip";
        if (arguments_.by_rules)
            return "--by-rules";
        return arguments_.part.empty() ? "" : "--part";
    }

    [[nodiscard]] std::string_view option_of_ocr() const {
        if (arguments_.watch)
            return "--watch";
        if (arguments_.retry)
            return "--retry";
        if (arguments_.show)
            return "--show";
        return arguments_.allow_command ? "--allow-command" : "";
    }

    [[nodiscard]] bool works_on_a_mailbox() const {
        const Action action = arguments_.action;
        return action == Action::remove || action == Action::restore || action == Action::list ||
               action == Action::run || action == Action::password || action == Action::diagnose ||
               action == Action::authorize || action == Action::what_if ||
               action == Action::watch || action == Action::decide || action == Action::save;
    }

    void check_needs() {
        const Action action = arguments_.action;
        const bool pointless = !arguments_.point && !arguments_.demo;
        if (pointless && works_on_a_mailbox())
            fail(action == Action::password || action == Action::authorize
                     ? text::usage_stored_point_needed
                     : text::usage_point_needed);
        if (!arguments_.point && action == Action::ocr)
            fail(text::usage_value_missing, {{"x", "--point"}});
        if (pointless && action == Action::export_)
            fail(text::usage_value_missing, {{"x", "--point"}});
        if (action == Action::export_ && arguments_.point && !arguments_.out)
            fail(text::usage_value_missing, {{"x", "--out"}});
        if (action == Action::remove && arguments_.uids.empty())
            fail(text::usage_uid_needed);
        if (action == Action::remove && !arguments_.from_mailbox && !option_of_remove().empty())
            fail(text::usage_unknown_option, {{"x", std::string(option_of_remove())}}, "--mailbox");
        if (action == Action::decide)
            check_decision();
        if (action == Action::save)
            check_save();
        if (arguments_.csv && arguments_.json)
            fail(text::usage_csv_or_json);
        if (action == Action::extract && arguments_.file.empty())
            fail(text::usage_file_needed);
        if (action == Action::import && arguments_.file.empty())
            fail(text::usage_definition_needed);
        if (action == Action::propose && !mail::point::split_address(arguments_.address))
            fail(text::usage_address_needed);
    }

    void check_save() {
        if (arguments_.uids.size() != 1)
            fail(text::usage_one_uid);
        else if (!arguments_.out)
            fail(text::usage_value_missing, {{"x", "--out"}});
    }

    void check_decision() {
        const int decisions =
            (arguments_.take ? 1 : 0) + (arguments_.skip ? 1 : 0) + (arguments_.by_rules ? 1 : 0);
        if (arguments_.uids.size() != 1)
            fail(text::usage_one_uid);
        else if (decisions != (arguments_.part.empty() ? 0 : 1))
            fail(text::usage_decision_needed);
    }

    const std::vector<std::string>& words_;
    std::size_t at_ = 0;
    Arguments arguments_;
    UsageError error_;
    bool action_given_ = false;
    bool has_last_ = false;
    std::string_view way_, surplus_way_;  ///< as given; "" none
};

}  // namespace

tl::expected<Arguments, UsageError> parse_arguments(const std::vector<std::string>& words) {
    return Parser(words).parse();
}

std::optional<std::vector<std::uint32_t>> parse_uid_set(std::string_view text) {
    std::vector<std::uint32_t> uids;
    while (true) {
        const std::size_t comma = text.find(',');
        const std::string_view piece = text.substr(0, comma);
        const std::size_t colon = piece.find_first_of(":-");
        const auto first = parse_number(piece.substr(0, colon));
        const auto last =
            colon == std::string_view::npos ? first : parse_number(piece.substr(colon + 1));
        if (!first || !last)
            return std::nullopt;
        const auto [low, high] = std::minmax(*first, *last);
        if (high - low >= most_uids - uids.size())
            return std::nullopt;
        // Wider than a UID: the largest there is must end the loop, too.
        for (std::uint64_t uid = low; uid <= high; ++uid)
            uids.push_back(static_cast<std::uint32_t>(uid));
        if (comma == std::string_view::npos)
            break;
        text.remove_prefix(comma + 1);
    }
    std::ranges::sort(uids);
    uids.erase(std::unique(uids.begin(), uids.end()), uids.end());
    return uids;
}

std::string_view name_of(Action action) {
    for (const auto& [name, one] : actions)
        if (one == action)
            return name;
    return "";
}

}  // namespace app
