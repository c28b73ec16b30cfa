#!/bin/sh
# Starts the preview. With words behind it: any command, such as  ./开始.sh check .
cd "$(dirname "$0")" || exit 4
export PYTHONIOENCODING=utf-8:replace
program=@PROGRAM@
home=
for folder in "$program" .. .; do
  if [ -n "$folder" ] && [ -f "$folder/build.py" ] && [ -d "$folder/zwgk_site" ]; then
    home=$folder
    break
  fi
done
python=
for name in python3.13 python3.12 python3.11 python3 python; do
  if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    python=$name
    break
  fi
done
if [ -z "$python" ]; then
  cat <<'TEXT'
这台电脑没有 Python 3.11 或更新的版本。 No Python 3.11 or newer was found.
  统信、麒麟、Debian、Ubuntu：  sudo apt install python3 python3-venv
  版本太旧的，请向管理员要 Python 3.12；macOS：https://www.python.org/downloads/macos/
装好以后，再打开一次本文件。
TEXT
  exit 4
fi
[ $# -gt 0 ] || set -- serve . --open
if [ -n "$home" ]; then
  exec "$python" "$home/build.py" zwgk "$@"
fi
exec "$python" -m zwgk_site "$@"
