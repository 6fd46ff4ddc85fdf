#include "app/table.h"

#include <algorithm>
#include <numeric>

#include "mail/base/utf8.h"

namespace app {

namespace {

/// Columns on a terminal: code points, which is right for the scripts of our users' mails.
std::size_t width_of(std::string_view shown) {
    return static_cast<std::size_t>(std::ranges::count_if(
        shown, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Its first `columns`.
std::string_view start_of(std::string_view shown, std::size_t columns) {
    std::size_t at = 0;
    for (; columns > 0; --columns)
        static_cast<void>(mail::utf8::next(shown, at));
    return shown.substr(0, at);
}

}  // namespace

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)), widest_(columns_.size()) {
    for (const Column& column : columns_)
        add_cell(column.title);
}

std::size_t Table::add(std::initializer_list<std::string_view> cells) {
    constexpr std::size_t max_octets = 2000;
    for (const std::string_view cell : cells)
        if (cell.size() <= max_octets && mail::utf8::plain_octets(cell) == cell.size())
            add_cell(cell);
        else
            add_cell(mail::utf8::one_line(cell, max_octets));
    return cells_.size() / columns_.size() - 1;
}

void Table::add_cell(std::string_view shown) {
    const Cell cell{octets_.size(), shown.size(), width_of(shown)};
    std::size_t& widest = widest_[cells_.size() % columns_.size()];
    widest = std::max(widest, cell.width);
    octets_ += shown;
    cells_.push_back(cell);
}

std::vector<std::size_t> Table::widths(std::size_t at_most) const {
    constexpr std::size_t least = 12;
    std::vector<std::size_t> widths = widest_;
    std::size_t total = std::reduce(widths.begin(), widths.end(), 2 * (columns_.size() - 1));
    // The widest of those that may gives way first.
    while (total > at_most) {
        std::size_t widest = columns_.size();
        for (std::size_t i = 0; i < columns_.size(); ++i)
            if (columns_[i].shrinks && widths[i] > least &&
                (widest == columns_.size() || widths[i] > widths[widest]))
                widest = i;
        if (widest == columns_.size())
            break;
        --widths[widest];
        --total;
    }
    return widths;
}

void Table::append(std::string& lines, const Cell& cell, std::size_t width) const {
    const std::string_view shown = std::string_view(octets_).substr(cell.begin, cell.octets);
    if (cell.width <= width)
        lines += shown;
    else
        lines.append(start_of(shown, width - 1)).append("…");
}

void Table::append_row(std::string& lines, std::size_t row,
                       const std::vector<std::size_t>& widths) const {
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        const Cell& cell = cells_[row * columns_.size() + column];
        const std::size_t blanks = widths[column] - std::min(cell.width, widths[column]);
        const bool is_right = columns_[column].side == Side::right;
        lines.append(is_right ? blanks : 0, ' ');
        append(lines, cell, widths[column]);
        if (column + 1 == columns_.size())
            lines += '\n';
        else
            lines.append((is_right ? 0 : blanks) + 2, ' ');
    }
}

std::string Table::text(int columns_at_most) const {
    std::vector<std::size_t> rows(cells_.size() / columns_.size() - 1);
    std::iota(rows.begin(), rows.end(), 1U);
    return text(columns_at_most, rows);
}

std::string Table::text(int columns_at_most, const std::vector<std::size_t>& rows) const {
    const auto widths = this->widths(static_cast<std::size_t>(columns_at_most));
    std::string lines;
    lines.reserve(octets_.size() + cells_.size() * 4);
    append_row(lines, 0, widths);
    for (const std::size_t row : rows)
        append_row(lines, row, widths);
    return lines;
}

}  // namespace app
