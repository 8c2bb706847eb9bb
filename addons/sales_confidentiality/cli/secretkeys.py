# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import argparse
import sys

from odoo import SUPERUSER_ID, api
from odoo.cli import Command
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tools import config

OPTION = "sales_confidentiality_key_file"


class Secretkeys(Command):
    """Manage the master keys of secret files.

    Rotation: --new puts a new key first in the file of keys, --rotate wraps the keys of all files with it. It may be
    stopped and started again at any time. When --status shows no file for a former key, its line can be removed.
    """

    def run(self, cmdargs):
        parser = argparse.ArgumentParser(prog=self.prog, description=self.__doc__)
        parser.add_argument("-c", "--config", help="configuration file of the server")
        parser.add_argument("-d", "--database", help="database; not needed for --new")
        action = parser.add_mutually_exclusive_group(required=True)
        action.add_argument("--new", action="store_true", help="put a new key first in the file of keys")
        action.add_argument("--rotate", action="store_true", help="wrap all keys of files with the first key")
        action.add_argument("--status", action="store_true", help="show how many files each key opens")
        action.add_argument("--verify", action="store_true", help="open every secret file and report those that do not")
        action.add_argument("--lift-all", action="store_true", help="store all files plainly, before an uninstall")
        options = parser.parse_args(cmdargs)
        arguments = ["--no-http"]
        for flag, value in (("-c", options.config), ("-d", options.database)):
            if value:
                arguments += [flag, value]
        config.parse_config(arguments, setup_logging=True)
        if options.new:
            sys.exit(self.new())
        if len(config["db_name"]) != 1:
            sys.exit("Name one database: -d DATABASE")
        with Registry(config["db_name"][0]).cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            files = env["ir.attachment"]
            try:
                ring = files._confidentiality_ring()
            except UserError as error:
                sys.exit(str(error))
            step = (
                "rotate" if options.rotate else "verify" if options.verify else "lift" if options.lift_all else "status"
            )
            sys.exit(getattr(self, step)(files, ring))

    def new(self):
        """Make a master key."""
        # Not the server's: Odoo need not be installed in a database for this.
        from odoo.addons.sales_confidentiality.cipher import KeyRing

        path = config.get(OPTION)
        if not path:
            return f"Set {OPTION} in the server's configuration first."
        self.say(f"New key {KeyRing.add_new(path)} in {path}. Keep a copy where the backups of the database are not.")
        return 0

    def rotate(self, files, ring):
        """Wrap the keys of all files with the current master key, a thousand in a transaction."""
        after, done, left = 0, 0, []
        while True:
            seen, failed = files._confidentiality_rewrap(after)
            files.env.cr.commit()
            if not seen:
                break
            after, done = seen[-1], done + len(seen) - len(failed)
            left += failed
        self.say(f"{done} files are under the key {ring.current} now.")
        if left:
            self.say(f"{len(left)} files could not be opened with any key: {left[:20]}")
        return 1 if left else 0

    def status(self, files, ring):
        """Show how many files each key opens."""
        for name, number in files._confidentiality_key_counts().items():
            mark = "current" if name == ring.current else "former" if name in ring else "MISSING"
            self.say(f"{name}  {number:>8} files  {mark}")
        return 0

    def verify(self, files, ring):
        """Open every secret file and report those that do not open."""
        broken = 0
        for file in self.secret(files):
            try:
                with file._confidentiality_unsealed() as reader:
                    file._confidentiality_verify(reader)
            except UserError as error:
                broken += 1
                self.say(f"{file.id}: {error}")
            file.invalidate_recordset()
        self.say(f"{broken} of {len(self.secret(files))} secret files do not open.")
        return 1 if broken else 0

    def lift(self, files, ring):
        """Store all files plainly."""
        failed = 0
        for file in self.secret(files):
            try:
                with file._confidentiality_unsealed() as reader:
                    file._confidentiality_lift(file._confidentiality_verify(reader).read())
                files.env.cr.commit()
            except UserError as error:
                files.env.cr.rollback()
                failed += 1
                self.say(f"{file.id}: {error}")
        return 1 if failed else 0

    def secret(self, files):
        return files.search([("confidentiality_key_name", "!=", False), ("id", "!=", False)], order="id")

    def say(self, text):
        sys.stdout.write(f"{text}\n")
