#include "mail/mime/html_text.h"

#include <gtest/gtest.h>

#include "mail/base/utf8.h"

namespace mail::mime {

namespace {

std::string text_of(std::string_view html, std::size_t max_octets = 1 << 20) {
    return html_to_text(html, max_octets).text;
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i)
        all += text;
    return all;
}

}  // namespace

TEST(HtmlText, blocks_become_lines_and_blanks_run_together) {
    EXPECT_EQ(text_of("<html><body>Dzień\n  dobry,<br>w <b>załączeniu</b>\tfaktura.</body></html>"),
              "Dzień dobry,\nw załączeniu faktura.");
    EXPECT_EQ(text_of("<p>a</p><p>b</p>"), "a\n\nb");
    EXPECT_EQ(text_of("<div>a</div><div>b</div>"), "a\nb");
    EXPECT_EQ(text_of("<div>a</div><div><br></div><div>b</div>"), "a\n\nb") << "as Gmail writes";
    EXPECT_EQ(text_of("<p class=MsoNormal>a<o:p></o:p></p><p class=MsoNormal>&nbsp;</p>"
                      "<p class=MsoNormal>b</p>"),
              "a\nb")
        << "as Outlook writes";
    EXPECT_EQ(text_of("a<br><br><br><br>b"), "a\n\nb");
    EXPECT_EQ(text_of("a<hr>b"), "a\n---\nb");
    EXPECT_EQ(text_of("<pre>a\n  b</pre>"), "a\n  b");
}

