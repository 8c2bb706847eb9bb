# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from bisect import bisect_left
from datetime import datetime, time, timedelta

from pytz import timezone, utc

from odoo import fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_datetime

# A calendar with fewer working days than one in this many calendar days is taken for a mistake.
SPARSEST_CALENDAR = 60


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_ownership_enabled = fields.Boolean(
        "Customer Ownership",
        help="From the moment this is switched on, customers can be registered and protected. "
        "Nothing that happened before is touched.",
    )
    sales_contact_backdate_hours = fields.Integer(
        "Late Entry Limit (Hours)",
        default=24,
        help="A contact that lies further back than this can no longer be recorded.",
    )
    sales_contact_summary_length = fields.Integer(
        "Shortest Summary (Characters)",
        default=10,
        help="A contact record with a shorter summary is refused.",
    )
    sales_owner_sync_salesperson = fields.Boolean(
        "Salesperson Follows Owner",
        help="Write the owner into the Salesperson field of the customer at every change of ownership.",
    )
    sales_digest_enabled = fields.Boolean(
        "Daily Reminder Mail",
        default=True,
        help="Send each owner at most one mail a day that lists the customers whose protection ends soon.",
    )

    def _sales_tz(self):
        """Return the pytz timezone in which this company counts days: its calendar's, else its address's, else UTC."""
        self.ensure_one()
        return timezone(self.resource_calendar_id.tz or self.partner_id.tz or "UTC")

    def _sales_deadline(self, start, hours=None, days=None):
        """Return when a task that starts now and then has to be done, counted in the company's working time.

        Working time is the attendance of the company's calendar less its public holidays and
        closures; lunch breaks do not count. ``hours`` are working hours. ``days`` are working days:
        the day of the start does not count and the deadline is the end of work on the last day.
        Without a calendar hours are plain hours and a day ends at 23:59:59 in the company's timezone.

        :param start: naive UTC datetime, or an iterable of them
        :param float hours: working hours, more than 0; exclusive with ``days``
        :param int days: working days, more than 0
        :return: naive UTC datetime, or a list in the order of ``start``
        :raises ValidationError: when the calendar holds too little working time to ever reach the deadline
        """
        self.ensure_one()
        if (hours is None) == (days is None) or (days if hours is None else hours) <= 0:
            raise ValueError("give either hours or days, more than zero")
        single = isinstance(start, datetime)
        starts = [start] if single else list(start)
        if not starts:
            return []
        if not self.resource_calendar_id:
            if hours is not None:
                ends = [moment + timedelta(hours=hours) for moment in starts]
            else:
                ends = [self._sales_end_of_day(moment, days) for moment in starts]
        elif hours is not None:
            ends = self._sales_working_hours_after(starts, hours)
        else:
            ends = self._sales_working_days_after(starts, days)
        return ends[0] if single else ends

    def _sales_window_end(self, starts, days, working=False):
        """Return when windows of some days end: at the end of the last day in the company's timezone (OWN-2).

        :param starts: iterable of naive UTC datetimes
        :param int days: length of the window, the day of the start not counted
        :param bool working: count only days on which the company's calendar has working time
        :return: list of naive UTC datetimes
        """
        self.ensure_one()
        starts = list(starts)
        if working and days and starts and self.resource_calendar_id:
            return [self._sales_end_of_day(end) for end in self._sales_working_days_after(starts, days)]
        return [self._sales_end_of_day(start, days) for start in starts]

    def _sales_users_of(self, group):
        """Return the active users of a group who work in this company, as superuser.

        :param str group: xml id
        """
        self.ensure_one()
        users = self.env.ref(group).sudo().all_user_ids
        return users.filtered(lambda user: user.active and not user.share and self in user.company_ids)

    def _sales_local_date(self, moment):
        """Return the date of a naive UTC datetime in the company's timezone."""
        return utc.localize(moment).astimezone(self._sales_tz()).date()

    def _sales_today(self):
        """Return the date of this moment in the company's timezone."""
        return self._sales_local_date(fields.Datetime.now())

    def _sales_format_moment(self, moment):
        """Return a naive UTC datetime in words, as the company sees it on its clock."""
        return format_datetime(self.env, moment, tz=self._sales_tz().zone, dt_format="medium")

    def _sales_end_of_day(self, moment, days=0):
        """Return the last second of the local day of ``moment``, or of a day later by ``days``, in naive UTC."""
        last_second = datetime.combine(self._sales_local_date(moment) + timedelta(days=days), time(23, 59, 59))
        return self._sales_tz().localize(last_second).astimezone(utc).replace(tzinfo=None)

    def _sales_working_intervals(self, starts, enough):
        """Return the company's working intervals from the first of ``starts``, in naive UTC.

        The horizon doubles until ``enough(intervals)`` holds.
        """
        calendar = self.resource_calendar_id
        first = utc.localize(min(starts))
        horizon = max(starts) - min(starts) + timedelta(days=14)
        longest = horizon + timedelta(days=SPARSEST_CALENDAR * 366)
        while True:
            batch = calendar._work_intervals_batch(first, first + horizon, tz=self._sales_tz())[False]
            intervals = [
                (begin.astimezone(utc).replace(tzinfo=None), end.astimezone(utc).replace(tzinfo=None))
                for begin, end, _attendances in batch
            ]
            if enough(intervals):
                return intervals
            if horizon > longest:
                raise ValidationError(
                    self.env._(
                        "The working calendar “%(calendar)s” has too little working time to count a deadline. "
                        "Please check its hours and closures.",
                        calendar=calendar.name,
                    )
                )
            horizon *= 2

    def _sales_working_hours_after(self, starts, hours):
        wanted, latest = timedelta(hours=hours), max(starts)

        def enough(intervals):
            # The first interval may have begun before the latest start: it does not count.
            return sum((end - begin for begin, end in intervals if begin >= latest), timedelta()) >= wanted

        intervals = self._sales_working_intervals(starts, enough)
        begins = [begin for begin, _end in intervals]
        worked = [timedelta()]
        for begin, end in intervals:
            worked.append(worked[-1] + (end - begin))
        deadlines = []
        for start in starts:
            position = bisect_left(begins, start)
            before = worked[position]
            if position and intervals[position - 1][1] > start:
                before -= intervals[position - 1][1] - start
            target = before + wanted
            last = bisect_left(worked, target) - 1
            deadlines.append(intervals[last][0] + (target - worked[last]))
        return deadlines

    def _sales_working_days_after(self, starts, days):
        tz = self._sales_tz()
        latest = self._sales_local_date(max(starts))

        def by_day(intervals):
            return {utc.localize(begin).astimezone(tz).date(): end for begin, end in intervals}

        def enough(intervals):
            return sum(date > latest for date in by_day(intervals)) > days

        ends = by_day(self._sales_working_intervals(starts, enough))
        dates = list(ends)
        return [
            ends[dates[bisect_left(dates, self._sales_local_date(start) + timedelta(days=1)) + days - 1]]
            for start in starts
        ]
