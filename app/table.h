#pragma once
// Text in columns, for a terminal.

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// All cells lie in one text: the list of a large mailbox has a million.
class Table {
public:
    enum class Side { left, right };
    struct Column {
        std::string title;
        Side side = Side::left;
        bool shrinks = false;  ///< takes less where the line would be too long
    };
    explicit Table(std::vector<Column> columns);

    /// One cell a column. The number of the row, from 1: row 0 has the titles.
    std::size_t add(std::initializer_list<std::string_view> cells);
    /// All of it, in the order in which it was added.
    [[nodiscard]] std::string text(int columns_at_most) const;
    /// The titles, then these rows.
    [[nodiscard]] std::string text(int columns_at_most, const std::vector<std::size_t>& rows) const;

private:
    struct Cell {
        std::size_t begin, octets, width;
    };
    void add_cell(std::string_view shown);
    [[nodiscard]] std::vector<std::size_t> widths(std::size_t at_most) const;
    void append(std::string& lines, const Cell& cell, std::size_t width) const;
    void append_row(std::string& lines, std::size_t row,
                    const std::vector<std::size_t>& widths) const;

    std::vector<Column> columns_;
    std::string octets_;
    std::vector<Cell> cells_;  ///< row by row, the first of titles
    std::vector<std::size_t> widest_;
};

}  // namespace app
