# Sourced by ./run and ./test: `prepare app|dev` makes .venv hold what the lock names, no more.

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

find_python() {
  for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python; do
    if command -v "$candidate" >/dev/null 2>&1 &&
      "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      "$candidate" -c 'import sys; print(sys.executable)'
      return
    fi
  done
  fail "Orchestre needs Python 3.11 or newer: install it, or name it with PYTHON=/path/to/python3 (on Debian: apt-get install python3 python3-venv)."
}

fingerprint() {
  "$python" - "$@" <<'PY'
import hashlib, pathlib, sys
total = hashlib.sha256()
for name in sys.argv[1:]:
    total.update(pathlib.Path(name).read_bytes())
total.update(sys.version.encode())
print(total.hexdigest()[:12])
PY
}

install_tool() {
  [ -x .tool/bin/uv ] && return
  "$python" -c 'import venv, ensurepip' 2>/dev/null ||
    fail "Python's venv module is missing (on Debian: apt-get install python3-venv)."
  "$python" -m venv .tool || fail "The folder .tool could not be created here: check that it is writable."
  .tool/bin/pip install -q --disable-pip-version-check uv==0.13.9 ||
    fail "The installer could not be fetched: check that this machine reaches a Python package index."
}

prepare() {
  local kind=$1 stamp
  python=$(find_python)
  export UV_PYTHON_DOWNLOADS=never UV_SYSTEM_CERTS=${UV_SYSTEM_CERTS:-true} # the machine says whom to trust
  stamp=.venv/.ready-$kind-$(fingerprint "requirements/$kind.lock" pyproject.toml)
  if [ "$kind" = app ] && [ -e ".venv/.ready-dev-$(fingerprint requirements/dev.lock pyproject.toml)" ]; then
    return # the developers' set holds the application's
  fi
  [ -e "$stamp" ] && return
  say "Installing (once, about a minute)…"
  install_tool
  [ -x .venv/bin/python ] || .tool/bin/uv venv -q --python "$python" .venv
  # compiled once here, rather than by the first page that each person opens
  VIRTUAL_ENV=$PWD/.venv .tool/bin/uv pip sync -q --compile-bytecode --require-hashes "requirements/$kind.lock"
  VIRTUAL_ENV=$PWD/.venv .tool/bin/uv pip install -q --no-deps --no-build-isolation -e .
  rm -f .venv/.ready-*
  touch "$stamp"
}
