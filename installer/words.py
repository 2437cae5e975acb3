"""What the installation says, in Chinese and English: the program's own texts are not there yet."""

from typing import Final

_WORDS: Final = {
    "usage": (
        "用法：python3 installer/bootstrap.py install | demo [参数] | test [pytest 参数]",
        "Usage: python3 installer/bootstrap.py install | demo [arguments] | "
        "test [pytest arguments]",
    ),
    "option": (
        "install --window：另外安装在真实窗口中测试所需的系统软件包",
        "install --window: also installs the system packages for tests in a real window",
    ),
    "installing": (
        "正在安装依赖的软件包，首次需要一到几分钟……",
        "Installing the packages; the first time takes a minute or more...",
    ),
    "installed": ("安装完成，用时 {seconds} 秒。", "Installed in {seconds} s."),
    "ready": ("已经安装好，没有要做的事。", "Already installed; nothing to do."),
    "repairing": (
        "上次安装没有完成，现在重新安装。",
        "The last installation was not completed; installing anew.",
    ),
    "other_python": (
        "现有环境属于另一个 Python（{found}），现在为 {ours} 重新建立。",
        "The environment is of another Python ({found}); making it anew for {ours}.",
    ),
    "waiting": (
        "另一个安装正在进行，等它完成……",
        "Another installation is running; waiting for it...",
    ),
    "waited_too_long": (
        "另一个安装 {minutes} 分钟内没有完成。请结束它再试；锁文件：{file}",
        "Another installation did not finish within {minutes} minutes. End it and try again; "
        "lock: {file}",
    ),
    "no_space": (
        "磁盘空间不足：{folder} 所在磁盘剩 {free} MB，安装需要 {needed} MB。请清理后再试。",
        "Too little disk space: {free} MB left for {folder}, {needed} MB needed. Free some and "
        "try again.",
    ),
    "cannot_write": (
        "不能写入 {folder}：{why}。请检查文件夹权限。",
        "Cannot write to {folder}: {why}. See to the rights of the folder.",
    ),
    "no_lock_file": (
        "缺少文件 {file}，请重新获取完整的源代码。",
        "The file {file} is missing; get the complete source again.",
    ),
    "no_venv": (
        "这个 Python 不能建立虚拟环境（缺少 ensurepip）。请运行：{line}",
        "This Python cannot make a virtual environment (ensurepip is missing). Run: {line}",
    ),
    "venv_failed": (
        "虚拟环境没有建立成功，原因见上面的输出。",
        "The virtual environment could not be made; the output above tells why.",
    ),
    "uv_failed": (
        "uv 安装没有成功，改用 pip 再试一次。",
        "uv did not succeed; trying once more with pip.",
    ),
    "packages_failed": (
        "软件包没有安装成功，原因见上面的输出。请检查网络或软件源设置后再运行一次，会自动接着修复。",
        "The packages could not be installed; the output above tells why. Check the network or the "
        "package source and run it again: it repairs itself.",
    ),
    "system_packages": (
        "正在安装系统软件包：{packages}",
        "Installing system packages: {packages}",
    ),
    "system_packages_line": (
        "缺少系统软件包，窗口可能打不开。请运行：\n    {line}",
        "System packages are missing and the window may not open. Run:\n    {line}",
    ),
    "system_libraries": (
        "缺少系统库，窗口可能打不开，请用本系统的软件包管理器安装：{libraries}",
        "System libraries are missing and the window may not open; install them with your package "
        "manager: {libraries}",
    ),
    "interrupted": (
        "已中断。下次运行会自动修复。",
        "Interrupted. The next run repairs it.",
    ),
    "checks_failed": ("未通过：{names}", "Failed: {names}"),
}


class Stopped(Exception):
    """The installation cannot go on; `words` say why and what to do."""

    def __init__(self, word_id: str, **parameters: object) -> None:
        super().__init__(word_id)
        self.words = both(word_id, **parameters)


def both(word_id: str, **parameters: object) -> str:
    """The Chinese words and, in the next line, the English ones."""
    return "\n".join(words.format_map(parameters) for words in _WORDS[word_id])


def say(word_id: str, **parameters: object) -> None:
    """Prints both at once, also into a pipe."""
    print(both(word_id, **parameters), flush=True)
