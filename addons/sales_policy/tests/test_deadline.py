# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import datetime, timedelta

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestDeadline(TransactionCase):
    """Working time of a company: lunch, weekends, holidays, timezone, summer time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create({"name": "Office", "tz": "Asia/Shanghai"})
        cls.company = cls.env["res.company"].create({"name": "Deadline Co"})
        cls.company.resource_calendar_id = cls.calendar

    def hours(self, start, hours):
        return self.company._sales_deadline(start, hours=hours)

    def days(self, start, days):
        return self.company._sales_deadline(start, days=days)

    def test_lunch_break_does_not_count(self):
        # Monday 11:00 in Shanghai; lunch from 12 to 13
        self.assertEqual(self.hours(datetime(2026, 5, 4, 3), 2), datetime(2026, 5, 4, 6))

    def test_hours_go_on_after_the_weekend(self):
        # Friday 16:00, work ends at 17:00
        self.assertEqual(self.hours(datetime(2026, 5, 8, 8), 2), datetime(2026, 5, 11, 1))

    def test_start_outside_working_time_counts_from_the_next_morning(self):
        self.assertEqual(self.hours(datetime(2026, 5, 9, 3), 1), datetime(2026, 5, 11, 1))

    def test_deadline_that_falls_on_the_end_of_work_is_that_end(self):
        self.assertEqual(self.hours(datetime(2026, 5, 4, 0), 8), datetime(2026, 5, 4, 9))

    def test_one_day_ends_with_work_on_the_next_working_day(self):
        self.assertEqual(self.days(datetime(2026, 5, 4, 3), 1), datetime(2026, 5, 5, 9))
        self.assertEqual(self.days(datetime(2026, 5, 8, 3), 1), datetime(2026, 5, 11, 9))
        self.assertEqual(self.days(datetime(2026, 5, 9, 3), 1), datetime(2026, 5, 11, 9))

    def test_day_is_counted_in_the_company_timezone(self):
        # 17:30 UTC on Monday is Tuesday 01:30 in Shanghai: the next working day is Wednesday
        self.assertEqual(self.days(datetime(2026, 5, 4, 17, 30), 1), datetime(2026, 5, 6, 9))

    def test_public_holidays_do_not_count(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Labour Day",
                "calendar_id": self.calendar.id,
                "company_id": self.company.id,
                "date_from": datetime(2026, 5, 4, 16),
                "date_to": datetime(2026, 5, 6, 15, 59, 59),
            }
        )
        self.assertEqual(self.days(datetime(2026, 5, 4, 3), 1), datetime(2026, 5, 7, 9))
        self.assertEqual(self.hours(datetime(2026, 5, 4, 8), 2), datetime(2026, 5, 7, 1))

    def test_summer_time_changes_the_clock_not_the_hours(self):
        self.calendar.tz = "Europe/Paris"
        # Friday 27 March 16:00 winter time to Monday 30 March 09:00 summer time
        self.assertEqual(self.hours(datetime(2026, 3, 27, 15), 2), datetime(2026, 3, 30, 7))
        self.assertEqual(
            self.company._sales_window_end([datetime(2026, 3, 27, 15)], 7), [datetime(2026, 4, 3, 21, 59, 59)]
        )

    def test_plain_time_without_calendar(self):
        self.company.resource_calendar_id = False
        self.company.partner_id.tz = "Asia/Shanghai"
        self.assertEqual(self.hours(datetime(2026, 5, 9, 3), 30), datetime(2026, 5, 10, 9))
        self.assertEqual(self.days(datetime(2026, 5, 9, 3), 1), datetime(2026, 5, 10, 15, 59, 59))

    def test_many_starts_agree_with_single_ones_in_constant_queries(self):
        starts = [datetime(2026, 5, 1) + timedelta(hours=7 * n) for n in range(60)]
        for unit, value in (("hours", 13), ("days", 3)):
            together = self.company._sales_deadline(starts, **{unit: value})
            self.assertEqual(together, [self.company._sales_deadline(start, **{unit: value}) for start in starts])
        self.assertEqual(self.queries(starts[:2]), self.queries(starts))

    def queries(self, starts):
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.company._sales_deadline(starts, hours=5)
        return self.cr.sql_log_count - before

    def test_window_of_working_days_ends_at_midnight_of_the_last_one(self):
        self.assertEqual(
            self.company._sales_window_end([datetime(2026, 5, 8, 3)], 2, working=True),
            [datetime(2026, 5, 12, 15, 59, 59)],
        )

    def test_calendar_without_working_time_is_reported(self):
        self.calendar.attendance_ids.unlink()
        with self.assertRaisesRegex(ValidationError, "too little working time"):
            self.hours(datetime(2026, 5, 4, 3), 2)

    def test_no_starts_no_deadlines(self):
        self.assertEqual(self.company._sales_deadline([], hours=2), [])
        with self.assertRaises(ValueError):
            self.company._sales_deadline(datetime(2026, 5, 4), hours=0)
        with self.assertRaises(ValueError):
            self.company._sales_deadline(datetime(2026, 5, 4), hours=1, days=1)
