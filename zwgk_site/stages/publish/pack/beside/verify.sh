#!/bin/sh
# Compares every file with manifest.sha256.  sh 校验.sh
cd "$(dirname "$0")" || exit 4
if command -v sha256sum >/dev/null 2>&1; then
  sha256sum --quiet -c manifest.sha256
elif command -v shasum >/dev/null 2>&1; then
  shasum -a 256 -c manifest.sha256 | grep -v ': OK$'
  shasum -a 256 -s -c manifest.sha256
else
  echo '这台电脑没有 sha256sum，请用浏览器打开 校验.html。 No sha256sum here: open 校验.html in a browser.'
  exit 4
fi
code=$?
if [ "$code" -eq 0 ]; then
  echo '全部文件完好。 All files are whole.'
else
  echo '有文件缺失或者变了，见上面。请重新复制一次。 Files are missing or changed: copy them again.'
fi
exit "$code"
