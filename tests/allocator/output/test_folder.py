import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from allocator.output.alone import alone
from allocator.output.alone import beside as lock_beside
from allocator.output.folder import replaced_folder, restored
from scenarios.errors import InputError

MARK = '{"schema_version": 1}'


WRITES_ANYWHERE = pytest.mark.skipif(os.name == "nt", reason="folders of Windows have no modes")


@pytest.fixture
def as_owner():
    """Let modes of files count for this thread, also where it is root's: take its capabilities until the test ends."""
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    head = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3, this thread
    held, without = (ctypes.c_uint32 * 6)(), (ctypes.c_uint32 * 6)()
    assert libc.capget(head, held) == 0
    for place in (1, 2, 4, 5):  # permitted and inheritable stay; what is in effect is none
        without[place] = held[place]
    assert libc.capset(head, without) == 0
    yield
    assert libc.capset(head, held) == 0


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
    assert "the disk is full" in error.value.findings[0].say("en")
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
    assert "another program holds it" in error.value.findings[0].say("en")
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
    for below, code in (("", "out_not_a_folder"), ("in", "out_not_writable"), ("in/it", "out_not_writable")):
        folder = tmp_path / "file" / below
        with pytest.raises(InputError) as error:
            write(folder, "a")
        assert codes(error) == [code]
        assert error.value.findings[0].place.file == str(folder)
        assert below == "" or "part of the path is no folder" in error.value.findings[0].say("en")


@WRITES_ANYWHERE
def test_unwritable_parent(tmp_path, as_owner):
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


POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX signals, modes, pipes and links")
CHANGES = ("os.mkdir", "os.rename", "os.rmdir", "os.remove", "os.chmod", "shutil.rmtree")


def killed_at(step, action):
    """Do something in a process that is killed before its step-th change of files; return whether it was."""
    child = os.fork()
    if not child:
        left = [step]

        def count(event, arguments):
            if event in CHANGES or (event == "open" and arguments[1] in ("w", "wb", "xb")):
                left[0] -= 1
                if not left[0]:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        with contextlib.suppress(BaseException):
            action()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def whole(folder):
    """Return the text of the table in a folder that is whole, with what its user put into it."""
    assert sorted(entry.name for entry in folder.iterdir()) == ["locked", "notes.txt", "plan.json", "table.csv"]
    assert (folder / "plan.json").read_text() == MARK
    assert (folder / "notes.txt").read_text() == "mine"
    assert (folder / "locked" / "x").read_text() == "too"
    return (folder / "table.csv").read_text()


@POSIX
def test_killed_at_any_step_the_folder_is_the_old_or_the_new_one(tmp_path):
    outcomes = []
    for step in range(1, 100):
        folder = tmp_path / f"{step}" / "out"
        write(folder, "old")
        (folder / "notes.txt").write_text("mine")
        (folder / "locked").mkdir()
        (folder / "locked" / "x").write_text("too")
        (folder / "locked").chmod(0o500)
        killed = killed_at(step, lambda folder=folder: write(folder, "new"))
        outcomes.append(whole(restored(folder)))
        if not killed:
            break
        if step % 2:  # the next run works, whether somebody read meanwhile or not
            write(folder, "next")
            assert whole(folder) == "next"
        else:
            assert killed_at(5, lambda folder=folder: write(folder, "more"))
            write(folder, "next")
        assert beside(folder) == []
        (folder / "locked").chmod(0o700)
    assert step > 10
    assert outcomes == sorted(outcomes, reverse=True)
    assert set(outcomes) == {"old", "new"}


@POSIX
def test_a_reader_brings_back_what_was_taken_away(tmp_path):
    for step in range(1, 100):
        folder = tmp_path / f"{step}" / "out"
        write(folder, "old")
        assert killed_at(step, lambda folder=folder: write(folder, "new"))
        if not folder.exists():
            break
    assert restored(folder / "table.csv").read_text() == "old"
    assert beside(folder) == []
    assert restored("published") == Path("published")


