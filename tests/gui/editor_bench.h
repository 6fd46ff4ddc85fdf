#pragma once
// The point editor on a bench, for the tests of all that it does.

#include <memory>
#include <optional>
#include <utility>

#include "gui/screens/editor.h"
#include "tests/gui/driver.h"
#include "tests/gui/screen_bench.h"

namespace gui::test {

inline mail::point::Point good_point() {
    mail::point::Point point;
    point.id = "7";
    point.name = "Faktury kosztowe";
    point.connection.server = "imap.firma.example";
    point.connection.login = "faktury@firma.example";
    return point;
}

/// An editor on a bench, driven until it has an outcome.
struct Opened {
    explicit Opened(Editor given, text::Language language = text::Language::pl)
        : editor(std::move(given)) {
        bench.settings.language = language;
        driver.emplace([this] {
            if (outcome.kind == EditorOutcome::Kind::editing)
                bench.draw([this](Frame& frame) { outcome = editor.draw(frame); });
        });
        driver->frames(2);
    }
    Driver& d() { return *driver; }

    ScreenBench bench;
    Editor editor;
    EditorOutcome outcome;
    std::optional<Driver> driver;
};

inline Editor editor_of(const mail::point::Point& point,
                        mail::PointHealth health = mail::PointHealth::ok) {
    mail::PointView view;
    view.definition = std::make_shared<const mail::point::Point>(point);
    view.health = health;
    return Editor::for_point(view);
}

}  // namespace gui::test
