# shellcheck shell=bash disable=SC2034
# Where things are and how a step reports. Sourced by every script in tools/; changes nothing by itself.
# Each variable can be set in the environment; `make help` lists them.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
DEV=${DEV_DIR:-$ROOT/.dev}
ADDONS_DIR=$(realpath -m "${ADDONS_DIR:-$ROOT/addons}")
EXTRA_ADDONS=${EXTRA_ADDONS:-}          # more addons folders (Enterprise, OCA), comma separated
ODOO_SERIES=19.0
ODOO_HOME=${ODOO_HOME:-}                # an Odoo 19.0 tree that is already there
ODOO_DEB=${ODOO_DEB:-}                  # an odoo-19 package file instead of the archive's
ODOO_SUITES=${ODOO_SUITES:-sid}         # Debian suites that hold odoo-19
FONT_SUITE=${FONT_SUITE:-bookworm}      # suite whose web fonts still match Odoo's links
DEBIAN_MIRROR=${DEBIAN_MIRROR:-}        # default: what apt is set up to use
PYTHON=${PYTHON:-}                      # interpreter for the virtual environment, 3.11 or 3.12
WK_PATCHED=${WK_PATCHED:-1}             # 0: the system's wkhtmltopdf instead of the one with patched Qt
DEMO_DB=${DEMO_DB:-demo}
PORT=${PORT:-8069}

VENV=$DEV/venv
LOGS=$DEV/log
CONF=$DEV/odoo.conf
FILESTORE=$DEV/data/filestore
export ODOO_RC=$CONF

if [ -n "$ODOO_HOME" ]; then
  ODOO_HOME=$(realpath -m "$ODOO_HOME")
  ODOO_SRC=$ODOO_HOME
  export PYTHONPYCACHEPREFIX=$DEV/pycache # nothing is written into that tree
else
  ODOO_SRC=$DEV/odoo/usr/lib/python3/dist-packages
fi

say() { printf '==> %(%H:%M:%S)T %s\n' -1 "$*" >&2; }

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# logged NAME COMMAND...: runs with its output in the log NAME; a failure shows the end of it and stops.
logged() {
  local log=$LOGS/$1.log rc=0
  shift
  mkdir -p "$LOGS"
  "$@" >"$log" 2>&1 </dev/null || rc=$?
  [ "$rc" = 0 ] && return
  tail -n 40 "$log" >&2
  die "'$1' ended with status $rc; the whole output is in $log"
}

# Two steps that build the same thing wait for each other. Daemons must be started with 9>&-.
lock_ground() {
  mkdir -p "$DEV"
  [ -w "$DEV" ] || die "$DEV is not writable for $(id -un); it belongs to $(stat -c %U "$DEV")"
  exec 9>"$DEV/.lock"
  flock -n 9 || { say "waiting for another run in $DEV"; flock 9; }
}

unlock_ground() { exec 9>&-; }

digest() { sha256sum | cut -c1-12; }
