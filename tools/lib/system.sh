# shellcheck shell=bash
# What has to come from the operating system. Each line of the table is a probe and the Debian package that satisfies it.

postgres_bin() {
  local dir
  if [ -n "${PG_BIN:-}" ]; then echo "$PG_BIN"; return; fi
  dir=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
  [ -n "$dir" ] || dir=$(dirname "$(command -v initdb || echo /nowhere/initdb)")
  echo "$dir"
}

python_fits() {
  "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))' >/dev/null 2>&1
}

find_python() {
  local candidate
  for candidate in ${PYTHON:-python3 python3.12 python3.11 /usr/bin/python3}; do
    if python_fits "$candidate"; then command -v "$candidate"; return; fi
  done
  return 1
}

has_library() { case "$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p)" in *"$1"*) ;; *) return 1 ;; esac; }
has_browser() { command -v google-chrome || command -v chromium || command -v chromium-browser; }
has_chinese_font() { [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ]; }

missing_packages() {
  [ -x "$(postgres_bin)/initdb" ] || echo postgresql
  find_python >/dev/null || echo python3-venv
  has_browser >/dev/null || echo chromium
  command -v fc-list >/dev/null || echo fontconfig
  has_chinese_font || echo fonts-wqy-microhei
  [ -n "$(fc-list 'DejaVu Sans' 2>/dev/null)" ] || echo fonts-dejavu-core
  has_library libmagic.so.1 || echo libmagic1
  command -v setpriv >/dev/null || echo util-linux
  command -v git >/dev/null || echo git
  command -v curl >/dev/null || echo curl
  if [ "$WK_PATCHED" = 1 ] && [ "$(uname -m)" = x86_64 ]; then
    has_library libXrender.so.1 || echo libxrender1
    has_library libXext.so.6 || echo libxext6
    has_library libfontconfig.so.1 || echo libfontconfig1
  else
    command -v wkhtmltopdf >/dev/null || echo wkhtmltopdf
  fi
  if [ -z "$ODOO_HOME" ]; then
    [ -e /usr/share/keyrings/debian-archive-keyring.gpg ] || echo debian-archive-keyring
  fi
}

# Promises that every probe holds afterwards, or stops saying what to install.
ensure_system() {
  local packages
  packages=$(missing_packages | xargs)
  [ -n "$packages" ] || return 0
  if ! command -v apt-get >/dev/null; then
    die "this system lacks (Debian names): $packages. Install them with your package manager."
  fi
  if [ "$(id -u)" != 0 ]; then
    die "system packages are missing; run once: sudo apt-get install --no-install-recommends $packages"
  fi
  say "system packages: $packages"
  # postgresql must not start a cluster of its own: the project has a private one
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] ||
    echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  logged apt-update apt-get update -q
  # shellcheck disable=SC2086  # a list of package names
  logged apt-install env DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends $packages
  packages=$(missing_packages | xargs)
  [ -z "$packages" ] || die "still missing after the installation: $packages (PYTHON=${PYTHON:-unset}: 3.11 or 3.12 with venv)"
}
