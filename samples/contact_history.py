# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The history of contacts: who kept a customer, who lost it, who called on somebody else's."""

from datetime import datetime, time, timedelta

import names

WINDOW = 7
CONTACT_COLUMNS = [
    "id", "contact_date", "user_id", "partner_id/id", "channel", "direction", "summary", "interest", "next_step",
]
SELLERS = [person[0] for person in names.SALESPEOPLE if person[3] == "salesperson"]
LEAVER = next(person[0] for person in names.SALESPEOPLE if person[3] == "leaver")


class History:
    """Contacts of the last four months, customer by customer. ``day`` counts back from the reference date."""

    def __init__(self, rng, today):
        self.rng = rng
        self.today = today
        self.contacts = []

    def at(self, day, clock=None):
        clock = clock or time(self.rng.randrange(8, 19), self.rng.randrange(60))
        return datetime.combine(self.today - timedelta(days=day), clock)

    def add(self, unit, user, day, clock=None):
        self.contacts.append((self.at(day, clock), user, self.rng.choice(unit)))

    def hold(self, unit, user, day, end):
        """Let a salesperson keep in touch from ``day`` until about ``end`` without ever losing the customer."""
        self.add(unit, user, day)
        while day - end > 1:
            day = max(day - self.rng.randrange(2, WINDOW + 1), end)
            self.add(unit, user, day)
        return day

    def kept(self, unit):
        self.hold(unit, self.rng.choice(SELLERS), self.rng.randrange(12, 44), self.rng.randrange(1, 6))

    def lapsed(self, unit):
        end = self.rng.randrange(WINDOW + 2, 80)
        user = self.rng.choice([*SELLERS, LEAVER]) if end > 55 else self.rng.choice(SELLERS)
        self.hold(unit, user, end + self.rng.randrange(24), end)

    def taken_over(self, unit):
        """Lose the customer to a colleague, sometimes twice, sometimes to come back."""
        day, user = self.rng.randrange(70, 110), self.rng.choice([*SELLERS, LEAVER])
        while day > WINDOW + 12:
            day = self.hold(unit, user, day, max(day - self.rng.randrange(2, 22), 1))
            day -= self.rng.randrange(WINDOW + 1, WINDOW + 14)
            user = self.rng.choice(SELLERS)
        self.hold(unit, user, max(day, 2), 1 if self.rng.random() < 0.5 else max(day, 2))

    def contested(self, unit):
        """Colleagues call on a protected customer: it changes nothing, unless the owner is late once."""
        self.kept(unit)
        for _contact in range(self.rng.randrange(1, 5)):
            self.add(unit, self.rng.choice(SELLERS), self.rng.randrange(1, 40))

    def edges(self, units):
        """Contacts around the midnights and mornings on which protection turns."""
        owner, rival = SELLERS[:2]
        stories = [
            # last minute of the last day: prolonged, the rival of the next morning comes too late
            [(owner, 30, time(9)), (owner, 23, time(23, 59)), (rival, 22, time(0, 1))],
            # the first minute after it: lapsed, the rival has it
            [(owner, 30, time(9)), (rival, 22, time(0, 0)), (owner, 22, time(0, 1))],
            # owner himself a minute late: his again, but as a new registration
            [(owner, 30, time(9)), (owner, 22, time(0, 0))],
            # lapses at midnight of the reference date, has lapsed at its beginning
            [(owner, 7, time(0, 0))],
            [(owner, 8, time(23, 59))],
            # a night on which the date in UTC is still the day before
            [(owner, 20, time(1, 30)), (rival, 12, time(7, 45)), (rival, 5, time(7, 59))],
            # two people in the same minute: the upper row counts
            [(rival, 3, time(10)), (owner, 3, time(10))],
            [(owner, 3, time(10)), (rival, 3, time(10))],
        ]
        for unit, story in zip(units, stories):
            for user, day, clock in story:
                self.add(unit, user, day, clock)
        return units[len(stories):]

    def build(self, units):
        rng = self.rng
        units = self.edges(rng.sample(units, len(units)))
        shares = [(self.kept, 0.18), (self.contested, 0.09), (self.taken_over, 0.14), (self.lapsed, 0.34)]
        for unit in units:
            draw = rng.random()
            for story, share in shares:
                if draw < share:
                    story(unit)
                    break
                draw -= share
        self.contacts.sort(key=lambda contact: contact[0])

    def lines(self):
        rng = self.rng
        channels = list(names.OPENINGS)
        for number, (moment, user, customer) in enumerate(self.contacts, 1):
            channel = rng.choices(channels, [9, 5, 5, 3, 2, 1, 1])[0]
            opening = rng.choice(names.OPENINGS[channel])
            yield {
                "id": f"contact_{number:04d}",
                "contact_date": moment.strftime("%Y-%m-%d %H:%M:%S"),
                "user_id": user,
                "partner_id/id": customer,
                "channel": channel,
                "direction": rng.choice(["out", "out", "in", "two_way"]),
                "summary": f"{opening}{rng.choice(names.MATTERS)}，{rng.choice(names.OUTCOMES)}。",
                "interest": rng.choice(["", "none", "low", "medium", "high"]),
                "next_step": rng.choice(["", *names.NEXT_STEPS]),
            }