TEST(HtmlText, references_of_every_kind_are_read) {
    EXPECT_EQ(text_of("&oacute;&Lstrok;&#243;&#xF3;&#XF3;"), "óŁóóó");
    EXPECT_EQ(text_of("5&nbsp;000&nbsp;z&lstrok; &lt;b&gt; &quot;&apos;&amp;"),
              "5 000 zł <b> \"'&");
    EXPECT_EQ(text_of("&rsquo;&hellip;&euro;&trade;&check;&copy"), "’…€™✓©");
    EXPECT_EQ(text_of("&#150;&#128;"), "–€") << "windows-1252 by number";
    EXPECT_EQ(text_of("R&D &unknown; & &#; &#x; &"), "R&D &unknown; & &#; &#x; &");
    EXPECT_EQ(text_of("&#0;&#xD800;&#99999999999;"), "\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(text_of("&#10;a&#7;b&#x202E;c"), "a bc") << "no control comes through";
}

TEST(HtmlText, what_is_no_text_is_dropped) {
    EXPECT_EQ(text_of("<head><title>T</title><style>p { color: red }</style>"
                      "<script>if (a < b) document.write('</p>')</script></head>a"),
              "a");
    EXPECT_EQ(text_of("a<!-- <p>x</p> --><!--[if mso]><p>mso</p><![endif]-->b"), "ab");
    EXPECT_EQ(text_of("a<![if !mso]>b<![endif]>c<?xml:namespace prefix=o /><!-->d"), "abcd");
    EXPECT_EQ(text_of("a<object><p>x</p></object><svg><text>x</text></svg>b"), "ab");
}

TEST(HtmlText, a_hidden_preheader_stays_hidden_and_what_fills_it_shows_nothing) {
    for (const std::string hidden :
         {"style='display:none'", "style=\"color:red; DISPLAY : none !important;\"", "hidden",
          "style='max-height:0px; overflow: hidden'", "style='visibility:hidden'",
          "style='opacity:0'"})
        EXPECT_EQ(text_of("<div " + hidden + ">x<span>y</span>z</div>a"), "a") << hidden;
    EXPECT_EQ(text_of("<td style='font-size:0'>a</td>"), "a")
        << "of a layout, its inside says more";
    EXPECT_EQ(text_of("<p data-x='display:none' style='xdisplay:none'>a</p>"), "a");
    EXPECT_EQ(text_of("Nowe&#847;&zwnj;&nbsp;&#8199;&#65279;&shy;&#847;&zwnj;&nbsp;<p>a"),
              "Nowe\n\na");
    EXPECT_EQ(text_of("<table><tr><td style='display:none'>x<td>a</table>b"), "a\nb")
        << "a cell without its end";
    EXPECT_EQ(text_of("<div style='display:none'>all</div>"), "all") << "rather than nothing";
}

TEST(HtmlText, lists_and_quotes_keep_their_marks) {
    EXPECT_EQ(text_of("<ul><li>a<li><p>b</p></li></ul>c"), "- a\n- b\nc");
    EXPECT_EQ(text_of("<ol start=3><li>a</li><li>b<ul><li>c</li></ul></li></ol>"),
              "3. a\n4. b\n  - c");
    EXPECT_EQ(text_of("a<blockquote>b<br>c<blockquote>d</blockquote></blockquote>e"),
              "a\n\n> b\n> c\n\n> > d\n\ne");
}

TEST(HtmlText, cells_of_a_row_stand_beside_each_other) {
    EXPECT_EQ(text_of("<table><tr><th>Nr</th><th>Kwota</th></tr>"
                      "<tr><td><p>1</p></td><td><p>10,00</p></td></tr></table>c"),
              "Nr | Kwota\n1 | 10,00\nc");
    EXPECT_EQ(text_of("<table><tr><td>a<td>b<tr><td>c<td>d</table>"), "a | b\nc | d");
    EXPECT_EQ(text_of("<table><tr><td>a<br>b</td><td>c</td><td>d</td></tr></table>"),
              "a\nb\nc | d");
    EXPECT_EQ(text_of("<table><tr><td> </td><td><table><tr><td>a</td></tr></table></td></tr>"
                      "<tr><td>b</td></tr></table>"),
              "a\nb")
        << "a layout shows no columns";
}

TEST(HtmlText, a_link_shows_its_address_only_where_its_text_is_another) {
    EXPECT_EQ(text_of("<a href='https://bank.example/'>bank.example</a>"), "bank.example");
    EXPECT_EQ(text_of("<a href='mailto:ala@firma.example'>ala@firma.example</a>"),
              "ala@firma.example");
    EXPECT_EQ(text_of("<a href='tel:+48221234567'>+48 22 123 45&nbsp;67</a>"), "+48 22 123 45 67");
    EXPECT_EQ(text_of("<a href='http://www.firma.example'>WWW.Firma.example</a>"),
              "WWW.Firma.example");
    EXPECT_EQ(text_of("<a href='https://evil.example/?a=1&amp;b=2&copy=3'>bank.example</a>."),
              "bank.example [https://evil.example/?a=1&b=2&copy=3].");
    for (const std::string nowhere :
         {"#top", "javascript:alert(1)", "data:text/html,x", "cid:1", ""})
        EXPECT_EQ(text_of("<a href='" + nowhere + "'>a</a>"), "a") << nowhere;
    EXPECT_EQ(text_of("<a href='https://x.example'><img src='https://x.example/pixel.gif'></a>a"),
              "a");
    EXPECT_EQ(text_of("<img alt='Logo &amp; firma' src=x>a"), "[Logo & firma] a");
    EXPECT_LT(text_of("<a href='https://x.example/" + std::string(9000, 'a') + "'>a</a>").size(),
              300U);
}

TEST(HtmlText, broken_html_gives_what_can_be_read) {
    EXPECT_EQ(text_of("a < b <3 <- c"), "a < b <3 <- c");
    EXPECT_EQ(text_of("a</b></p></td>b"), "ab");
    EXPECT_EQ(text_of("a<a title='>' href=\"x>y\">b</a>"), "ab");
    EXPECT_EQ(text_of("a<b"), "a");
    EXPECT_EQ(text_of("a<!-- no end"), "a");
    EXPECT_EQ(text_of("a<style>no end <p>b"), "a");
    EXPECT_EQ(text_of("<p <b>a"), "a");
    EXPECT_EQ(text_of(""), "");
}

TEST(HtmlText, no_more_comes_out_than_was_asked_for) {
    const auto text = html_to_text(repeated("<p>zażółć</p>", 1000), 100);
    EXPECT_TRUE(text.cut);
    EXPECT_LE(text.text.size(), 100U);
    EXPECT_TRUE(utf8::valid(text.text));
    EXPECT_FALSE(html_to_text("<p>a</p>", 100).cut);
}

// Each of these takes minutes, or all memory, where a reader recurses, builds a tree without a
// bound or looks back.
TEST(HtmlText, what_nests_without_end_or_never_closes_costs_no_more_than_its_octets) {
    const std::size_t many = 200'000;
    for (const std::string_view piece : {"<div>",
                                         "<b>",
                                         "<table><tr><td>",
                                         "<blockquote>",
                                         "<ul><li>",
                                         "<!",
                                         "<!--",
                                         "</",
                                         "<a href=",
                                         "<a href='https://x.example'>a",
                                         "&",
                                         "&#",
                                         "&am",
                                         "<p style='display:none'>",
                                         "<td>a",
                                         "<style>",
                                         "</style",
                                         "<a b=\"",
                                         "<p a a a>",
                                         "</p></div>",
                                         "<pre>\n"}) {
        const std::string text = text_of(repeated(piece, many) + "<p>end");
        EXPECT_TRUE(utf8::valid(text)) << piece;
        EXPECT_LE(text.size(), std::size_t{1} << 20) << piece;
    }
}

}  // namespace mail::mime
