"""Why the system did not let a file be read or written, in words."""

from __future__ import annotations

import errno

from scenarios.wording import Text

_REASONS = {
    errno.EACCES: Text("没有权限，或正被别的程序占用", "no permission, or another program holds it"),
    errno.EPERM: Text("没有权限", "no permission"),
    errno.EROFS: Text("所在的盘只能读", "the disk can only be read"),
    errno.ENOSPC: Text("磁盘已满", "the disk is full"),
    errno.EDQUOT: Text("磁盘配额已用完", "the disk quota is used up"),
    errno.EFBIG: Text("文件太大", "the file is too large"),
    errno.ENAMETOOLONG: Text("名称太长", "the name is too long"),
    errno.ELOOP: Text("链接绕成了圈", "links go in a circle"),
    errno.EBUSY: Text("正被别的程序占用", "another program holds it"),
    errno.ETXTBSY: Text("正被别的程序占用", "another program holds it"),
    errno.ENOENT: Text("路径不存在", "there is no such path"),
    errno.ENOTDIR: Text("路径中有一段不是文件夹", "part of the path is no folder"),
    errno.EISDIR: Text("是文件夹", "it is a folder"),
    errno.EEXIST: Text("已经存在", "it is there already"),
    errno.ENOTEMPTY: Text("文件夹不是空的", "the folder is not empty"),
    errno.EMFILE: Text("打开的文件太多", "too many files are open"),
    errno.EIO: Text("磁盘读写出错", "the disk fails"),
}


def system_reason(error: OSError | ValueError) -> Text:
    """Return why the system refused, for the message about it; a path that no file can have is a `ValueError`."""
    if isinstance(error, OSError) and error.errno is not None:
        code = error.errno
        return _REASONS.get(code, Text(f"系统错误 {code}", f"system error {code}"))
    return Text("路径中有不能用的字符", "the path holds characters that cannot be")
