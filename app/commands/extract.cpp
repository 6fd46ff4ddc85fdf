#include <algorithm>
#include <string>
#include <utility>

#include "app/commands/commands.h"
#include "app/commands/printed.h"
#include "app/stop_watch.h"
#include "app/terminal.h"
#include "gui/text/cli.h"
#include "gui/text/format.h"
#include "gui/text/plurals.h"
#include "mail/mime/source.h"
#include "mail/work/extract.h"

namespace app {

namespace text = gui::text;

namespace {

// A mail on standard input is held in memory.
constexpr std::size_t most_input_octets = 256 << 20;

mail::Result<std::unique_ptr<mail::mime::Source>> open_mail(const std::string& file) {
    if (file != "-")
        return mail::mime::open_source(file);
    auto content = read_standard_input(most_input_octets);
    if (!content)
        return mail::fail(mail::Cause::part_too_large, mail::Layer::mime, mail::Reach::message,
                          {{"path", "-"}, {"limit", std::to_string(most_input_octets)}});
    return mail::mime::source_of(std::move(*content));
}

}  // namespace

ExitCode extract(const Arguments& arguments, text::Language language) {
    const auto source = open_mail(arguments.file);
    if (!source)
        return fail_with(source.error(), arguments, language);
    const std::optional<std::string> folder =
        arguments.out ? std::optional(mail::absolute_path(*arguments.out)) : std::nullopt;
    const StopWatch stop;
    const auto extraction =
        mail::work::extract(mail::real_disk(), **source, folder, {}, stop.wait());
    if (!extraction && extraction.error().cause == mail::Cause::cancelled && !arguments.json) {
        say(std::string(text::run_stopped.in(language)));
        return ExitCode::failed;
    }
    if (!extraction)
        return fail_with(extraction.error(), arguments, language);
    if (arguments.json) {
        print(extraction_json(*extraction));
    } else {
        std::uint64_t count = 0;
        std::uint64_t octets = 0;
        for (const mail::PartView& part : extraction->parts)
            if (part.counts) {
                ++count;
                octets += part.size_octets;
            }
        if (count > 0)
            print(parts_table(extraction->parts, {language, output_columns()}));
        if (folder)
            print(text::fill(text::run_folder, language, {{"folder", *folder}}) + "\n");
        say(count == 0
                ? std::string(text::extract_none.in(language))
                : text::fill(text::extract_summary, language,
                             {{"attachments", text::counted(text::attachment, language, count)},
                              {"size", text::size(octets, language)}}));
    }
    const bool any_failed = std::ranges::any_of(
        extraction->parts, [](const mail::PartView& part) { return part.error.has_value(); });
    return any_failed ? ExitCode::failed : ExitCode::done;
}

}  // namespace app
