import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from allocator.output.folder import replaced_folder
from scenarios.errors import InputError

MARK = '{"schema_version": 1}'


def write(folder, text):
    with replaced_folder(folder) as side:
        (side / "plan.json").write_text(MARK)
        (side / "table.csv").write_text(text)


def codes(error):
    return [finding.code for finding in error.value.findings]


def beside(folder):
    return [entry.name for entry in folder.parent.iterdir() if entry != folder]


def test_new_folder_with_parents(tmp_path):
    folder = tmp_path / "out" / "方案 一"
    write(folder, "a")
    assert sorted(entry.name for entry in folder.iterdir()) == ["plan.json", "table.csv"]
    assert beside(folder) == []


def test_old_output_is_replaced_and_other_files_stay(tmp_path):
    folder = tmp_path / "out"
    write(folder, "a")
    (folder / "notes.txt").write_text("mine")
    (folder / "more").mkdir()
    (folder / "more" / "x").write_text("too")
    write(folder, "b")
    assert (folder / "table.csv").read_text() == "b"
    assert (folder / "notes.txt").read_text() == "mine"
    assert (folder / "more" / "x").read_text() == "too"
    assert beside(folder) == []


def test_failure_inside_leaves_the_old_output(tmp_path):
    folder = tmp_path / "out"
    write(folder, "a")

    def fail():
        with replaced_folder(folder) as side:
            (side / "table.csv").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (folder / "table.csv").read_text() == "a"
    assert beside(folder) == []


def test_disk_error_is_a_sentence(tmp_path):
    folder = tmp_path / "out"
    write(folder, "a")
    with pytest.raises(InputError) as error, replaced_folder(folder):
        raise OSError(28, "No space left on device")
    assert codes(error) == ["out_not_writable"]
    assert "No space left" in error.value.findings[0].say("en")
    assert (folder / "table.csv").read_text() == "a"


@pytest.mark.parametrize("allowed", [0, 1])
def test_a_file_open_elsewhere_is_one_sentence_and_the_old_output_stays(tmp_path, monkeypatch, allowed):
    # Windows refuses to move a folder with an open file in it; the second of the two moves can fail too
    folder, moves, rename = tmp_path / "out", [], type(tmp_path).rename
    write(folder, "a")

    def held(path, target):
        moves.append(path)
        if len(moves) == allowed + 1:
            raise PermissionError(13, "The process cannot access the file because it is being used by another process")
        return rename(path, target)

    monkeypatch.setattr(type(tmp_path), "rename", held)
    with pytest.raises(InputError) as error:
        write(folder, "b")
    assert codes(error) == ["out_not_writable"]
    assert "another process" in error.value.findings[0].say("en")
    assert (folder / "table.csv").read_text() == "a"
    assert beside(folder) == []


def test_foreign_folder_is_refused(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "cat.png").write_text("x")
    with pytest.raises(InputError) as error:
        write(folder, "a")
    assert codes(error) == ["out_foreign"]
    assert [entry.name for entry in folder.iterdir()] == ["cat.png"]


def test_file_and_path_through_a_file_are_refused(tmp_path):
    (tmp_path / "file").write_text("x")
    for folder, code in ((tmp_path / "file", "out_not_a_folder"), (tmp_path / "file" / "in", "out_not_writable")):
        with pytest.raises(InputError) as error:
            write(folder, "a")
        assert codes(error) == [code]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root and Windows may write anywhere")
def test_unwritable_parent(tmp_path):
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(InputError) as error:
        write(tmp_path / "locked" / "out", "a")
    assert codes(error) == ["out_not_writable"]


def test_current_folder_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as error:
        write(tmp_path, "a")
    assert codes(error) == ["out_is_current"]


def test_link_to_a_folder_stays_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write(tmp_path / "link", "a")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "table.csv").read_text() == "a"


def test_remains_of_a_kill_between_the_two_renames(tmp_path):
    folder = tmp_path / "out"
    write(folder, "a")
    folder.rename(tmp_path / ".allocator-old-out")
    with pytest.raises(RuntimeError), replaced_folder(folder):
        raise RuntimeError
    assert (folder / "table.csv").read_text() == "a"


def test_old_remains_are_swept(tmp_path):
    remains = tmp_path / ".allocator-out-abc"
    remains.mkdir()
    os.utime(remains, (time.time() - 7200,) * 2)
    young = tmp_path / ".allocator-out-new"
    young.mkdir()
    write(tmp_path / "out", "a")
    assert not remains.exists()
    assert young.exists()


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_killed_while_writing_the_old_output_is_whole(tmp_path):
    folder = tmp_path / "out"
    write(folder, "a")
    script = textwrap.dedent(f"""
        import time
        from pathlib import Path
        from allocator.output.folder import replaced_folder
        with replaced_folder(Path({str(folder)!r})) as side:
            (side / "plan.json").write_text("half a pl")
            print("writing", flush=True)
            time.sleep(60)
    """)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "writing\n"
        process.send_signal(signal.SIGKILL)
    assert (folder / "table.csv").read_text() == "a"
    assert (folder / "plan.json").read_text() == MARK