@POSIX
def test_what_a_killed_run_left_goes_with_the_next_of_its_own_folder(tmp_path):
    names = ("a", "a-published", "old", "old-a", "new")
    for name in names:
        assert killed_at(3, lambda name=name: write(tmp_path / name, name))
    left = {entry.name for entry in tmp_path.iterdir()}
    assert len(left) == 2 * len(names)  # a folder in the making and a lock each
    for n, name in enumerate(names, 1):
        write(tmp_path / name, name)
        assert len([entry for entry in tmp_path.iterdir() if entry.name in left]) == 2 * (len(names) - n)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted(names)


@pytest.mark.parametrize(
    "name", [".allocator-old-out", ".allocator-out-mine", ".allocator-old-a", ".allocator-a-notes"]
)
def test_folders_of_the_user_beside_it_stay(tmp_path, name):
    (tmp_path / name).mkdir()
    (tmp_path / name / "mine.txt").write_text("mine")
    os.utime(tmp_path / name, (time.time() - 72000,) * 2)
    for folder in ("out", "old", "a", "a-published"):
        write(tmp_path / folder, "a")
        write(tmp_path / folder, "b")
    assert (tmp_path / name / "mine.txt").read_text() == "mine"


@POSIX
def test_what_another_run_is_making_is_not_swept(tmp_path, monkeypatch):
    folder, ready = tmp_path / "out", threading.Event()
    with replaced_folder(folder) as side:
        (side / "plan.json").write_text(MARK)
        (side / "table.csv").write_text("first")
        monkeypatch.setattr("allocator.output.folder.alone", contextlib.nullcontext)  # as if it saw no lock
        thread = threading.Thread(target=lambda: (write(folder, "second"), ready.set()))
        thread.start()
        thread.join()
        assert (side / "table.csv").read_text() == "first"
    assert ready.is_set()
    assert (folder / "table.csv").read_text() == "first"


