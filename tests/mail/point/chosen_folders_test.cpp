#include "mail/point/chosen_folders.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "mail/base/disk.h"
#include "tests/fakes/scratch_folder.h"

namespace mail::point {
namespace {

const SystemAccount ala{"1000", "ala", true}, jan{"1001", "jan", true};

TEST(ChosenFolders, hold_one_folder_a_point_until_it_is_taken_back) {
    ChosenFolders chosen;
    EXPECT_EQ(chosen.of("a"), "");
    chosen.set("a", "/srv/a");
    chosen.set("b", "/srv/b");
    chosen.set("a", "/srv/Łódź – żółte");
    EXPECT_EQ(chosen.of("a"), "/srv/Łódź – żółte");
    chosen.set("b", "");
    chosen.set("c", "");
    EXPECT_EQ(chosen.of("b"), "");
    EXPECT_EQ(chosen.folders.size(), 1U);
}

TEST(ChosenFolders, each_account_has_a_file_of_its_own_with_a_name_for_any_disk) {
    EXPECT_EQ(chosen_folders_file(ala), "target-folders-ala-1000.json");
    EXPECT_EQ(chosen_folders_file({"S-1-5-21-7-500", "FIRMA\\Żaneta Łoś", false}),
              "target-folders-firma-zaneta-los-s-1-5-21-7-500.json");
    EXPECT_TRUE(is_chosen_folders_file(chosen_folders_file(jan)));
    EXPECT_FALSE(is_chosen_folders_file("settings.json"));
}

TEST(ChosenFolders, come_back_as_they_were_saved_with_what_others_wrote_into_the_file) {
    auto chosen = parse_chosen_folders(R"({"version":1,"account":"1000","account_name":"ala",
        "note":"x","folders":[{"point":"a","folder":"/srv/ąę","since":"today"}]})");
    ASSERT_TRUE(chosen);
    chosen->set("b", "C:\\Faktury");
    EXPECT_EQ(parse_chosen_folders(format_chosen_folders(*chosen)).value(), *chosen);
    EXPECT_NE(format_chosen_folders(*chosen).find("\"since\": \"today\""), std::string::npos);
}

TEST(ChosenFolders, of_a_number_that_was_somebody_elses_are_none) {
    const fakes::ScratchFolder folder;
    const std::string path = folder / "f.json";
    EXPECT_EQ(load_chosen_folders(real_disk(), path, ala).value().folders.size(), 0U);
    ChosenFolders chosen{"1000", "ala", {{"a", "/srv/a"}}};
    ASSERT_TRUE(save_chosen_folders(real_disk(), path, chosen));
    EXPECT_EQ(load_chosen_folders(real_disk(), path, ala).value(), chosen);
    const auto others = load_chosen_folders(real_disk(), path, {"1000", "ola", true});
    EXPECT_EQ(others.value(), (ChosenFolders{"1000", "ola", {}}));
}

TEST(ChosenFolders, that_cannot_be_read_are_an_error_that_names_the_file) {
    const fakes::ScratchFolder folder;
    const std::string path = folder / "f.json";
    for (const char* content :
         {"{", R"({"version":1,"folders":[{"point":"a"}]})",
          R"({"version":1,"folders":[{"point":"a","folder":"/x"},{"point":"a","folder":"/y"}]})"}) {
        std::ofstream(path, std::ios::binary) << content;
        const auto loaded = load_chosen_folders(real_disk(), path, ala);
        ASSERT_FALSE(loaded) << content;
        EXPECT_EQ(loaded.error().cause, Cause::point_damaged);
        EXPECT_EQ(loaded.error().fact("file"), path);
    }
}

}  // namespace
}  // namespace mail::point
