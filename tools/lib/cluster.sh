# shellcheck shell=bash
# The project's private PostgreSQL: reachable only through a socket in a folder of its owner, no TCP.

# As root the server runs as the user postgres, PostgreSQL refuses root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then
    (cd / && exec setpriv --reuid postgres --regid postgres --init-groups env -u LC_ALL HOME=/ "$@")
  else
    "$@"
  fi
}

# Below a folder that the server's user may not enter (/root) the data lies in postgres' home instead.
cluster_dir() {
  if [ -e "$DEV/cluster-path" ]; then cat "$DEV/cluster-path"; return; fi
  local dir=$DEV/pg
  if ! as_postgres test -x "$DEV"; then
    dir=$(getent passwd postgres | cut -d: -f6)/sales-odoo-$(echo "$DEV" | digest)
  fi
  echo "$dir" | tee "$DEV/cluster-path"
}

# A socket path may have 107 bytes, a project folder may be deeper: hence the short folder.
socket_dir() {
  local running
  running=$(sed -n 5p "$(cluster_dir)/postmaster.pid" 2>/dev/null || true)
  echo "${running:-${TMPDIR:-/tmp}/sales-odoo-$(echo "$DEV" | digest)}"
}

cluster_ctl() { as_postgres "$(postgres_bin)/pg_ctl" -D "$(cluster_dir)" "$@"; }

write_cluster_settings() {
  cat <<SETTINGS
listen_addresses = ''
unix_socket_directories = '$1'
unix_socket_permissions = 0700
max_connections = 80
shared_buffers = 512MB
max_wal_size = 4GB
# nothing here must survive a power cut
fsync = off
synchronous_commit = off
full_page_writes = off
# Compiling a query takes longer than running it on as few rows as tests have.
jit = off
# Tests leave tables empty between two transactions. Statistics that say so, taken by chance in that moment, make
# PostgreSQL join by reading everything again and again. The benchmarks take their own.
autovacuum = off
SETTINGS
}

own_by_server() { if [ "$(id -u)" = 0 ]; then chown -R postgres: "$@"; fi; }

create_cluster() {
  local data=$1
  say "PostgreSQL: new cluster"
  rm -rf "$data"
  mkdir -p "$data"
  chmod 700 "$data"
  own_by_server "$data"
  logged initdb as_postgres "$(postgres_bin)/initdb" -D "$data" -U odoo -E UTF8 --locale=C.UTF-8 \
    --auth-local=trust --auth-host=reject --no-sync
  echo "include_if_exists = 'project.conf'" >>"$data/postgresql.conf"
  : >"$data/.complete"
}

start_cluster() {
  local data socket
  data=$(cluster_dir)
  socket=$(socket_dir)
  if cluster_ctl status >/dev/null 2>&1; then
    [ -S "$socket/.s.PGSQL.5432" ] && return
    logged pg-stop cluster_ctl -m fast -w stop
  fi
  socket=${TMPDIR:-/tmp}/sales-odoo-$(echo "$DEV" | digest)
  [ "${#socket}" -lt 80 ] || die "the path of the database socket is too long ($socket): set TMPDIR to a short folder"
  mkdir -p "$socket"
  chmod 700 "$socket"
  own_by_server "$socket"
  write_cluster_settings "$socket" >"$data/project.conf"
  own_by_server "$data/project.conf"
  logged pg-start cluster_ctl -w -l "$data/server.log" start 9>&-
}

stop_cluster() {
  [ -e "$DEV/cluster-path" ] && [ -e "$(cluster_dir)/postmaster.pid" ] || return 0
  logged pg-stop cluster_ctl -m fast -w stop
}

# Promises a running cluster, and PGHOST and PGUSER that lead to it.
ensure_cluster() {
  [ -x "$(postgres_bin)/initdb" ] || die "no PostgreSQL server found; run 'make setup'"
  local data
  data=$(cluster_dir)
  [ -e "$data/.complete" ] || create_cluster "$data"
  start_cluster
  use_cluster
}

use_cluster() {
  PGHOST=$(socket_dir)
  export PGHOST PGUSER=odoo PGDATABASE=postgres
  unset PGPORT PGPASSWORD PGSERVICE
  PATH=$DEV/wk:$VENV/bin:$(postgres_bin):$PATH
  export PATH
}

# The configuration every Odoo of the project runs with.
write_odoo_conf() {
  local path
  path=$(IFS=,; for dir in $ADDONS_DIR $EXTRA_ADDONS; do
    if compgen -G "$dir/*/__manifest__.py" >/dev/null; then printf '%s,' "$dir"; fi
  done)
  mkdir -p "$DEV/data"
  cat >"$CONF.$$" <<SETTINGS
[options]
addons_path = ${path%,}
data_dir = $DEV/data
db_host = $PGHOST
db_user = odoo
http_interface = 127.0.0.1
list_db = False
SETTINGS
  if cmp -s "$CONF.$$" "$CONF"; then rm "$CONF.$$"; else mv "$CONF.$$" "$CONF"; fi
}
