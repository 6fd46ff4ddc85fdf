// What is done with OCR points; the rest of the class is shell.cpp's.

#include "gui/shell.h"

namespace gui {

OcrQueueScreen::State Shell::ocr_state(const mail::PointView& point) const {
    const std::string& id = point.definition->id;
    return {ocr_runner_.runs(id), ocr_runner_.refused(id)};
}

void Shell::follow_ocr(Frame& frame) {
    ocr_runner_.follow(frame);
    if (something_over() || welcome_)
        return;  // it waits
    const std::string wanted = ocr_runner_.take_question();
    if (const mail::PointView* point = frame.snapshot.point(wanted))
        ocr_consent_.open(*point);
}

void Shell::perform_ocr(Frame& frame, Act act, const mail::PointView& point) {
    using State = mail::store::OcrJob::State;
    const OcrFacts facts = ocr_queue_.facts(point, ocr_state(point), frame.language);
    if (act == Act::ocr_run) {
        if (facts.runs)
            ocr_runner_.stop(point_);
        else if (facts.run_off.empty())
            ocr_runner_.run(point_);
    } else if (act == Act::ocr_retry && facts.retry_off.empty()) {
        frame.post(mail::RetryOcr{point_, ocr_queue_.meant(point, State::failed)});
    } else if (act == Act::ocr_stop_file && facts.stop_file_off.empty()) {
        for (std::string& file : ocr_queue_.meant(point, State::running))
            frame.post(mail::StopOcrFile{point_, std::move(file)});
    } else if (act == Act::ocr_open_result && facts.open_result_off.empty()) {
        ocr_queue_.open_result(point);
    } else if (act == Act::ocr_open_file && facts.open_file_off.empty()) {
        ocr_queue_.open_file(point);
    } else if (act == Act::ocr_copy && facts.copy_off.empty()) {
        ocr_queue_.copy(point, frame.language);
    }
}

}  // namespace gui
