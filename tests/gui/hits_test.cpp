// What of a text the filter has found.

#include "gui/screens/hits.h"

#include <gtest/gtest.h>

namespace gui {
namespace {

std::vector<std::string> found(std::string_view text, std::string_view wanted) {
    std::vector<std::string> parts;
    for (const Hit& hit : hits_in(text, words_in(wanted)))
        parts.emplace_back(text.substr(hit.begin, hit.end - hit.begin));
    return parts;
}

using Parts = std::vector<std::string>;

TEST(Hits, are_found_without_case_and_diacritics) {
    EXPECT_EQ(found("Żak i Wspólnicy, ŻAKOWO", "zak"), (Parts{"Żak", "ŻAK"}));
    EXPECT_EQ(found("Zak", "żak"), (Parts{"Zak"}));
    EXPECT_EQ(found("Straße", "strasse"), (Parts{"Straße"}));
}

TEST(Hits, of_several_words_come_from_left_to_right_and_join) {
    EXPECT_EQ(found("Faktura za energię", "energie faktura"), (Parts{"Faktura", "energię"}));
    EXPECT_EQ(found("faktura", "fakt ktura"), (Parts{"faktura"}));
    EXPECT_EQ(found("aaaa", "aa"), (Parts{"aaaa"}));
}

TEST(Hits, keep_a_mark_with_its_letter) {
    EXPECT_EQ(found("wspo\u0301lnik", "wspol"), (Parts{"wspo\u0301l"}));
    EXPECT_EQ(found("wspo\u0301", "o"), (Parts{"o\u0301"}));
}

TEST(Hits, none_where_nothing_is_looked_for_or_nothing_fits) {
    EXPECT_EQ(found("Faktura", " "), Parts{});
    EXPECT_EQ(found("Faktura", "x"), Parts{});
    EXPECT_EQ(found("", "x"), Parts{});
    EXPECT_EQ(found("\xFF\xC5", "x"), Parts{});
}

}  // namespace
}  // namespace gui
