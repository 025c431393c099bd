"""Runs the web server (gunicorn, threads) and the delivery worker."""

import os
import runpy
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

import click
from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker

from lti_tool.app import check_tables, create_app, wire
from lti_tool.assessment.sweep import sweep
from lti_tool.cli.output import sentences
from lti_tool.delivery.worker import Worker
from lti_tool.models.sealing import unseal
from lti_tool.settings import Settings, house_folder, load_settings

_RESTART_SECONDS = 5.0


class _PatientWorker(ThreadWorker):
    """gunicorn's threaded worker, stopped in one way: what is under way is finished.

    Its own quick stop shuts the pool of threads down inside the signal handler, and hangs where the interrupted code
    holds the pool's lock (gunicorn 27.0).
    """

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        """INT and QUIT as TERM."""
        self.handle_exit(sig, frame)


class _Server(BaseApplication):
    """gunicorn with our settings; each process wires its own parts after the fork."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """The file of the house, then what the settings say."""
        self.load_config_from_file(str(house_folder("config") / "gunicorn.conf.py"))
        self.cfg.set("worker_class", _PatientWorker)
        self.cfg.set("bind", self._settings.bind)
        self.cfg.set("workers", self._settings.workers)
        self.cfg.set("threads", self._settings.threads)

    def load_config_from_file(self, path: str) -> None:
        """Reads a Python file of gunicorn settings."""
        for name, value in runpy.run_path(path).items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, in a worker process."""
        return create_app(wire(self._settings))


@click.command()
@click.option("--no-worker", is_flag=True, help="Do not run the delivery worker beside the server.")
@sentences
def serve(no_worker: bool) -> None:
    """Serve the pages; deliveries are sent by a worker beside it unless told otherwise."""
    settings = load_settings()
    check_tables(wire(settings))  # says what is missing before anything is forked; makes the first key
    stop = threading.Event()
    if not no_worker:
        threading.Thread(target=_keep_worker, args=(stop, os.getpid()), daemon=True).start()
    try:
        _Server(settings).run()
    finally:
        stop.set()


@click.command()
@sentences
def worker() -> None:
    """Send deliveries and run the sweeps until stopped (TERM or INT: what is under way is finished first)."""
    settings = load_settings()
    parts = wire(settings)
    check_tables(parts)

    def sweeps(now: datetime) -> None:
        idle, left = timedelta(minutes=settings.session_idle_minutes), timedelta(days=settings.attempt_days)
        sweep(parts.database, parts.bank, idle, left, now)

    deliveries = Worker(
        parts.database, parts.outbound, parts.tokens, settings,
        lambda sealed: unseal(settings.secret_key, sealed), sweeps=[sweeps],
    )  # fmt: skip
    _run_until_told(deliveries, int(os.environ.get("PIX_LTI_WORKER_PARENT", "0")))


def _run_until_told(deliveries: Worker, server: int) -> None:
    """Runs the worker on a thread while this one waits, at a pipe, for TERM or INT or for the server's end.

    A signal handler takes no lock here: one that set the event could run while its own thread holds the event's lock.
    """
    told, tell = os.pipe()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: os.write(tell, b"."))
    if server:
        threading.Thread(target=_tell_when_gone, args=(server, tell), daemon=True).start()
    stop = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(deliveries.run, stop)
        running.add_done_callback(lambda _: os.write(tell, b"."))
        os.read(told, 1)
        stop.set()
        running.result()


def _keep_worker(stop: threading.Event, server: int) -> None:
    """Runs `pix-lti worker` as a process of its own, again whenever it ends, until the server stops."""
    command = [sys.executable, "-m", "lti_tool", "worker"]
    environment = {**os.environ, "PIX_LTI_WORKER_PARENT": str(server)}
    while not stop.is_set():
        # close_fds=False has it spawned, not forked: a web process forked meanwhile by the main thread would hold the
        # pipe on which a forking Popen waits, and this thread would never again look after the worker.
        process = subprocess.Popen(command, env=environment, close_fds=False)
        while process.poll() is None and not stop.wait(0.2):
            pass
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=60)
        stop.wait(_RESTART_SECONDS)


def _tell_when_gone(server: int, tell: int) -> None:
    """A worker beside a server ends when the server is gone, however it went."""
    while os.getppid() == server:
        time.sleep(1.0)
    os.write(tell, b".")
