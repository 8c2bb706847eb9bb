# shellcheck shell=bash
# Odoo's own files: from ODOO_HOME, or unpacked from Debian's archive into the project's folder.
# The machine's package sources, preferences and installed packages stay as they are.

# Debian's package leaves this non-free file out although a bundle lists it; without any file each page
# logs a console error, and every browser test fails. Only the blur effect of Discuss calls uses it.
STRIPPED_ASSET=odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js

archive_address() {
  local address=$DEBIAN_MIRROR
  if [ -z "$address" ]; then
    # shellcheck disable=SC2016  # apt's own placeholders
    address=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' 'Origin: Debian' 2>/dev/null |
      grep -v -e security -e updates -e backports | cut -d' ' -f1 | sort -u | head -n 1)
  fi
  [ -n "$address" ] || die "apt knows no Debian archive here; set DEBIAN_MIRROR=<address>, ODOO_DEB=<file> or ODOO_HOME=<folder>"
  echo "$address"
}

# own_apt ARGS...: apt-get on a private set of lists, so that nothing of the machine is changed or believed
own_apt() {
  apt-get -q -o Dir::Etc::sourcelist="$APT/sources.list" -o Dir::Etc::sourceparts="$APT/parts" \
    -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts="$APT/parts" \
    -o Dir::State="$APT" -o Dir::State::lists="$APT/lists" -o Dir::State::status=/dev/null \
    -o Dir::Cache="$APT/cache" -o APT::Sandbox::User= -o Acquire::Languages=none -o Acquire::Retries=5 \
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false "$@"
}

update_lists() {
  local address suite
  address=$(archive_address) || exit 1
  : >"$APT/sources.list"
  for suite in $ODOO_SUITES $FONT_SUITE; do
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $address $suite main" >>"$APT/sources.list"
  done
  VALIDITY=()
  if own_apt -o APT::Update::Error-Mode=any update >"$LOGS/odoo-lists.log" 2>&1; then return; fi
  if ! grep -q 'is expired' "$LOGS/odoo-lists.log"; then
    tail -n 20 "$LOGS/odoo-lists.log" >&2
    die "the package lists of '$ODOO_SUITES' could not be read; offline? Set DEBIAN_MIRROR, ODOO_DEB=<file> or ODOO_HOME=<folder>"
  fi
  say "the archive's Release file has expired: going on without its date, its signature is still checked"
  VALIDITY=(-o Acquire::Check-Valid-Until=false)
  logged odoo-lists own_apt "${VALIDITY[@]}" -o APT::Update::Error-Mode=any update
}

download_packages() {
  local packages=(fonts-montserrat fonts-roboto-unhinted fonts-ocr-b libjs-jquery libjs-jquery-form libjs-underscore
    "fonts-font-awesome/$FONT_SUITE" "fonts-inconsolata/$FONT_SUITE")
  if [ -n "$ODOO_DEB" ]; then
    cp "$ODOO_DEB" "$APT/debs/" || die "ODOO_DEB=$ODOO_DEB cannot be read"
  else
    packages+=("odoo-19=$ODOO_SERIES.*")
  fi
  cd "$APT/debs" || exit 1
  own_apt "${VALIDITY[@]}" download --print-uris "${packages[@]}" >"$APT/uris" 2>"$LOGS/odoo-uris.log" || {
    cat "$LOGS/odoo-uris.log" >&2
    die "no odoo-19 $ODOO_SERIES.* in '$ODOO_SUITES'; set ODOO_SUITES='sid forky', ODOO_DEB=<file> or ODOO_HOME=<folder>"
  }
  logged odoo-download own_apt "${VALIDITY[@]}" download "${packages[@]}"
  # apt verified signature, list and checksum; this looks again at what now lies on the disk
  sed -nE "s/^'[^']*' (\S+) [0-9]+ SHA256:([0-9a-f]+)$/\2  \1/p" "$APT/uris" >"$APT/SHA256SUMS"
  sha256sum --quiet -c "$APT/SHA256SUMS" || die "a downloaded package is damaged; run 'make clean' and try again"
  [ -z "$ODOO_DEB" ] || (cd "$(dirname "$ODOO_DEB")" && sha256sum "$(basename "$ODOO_DEB")") >>"$APT/SHA256SUMS"
}

unpack_packages() {
  local deb tree=$DEV/odoo.new site=$DEV/odoo.new/usr/lib/python3/dist-packages broken
  rm -rf "$tree"
  mkdir -p "$tree"
  while read -r _ deb; do
    dpkg-deb --fsys-tarfile "$APT/debs/$deb" | tar -x -C "$tree" --no-same-owner \
      --exclude=./usr/lib/python3/dist-packages/addons --exclude=./usr/share/doc --exclude=./etc ||
      die "$deb could not be unpacked (disk full?)"
  done <"$APT/SHA256SUMS"
  [ -e "$site/$STRIPPED_ASSET" ] || {
    mkdir -p "$(dirname "$site/$STRIPPED_ASSET")"
    echo '/* left out by Debian */' >"$site/$STRIPPED_ASSET"
  }
  cp "$tree/usr/bin/odoo" "$site/odoo-bin"
  broken=$(find "$tree" -xtype l)
  [ -z "$broken" ] || die "Odoo's package links to files that are not there (FONT_SUITE=$FONT_SUITE?): $broken"
  cp "$APT/SHA256SUMS" "$tree/.sha256"
  rm -rf "$DEV/odoo"
  mv "$tree" "$DEV/odoo"
  rm -rf "$APT"
}

# Promises $ODOO_SRC with an Odoo of the right series, or stops.
ensure_odoo() {
  if [ -z "$ODOO_HOME" ] && [ ! -e "$DEV/odoo/.sha256" ]; then
    APT=$DEV/apt
    mkdir -p "$LOGS" "$APT"/{lists/partial,cache/archives/partial,debs,parts}
    say "Odoo $ODOO_SERIES: package lists"
    update_lists
    say "Odoo $ODOO_SERIES: download (about 130 MB)"
    (download_packages) || exit 1
    say "Odoo $ODOO_SERIES: unpack"
    unpack_packages
  fi
  [ -f "$ODOO_SRC/odoo/release.py" ] || die "$ODOO_SRC holds no Odoo (odoo/release.py)"
  grep -q 'version_info = (19, 0,' "$ODOO_SRC/odoo/release.py" ||
    die "$ODOO_SRC is not Odoo $ODOO_SERIES: $(grep '^version_info' "$ODOO_SRC/odoo/release.py")"
}

# A short text that changes when Odoo's files change.
odoo_key() {
  if [ -z "$ODOO_HOME" ]; then
    digest <"$DEV/odoo/.sha256"
  elif git -C "$ODOO_HOME" rev-parse HEAD >/dev/null 2>&1; then
    { git -C "$ODOO_HOME" rev-parse HEAD; git -C "$ODOO_HOME" status --porcelain; } | digest
  else
    find "$ODOO_HOME/" \( -name '*.py' -o -name '*.xml' -o -name '*.csv' \) -printf '%P %s %T@\n' | sort | digest
  fi
}