@pytest.mark.parametrize("below", ["out", "not/yet/there/out"])
def test_two_at_once_come_one_after_the_other(tmp_path, below):
    folder = tmp_path / below

    def add(name):
        with alone(folder):
            there = folder.exists() and (folder / "table.csv").read_text()
            write(folder, (there or "") + name)

    threads = [threading.Thread(target=add, args=(str(n),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((folder / "table.csv").read_text()) == list("01234567")
    assert beside(folder) == []


def test_processes_with_temporary_folders_of_their_own_wait_for_each_other(tmp_path):
    script = textwrap.dedent(f"""
        import time
        from pathlib import Path
        from allocator.output.alone import alone
        told = Path({str(tmp_path / "told")!r})
        with alone(Path({str(tmp_path / "no" / "such" / "out")!r})):
            before = told.read_text()
            time.sleep(0.05)
            told.write_text(before + "x")
    """)
    (tmp_path / "told").write_text("")
    started = []
    for n in range(6):
        (tmp_path / f"{n}").mkdir()
        environment = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(tmp_path / f"{n}"))
        started.append(subprocess.Popen([sys.executable, "-c", script], env=environment))
    assert [one.wait() for one in started] == [0] * 6
    assert (tmp_path / "told").read_text() == "xxxxxx"
    assert list(tmp_path.rglob(".*")) == []


@POSIX
@pytest.mark.parametrize("there", [True, False])
def test_what_others_write_within_while_a_folder_is_replaced_is_not_lost(tmp_path, there):
    folder, begun = tmp_path / "out", threading.Event()
    write(folder, "a")
    if there:
        (folder / "rounds").mkdir()

    def inside():
        with alone(folder / "rounds"):
            begun.set()
            time.sleep(0.3)
            write(folder / "rounds" / "round-001", "first")

    thread = threading.Thread(target=inside)
    thread.start()
    begun.wait()
    write(folder, "b")
    thread.join()
    assert (folder / "table.csv").read_text() == "b"
    assert (folder / "rounds" / "round-001" / "table.csv").read_text() == "first"
    assert list(tmp_path.rglob(".*")) == []


@POSIX
def test_many_at_once_in_a_folder_and_within_lose_nothing(tmp_path):
    folder, rounds, vain = tmp_path / "a" / "out", tmp_path / "a" / "out" / "rounds", []
    write(folder, "a")

    def negotiate():
        for _ in range(10):
            with alone(restored(rounds)):
                number = len(list(rounds.iterdir())) if rounds.exists() else 0
                write(rounds / f"round-{number:03d}", "x")

    def replace():
        for n in range(10):
            write(folder, f"{n}")

    def all_of(work):
        try:
            work()
        except BaseException as error:
            vain.append(error)

    threads = [threading.Thread(target=all_of, args=(work,)) for work in (negotiate, replace) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert vain == []
    assert sorted(entry.name for entry in rounds.iterdir()) == [f"round-{n:03d}" for n in range(40)]
    assert list(tmp_path.rglob(".*")) == []


@POSIX
def test_a_lock_around_that_cannot_be_taken_away_stops_nobody(tmp_path, monkeypatch):
    folder = tmp_path / "out"
    write(folder, "a")
    lock = lock_beside(folder, "lock")
    lock.touch()  # of a killed run of another user, where only he may take it away
    unlink = type(lock).unlink
    monkeypatch.setattr(type(lock), "unlink", lambda path, **said: path == lock or unlink(path, **said))
    write(folder / "rounds", "b")
    write(folder, "c")
    assert lock.exists()


@POSIX
def test_who_begins_within_while_a_folder_is_replaced_waits_for_it(tmp_path):
    folder, log = tmp_path / "out", []
    write(folder, "a")

    def inside():
        with alone(folder / "rounds"):
            log.append((folder / "table.csv").read_text())

    with replaced_folder(folder) as side:
        thread = threading.Thread(target=inside)
        thread.start()
        time.sleep(0.2)
        (side / "plan.json").write_text(MARK)
        (side / "table.csv").write_text("b")
        assert log == []
    thread.join()
    assert log == ["b"]
    assert list(tmp_path.rglob(".*")) == []


def test_a_lock_is_taken_away_with_the_folders_made_for_it(tmp_path):
    folder = tmp_path / "a" / "b" / "out"
    with alone(folder), alone(folder):
        assert [entry.suffix for entry in folder.parent.iterdir()] == [""]
        with alone(folder.parent):
            pass
    assert list(tmp_path.iterdir()) == []
    with alone(folder):
        folder.mkdir()
    assert [entry.name for entry in folder.parent.iterdir()] == ["out"]


def test_a_lock_that_a_killed_run_left_is_no_ones_and_goes(tmp_path):
    inside = tmp_path / "out" / "sweep"
    write(inside, "a")
    with alone(inside):
        lock = next(entry for entry in inside.parent.iterdir() if entry != inside)
    lock.touch()
    write(inside.parent, "b")  # nothing but outputs in it, so it is an output
    lock.touch()
    write(inside.parent, "c")
    assert sorted(entry.name for entry in inside.parent.iterdir()) == ["plan.json", "sweep", "table.csv"]
    lock.touch()
    write(inside, "d")
    assert not lock.exists()


@POSIX
def test_a_lock_that_others_have_replaced_is_left_to_them(tmp_path):
    with alone(tmp_path / "out"):
        (lock,) = tmp_path.iterdir()
        lock.rename(tmp_path / "moved")
        lock.write_text("of somebody else")
    assert lock.read_text() == "of somebody else"


@WRITES_ANYWHERE
def test_where_nobody_may_write_beside_the_lock_is_inside(tmp_path, as_owner):
    folder = tmp_path / "rounds"
    folder.mkdir()
    tmp_path.chmod(0o500)
    try:
        with alone(folder):
            assert len(list(folder.iterdir())) == 1
    finally:
        tmp_path.chmod(0o700)
    assert list(folder.iterdir()) == []


def test_a_round_is_never_replaced(tmp_path, monkeypatch):
    folder = tmp_path / "round-001"
    monkeypatch.setattr("allocator.output.folder.alone", contextlib.nullcontext)  # not even where no lock works

    def another():
        with replaced_folder(folder) as side:
            (side / "plan.json").write_text(MARK)
            (side / "round.json").write_text("first")

    def one():
        with replaced_folder(folder) as side:
            (side / "round.json").write_text("second")
            another()

    with pytest.raises(InputError) as error:
        one()
    assert codes(error) == ["out_round"]
    with pytest.raises(InputError) as error:
        write(folder, "a")
    assert codes(error) == ["out_round"]
    assert (folder / "round.json").read_text() == "first"
    assert [entry.name for entry in tmp_path.iterdir()] == ["round-001"]


@POSIX
def test_a_round_that_comes_at_the_last_moment_is_not_replaced_either(tmp_path, monkeypatch):
    folder = tmp_path / "round-001"
    monkeypatch.setattr("allocator.output.folder._refuse_round", lambda *_: None)
    rename = type(tmp_path).rename

    def late(path, target):
        folder.mkdir()
        (folder / "round.json").write_text("first")
        monkeypatch.undo()
        return rename(path, target)

    def one():
        with replaced_folder(folder) as side:
            (side / "round.json").write_text("second")
            monkeypatch.setattr(type(tmp_path), "rename", late)

    with pytest.raises(InputError) as error:
        one()
    assert codes(error) == ["out_not_writable"]
    assert (folder / "round.json").read_text() == "first"


@POSIX
@pytest.mark.parametrize("name", ["in", "in/it"])
def test_a_deleted_current_folder_stops_only_what_starts_from_it(tmp_path, monkeypatch, name):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    for act in (lambda: write(Path(name), "a"), lambda: restored(name), lambda: alone(Path(name)).__enter__()):
        with pytest.raises(InputError) as error:
            act()
        assert codes(error) == ["current_gone"]
        assert error.value.findings[0].place.file == name
    write(tmp_path / "out", "a")
    assert (restored(tmp_path / "out") / "table.csv").read_text() == "a"


@POSIX
@pytest.mark.parametrize("mode", [0o700, 0o750, 0o755, 0o2770])
def test_a_private_folder_stays_private(tmp_path, mode):
    folder = tmp_path / "out"
    write(folder, "a")
    (folder / "mine").mkdir()
    (folder / "mine").chmod(0o700)
    folder.chmod(mode)
    with replaced_folder(folder) as side:
        assert side.stat().st_mode & 0o077 == 0
        (side / "plan.json").write_text(MARK)
    assert folder.stat().st_mode & 0o7777 == mode
    assert (folder / "mine").stat().st_mode & 0o777 == 0o700


@POSIX
def test_a_new_folder_is_as_private_as_the_user_is(tmp_path):
    before = os.umask(0o077)
    try:
        write(tmp_path / "out", "a")
    finally:
        os.umask(before)
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700
    write(tmp_path / "open", "a")
    assert (tmp_path / "open").stat().st_mode & 0o777 == 0o777 & ~before


@POSIX
@pytest.mark.parametrize("below", ["", "in"])
def test_a_link_to_nothing_is_refused_and_makes_nothing(tmp_path, below):
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError) as error:
        write(tmp_path / "link" / below, "a")
    assert codes(error) == ["out_dangling"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["link"]


@POSIX
@pytest.mark.parametrize("name", ["pipe", "more/pipe", "plan.json"])
def test_a_pipe_in_the_folder_is_refused_before_anything_is_made(tmp_path, name):
    folder = tmp_path / "out"
    write(folder, "a")
    (folder / "more").mkdir()
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    with pytest.raises(InputError) as error, replaced_folder(folder):
        pytest.fail("computed in vain")
    assert codes(error) == ["out_foreign" if name == "plan.json" else "out_special"]
    assert error.value.findings[0].place.file == str(folder if name == "plan.json" else folder / name)
    assert beside(folder) == []


@pytest.mark.parametrize("name", ["nul\0", "长" * 100, "x" * 300])
def test_a_path_that_cannot_be_is_one_sentence(tmp_path, name):
    for act in (lambda path: write(path, "a"), restored):
        with pytest.raises(InputError) as error:
            act(tmp_path / name)
        assert codes(error) == ["out_not_writable" if act is not restored else "unreadable"]
        assert "\0" not in error.value.findings[0].say("en")
    assert list(tmp_path.iterdir()) == []


def test_a_name_as_long_as_names_can_be(tmp_path):
    write(tmp_path / ("长" * 85), "a")
    assert (tmp_path / ("长" * 85) / "table.csv").read_text() == "a"


@POSIX
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
