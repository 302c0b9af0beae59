#!/bin/sh
# Opens the start page in the browser: for a click on macOS, or a terminal anywhere. Finds a Python that can run run.py.
cd "$(dirname "$0")" || exit 1

stay() {
    if [ -t 0 ]; then
        printf '\nPress Enter to close. 按回车键关闭。'
        read -r _
    fi
    exit 1
}

if [ ! -f run.py ]; then
    echo "run.py is not beside this file. Unpack the whole folder first, then open start.command in it."
    echo "本文件旁边没有 run.py。请先把整个文件夹解压出来，再打开其中的 start.command。"
    stay
fi
for python in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        "$python" run.py app && exit 0
        stay
    fi
done
echo "No Python 3.11 or newer was found on this computer."
echo "Install it (macOS: https://www.python.org/downloads/macos/, Debian: apt install python3 python3-pip), then open start.command again."
echo "没有找到 Python 3.11 或更新版本。"
echo "请先安装（macOS：https://www.python.org/downloads/macos/；Debian：apt install python3 python3-pip），再打开 start.command。"
stay
