"""The program under test and a place to run it in."""
import os, shutil, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ.get("WENSHU", os.path.join(ROOT, ".build", "release", "engine", "cli", "wenshu"))
SHARED = os.path.join(os.path.dirname(ROOT), "shared")


def run(*arguments, cwd=None, limit=None, store=None, **more):
    """Runs wenshu; `limit` is the largest file it may write, in bytes, as a disk that fills up would set it."""
    def before():
        if limit is not None:
            import resource, signal
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    environment = dict(os.environ, WENSHU_HOME=ROOT)
    environment.pop("WENSHU_STORE", None)
    if store:
        environment["WENSHU_STORE"] = store
    return subprocess.run([PROGRAM, *map(str, arguments)], cwd=cwd or ROOT, env=environment, text=True,
                          capture_output=True, preexec_fn=before, **more)


def must(*arguments, **more):
    done = run(*arguments, **more)
    if done.returncode != 0:
        fail("wenshu %s ended with %d\n%s%s" % (" ".join(map(str, arguments)), done.returncode, done.stdout, done.stderr))
    return done


def fail(why):
    sys.exit("FAILED: " + why)


def expect(claim, holds, detail=""):
    if not holds:
        fail("%s\n%s" % (claim, detail))
    print("ok: " + claim)


def require(*programs):
    """Exit 77 (ctest: skipped) before anything is tried when a judge is not installed."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        print("skipped: not installed: " + " ".join(missing))
        sys.exit(77)


def judge(*command, **more):
    """An outside program."""
    return subprocess.run([str(c) for c in command], text=True, capture_output=True, **more)


def folder():
    return tempfile.TemporaryDirectory(prefix="wenshu-")
