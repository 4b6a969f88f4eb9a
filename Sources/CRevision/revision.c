#include "CRevision.h"

const char *rtc_exporter_revision(void) {
    return RTC_EXPORTER_REVISION;
}
