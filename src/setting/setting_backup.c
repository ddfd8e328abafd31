/* How the city's backups stand. */
#include "setting/setting_backup.h"

#include "backup/history.h"
#include "backup/nightly.h"
#include "calendar/stockholm.h"
#include "store/city.h"

static struct str moment(const struct backup_event *event, struct arena *a)
{
    return event->at > 0 ? stockholm_moment(event->at, a) : S("");
}

enum status setting_backup_read(const struct city *city, struct db *db, int64_t now_at, struct arena *a,
                                struct setting_backup *out, struct err *e)
{
    struct backup_history h;
    struct nightly n;

    TRY(nightly_read(&city->file, a, &n, e));
    TRY(backup_history_read(db, a, &h, e));
    *out = (struct setting_backup){.is_nightly = n.folder != NULL,
                                   .done_at = moment(&h.done, a),
                                   .name = h.done.detail,
                                   .trial_at = moment(&h.trial, a),
                                   .is_trial_due = nightly_is_trial_due(&n, &h, now_at)};
    if (backup_history_is_failing(&h)) {
        out->failed_at = moment(&h.failed, a);
        out->reason = h.failed.detail;
    }
    return OK;
}
