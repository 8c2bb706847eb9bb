# shellcheck shell=bash
# Databases and their filestores, and the two templates the tests start from:
#   host_<key>   Odoo with the modules our addons build on; keyed by Odoo, libraries and module list
#   ours_<key>   a copy of it with our addons; keyed also by what the addons hold
# A finished database carries the comment "complete"; without it, it is a leftover of a break and goes.

TEMPLATE_FORMAT=1

sql() { psql -qAtX -v ON_ERROR_STOP=1 "$@" 9>&-; }
db_comment() { sql -c "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '$1'"; }
db_exists() { [ -n "$(sql -c "SELECT 1 FROM pg_database WHERE datname = '$1'")" ]; }
mark_db() { sql -c "COMMENT ON DATABASE \"$1\" IS '$2'"; }

drop_db() {
  sql -c "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)" 2>/dev/null || die "database $1 could not be dropped"
  rm -rf "${FILESTORE:?}/$1"
}

# The files are hard links: Odoo never writes into one, it adds and removes whole files.
clone_db() {
  drop_db "$2"
  sql -c "CREATE DATABASE \"$2\" TEMPLATE \"$1\"" || die "database $1 could not be copied"
  [ ! -d "$FILESTORE/$1" ] || cp -al "$FILESTORE/$1" "$FILESTORE/$2"
}

# install NAME ODOO-OPTIONS...: Odoo must log neither warning nor error, a module that is not there is one.
install_modules() {
  local log=$1
  shift
  logged "$log" "$VENV/bin/python" -m odoo "$@" --stop-after-init --no-http --max-cron-threads=0 --log-level=warn
  if grep -E '^[0-9-]+ [0-9:,]+ [0-9]+ (WARNING|ERROR|CRITICAL) ' "$LOGS/$log.log" >&2; then
    die "the installation logged the lines above ($LOGS/$log.log)"
  fi
}

# Browser tests need these bundles; built here once instead of in every copy.
warm_assets() {
  logged assets "$VENV/bin/python" "$ROOT/tools/lib/warm_assets.py" "$1"
}

newest_databases_but() { sql -c "SELECT datname FROM pg_database WHERE datname LIKE '$1\_%' ORDER BY oid DESC OFFSET $2"; }

forget_old_templates() {
  local name
  for name in $(newest_databases_but "$1" "$2"); do drop_db "$name"; done
}

# A run that was killed leaves databases named after its process: test_123, core_123_sale …
forget_broken_runs() {
  local name process
  for name in $(sql -c "SELECT datname FROM pg_database WHERE datname ~ '^(test|lint|core)_[0-9]+'"); do
    process=$(sed -E 's/^[a-z]+_([0-9]+).*/\1/' <<<"$name")
    [ -e "/proc/$process" ] || drop_db "$name"
  done
}

ours() { "$VENV/bin/python" "$ROOT/tools/lib/ours.py" "$@"; }

# Prints the name of the host template; builds it when there is none for this key.
host_template() {
  local modules name
  modules=$(ours host-modules) || exit 1
  name=host_$({ odoo_key; cat "$ROOT/requirements/odoo.txt"; echo "$TEMPLATE_FORMAT $modules"; } | digest)
  if [ "$(db_comment "$name")" != complete ]; then
    say "database template with Odoo's modules (once, about a minute): $modules"
    drop_db "$name"
    install_modules host-template -d "$name" -i "$modules"
    mark_db "$name" complete
    forget_old_templates host 2
  fi
  echo "$name"
}

# Prints the name of the template with our addons; builds it when the addons have changed.
test_template() {
  local host name addons
  addons=$(ours addons) || exit 1
  [ -n "$addons" ] || die "no installable addon in $ADDONS_DIR"
  host=$(host_template) || exit 1
  name=ours_$({ echo "$host"; ours content-hash; } | digest)
  if [ "$(db_comment "$name")" != complete ]; then
    say "database template with our addons: $addons"
    clone_db "$host" "$name"
    install_modules our-template -d "$name" -i "$addons"
    warm_assets "$name"
    mark_db "$name" complete
    forget_old_templates ours 3
  fi
  echo "$name"
}
