#ifndef RTC_EXPORTER_REVISION_H
#define RTC_EXPORTER_REVISION_H

/// The commit that was built, "unknown" outside a checkout. A C target, because only C takes a value from the build.
const char *rtc_exporter_revision(void);

#endif
