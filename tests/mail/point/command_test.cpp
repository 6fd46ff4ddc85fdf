#include "mail/point/command.h"

#include <gtest/gtest.h>

namespace mail::point {

namespace {

using Words = std::vector<std::string>;
using What = CommandFault::What;

/// Program and arguments, with "/i n" and "/o" for {in} and {out}.
Words words(std::string_view text) {
    const auto command = Command::parse(text);
    EXPECT_TRUE(command) << text;
    if (!command)
        return {};
    Words all = command->arguments("/i n", "/o");
    all.insert(all.begin(), command->program());
    return all;
}

}  // namespace

TEST(Command, is_cut_at_blanks_and_its_paths_put_in) {
    EXPECT_EQ(words("ocrmypdf -l pol {in} {out}"), (Words{"ocrmypdf", "-l", "pol", "/i n", "/o"}));
    EXPECT_EQ(words("  ocr\t{in}\n"), (Words{"ocr", "/i n"}));
    EXPECT_EQ(words("ocr --to={out} --side {out}.txt {in}"),
              (Words{"ocr", "--to=/o", "--side", "/o.txt", "/i n"}));
    EXPECT_EQ(words("ocr {in} {IN} {} {x} }{"), (Words{"ocr", "/i n", "{IN}", "{}", "{x}", "}{"}));
}

TEST(Command, has_one_word_between_quotes_whatever_stands_there) {
    EXPECT_EQ(words(R"("C:\Program Files\ocr.exe" '-a "b' "" {in})"),
              (Words{R"(C:\Program Files\ocr.exe)", "-a \"b", "", "/i n"}));
    EXPECT_EQ(words(R"(ocr a"b c"d "{in}" $HOME `id` ;)"),
              (Words{"ocr", "ab cd", "/i n", "$HOME", "`id`", ";"}));
}

TEST(Command, takes_no_placeholder_out_of_a_path) {
    const auto command = Command::parse("ocr {in} {out}");
    ASSERT_TRUE(command);
    EXPECT_EQ(command->arguments("/{out}", "/{in}"), (Words{"/{out}", "/{in}"}));
}

TEST(Command, says_whether_there_is_an_out) {
    EXPECT_TRUE(Command::parse("ocr {in} --to={out}")->has_out());
    EXPECT_FALSE(Command::parse("ocr {in} out")->has_out());
}

TEST(Command, is_refused_with_what_is_wrong) {
    const auto fault = [](std::string_view text) {
        const auto command = Command::parse(text);
        EXPECT_FALSE(command) << text;
        return command ? What::open_quote : command.error().what;
    };
    EXPECT_EQ(fault("ocr \"{in}"), What::open_quote);
    EXPECT_EQ(fault("ocr 'a\" {in}"), What::open_quote);
    EXPECT_EQ(fault(""), What::no_program);
    EXPECT_EQ(fault(" \t"), What::no_program);
    EXPECT_EQ(fault("\"\" {in}"), What::no_program);
    EXPECT_EQ(fault("{in}"), What::no_program);
    EXPECT_EQ(fault("/opt/{in} {in}"), What::no_program);
    EXPECT_EQ(fault("ocr a {out}"), What::without_in);
    EXPECT_EQ(fault("ocr {i}"), What::without_in);
}

TEST(Command, never_lets_a_files_name_into_what_a_program_may_read_as_a_command) {
    for (const char* text :
         {"sh -c 'ocr {in}'", "sh -c \"ocr '{in}' > {out}\"", "ocr $({in})", "ocr `{in}`",
          "ocr a;{in}", "ocr a|{in}", "ocr >{in}", "ocr 'a b{in}'", "ocr \"'{in}'\"", "sh -c {in}",
          "/bin/bash -lc x={in}", "env A=b dash -ec {in}", "CMD.EXE /C {in}",
          R"("C:\x\PowerShell.exe" -Command {in})", "pwsh -co {in}", "cmd /k type+{in}"}) {
        const auto command = Command::parse(text);
        ASSERT_FALSE(command) << text;
        EXPECT_EQ(command.error().what, What::placeholder_in_text) << text;
        EXPECT_NE(command.error().word.find('{'), std::string::npos) << text;
    }
    // The usual way to give a shell a name that it does not read.
    EXPECT_EQ(words(R"(sh -c 'ocr "$1" >"$2"' ocr {in} {out})"),
              (Words{"sh", "-c", R"(ocr "$1" >"$2")", "ocr", "/i n", "/o"}));
    EXPECT_EQ(words("grep -c {in}"), (Words{"grep", "-c", "/i n"}));
}

}  // namespace mail::point
