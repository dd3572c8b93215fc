#!/bin/sh
# 鹿鸣 @VERSION@ 离线安装:不联网。 Installs Luming without any network.
#   sh install.sh [--to 目录] [--port 端口] [--demo] [--start]
set -eu

fail() { printf '%s\n' "$1" >&2; exit 1; }

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
to=${LUMING_TO:-/opt/luming}
port=8000
start=no
demo=0
while [ $# -gt 0 ]; do
  case $1 in
    --to) [ $# -ge 2 ] || fail "--to 后面要写安装目录。"; to=$2; shift 2 ;;
    --port) [ $# -ge 2 ] || fail "--port 后面要写端口号。"; port=$2; shift 2 ;;
    --demo) demo=1; shift ;;
    --start) start=yes; shift ;;
    -h|--help) sed -n 2,3p "$0"; exit 0 ;;
    *) fail "不认识的参数 $1。用法:sh install.sh [--to 目录] [--port 端口] [--demo] [--start]" ;;
  esac
done
case $port in ''|*[!0-9]*) fail "端口应是数字,给的是“$port”。" ;; esac

# --- 能不能装在这台机器上 ---
[ "$(uname -s)" = Linux ] || fail "这个安装包只能装在 Linux 上,这台机器是 $(uname -s)。"
[ "$(uname -m)" = "@ARCHITECTURE@" ] || fail "这个安装包是为 @ARCHITECTURE@ 处理器做的,这台机器是 $(uname -m)。请换用对应的安装包。"
glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null | sed 's/^glibc //')
[ -n "$glibc" ] || fail "这台机器没有 glibc(例如 Alpine),不能安装。需要 glibc @GLIBC@ 或更高版本。"
lowest=$(printf '%s\n%s\n' "@GLIBC@" "$glibc" | sort -t. -k1,1n -k2,2n | head -n 1)
[ "$lowest" = "@GLIBC@" ] || fail "系统的 glibc 是 $glibc,需要 @GLIBC@ 或更高版本。"
python=${PYTHON:-python@PYTHON@}
command -v "$python" >/dev/null 2>&1 || python=python3
command -v "$python" >/dev/null 2>&1 || fail "没有找到 Python @PYTHON@。请先安装,或用 PYTHON=路径 指定。"
found=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
[ "$found" = "@PYTHON@" ] || fail "这个安装包需要 Python @PYTHON@,找到的 $python 是 $found。请安装 Python @PYTHON@,或用 PYTHON=路径 指定。"
"$python" -c 'import ensurepip, venv' 2>/dev/null || fail "$python 缺少 venv。Debian、Ubuntu、统信UOS 请安装 python@PYTHON@-venv。"

# --- 安装包是否完整 ---
if command -v sha256sum >/dev/null 2>&1; then
  (cd "$here" && sha256sum --quiet -c SHA256SUMS) || fail "安装包不完整或被改动过,没有安装。请重新拷贝。"
fi

mkdir -p "$to" 2>/dev/null || fail "不能在 $to 写入。请换一个目录(--to),或以管理员身份运行。"
to=$(CDPATH= cd -- "$to" && pwd)
[ -w "$to" ] || fail "不能在 $to 写入。请换一个目录(--to),或以管理员身份运行。"

echo "安装到 $to ..."
"$python" -m venv --clear "$to/venv"
# Nothing that this machine tells pip elsewhere may count: the archive holds all.
PIP_CONFIG_FILE=/dev/null "$to/venv/bin/python" -m pip --isolated --quiet --disable-pip-version-check install --no-index --find-links "$here/wheels" \
  --no-deps --require-hashes --requirement "$here/requirements.txt" || fail "组件没有装上,没有改动数据。"
rm -rf "$to/packs"
cp -R "$here/packs" "$to/packs"

# --- 设置只在第一次写,升级时保留 ---
mkdir -p "$to/var"
chmod 700 "$to/var"
hosts=localhost,127.0.0.1
[ "$demo" = 1 ] || hosts=$hosts,$(hostname 2>/dev/null || echo localhost)
if [ ! -f "$to/settings.sh" ]; then
  cat > "$to/settings.sh" <<END
# 鹿鸣门户的设置,说明见 docs/guide/operations.md。改后重启生效。
export LUMING_HOME="\${LUMING_HOME:-$to/var}"
export LUMING_PACKS="\${LUMING_PACKS:-$to/packs}"
export LUMING_DEBUG="\${LUMING_DEBUG:-$demo}"
# 没有 HTTPS 的内网设为 0
export LUMING_HTTPS="\${LUMING_HTTPS:-0}"
# 访问用的名称或地址,用逗号分隔
export LUMING_HOSTS="\${LUMING_HOSTS:-$hosts}"
# 用 PostgreSQL 时去掉下一行的井号并改好
# export DATABASE_URL="postgresql://用户:密码@主机/库"
END
  chmod 600 "$to/settings.sh"
fi
cat > "$to/luming-portal" <<END
#!/bin/sh
. "$to/settings.sh"
exec "$to/venv/bin/luming-portal" "\$@"
END
chmod 755 "$to/luming-portal"

"$to/luming-portal" setup || fail "数据库没有建好。请看上面的提示。"

echo
echo "已装好鹿鸣 @VERSION@。"
echo "  启动:    $to/luming-portal serve --port $port"
echo "  后台任务: $to/luming-portal worker"
echo "  检查:    $to/luming-portal check"
echo "  地址:    http://127.0.0.1:$port/"
if [ "$start" = yes ]; then
  exec "$to/luming-portal" serve --port "$port"
fi
