"""The worker: gives every receiver its turn, keeps them apart, runs the sweeps, stops when it is asked to."""

import os
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event
from time import monotonic
from uuid import uuid4

import structlog

from lti_tool import clock
from lti_tool.delivery import grades, leases, receivers, statements
from lti_tool.delivery.receivers import ReceiverKind, ReceiverName
from lti_tool.delivery.turn import Means, Tally, Turn
from lti_tool.errors import PixError
from lti_tool.lti.tokens import AccessTokens
from lti_tool.models import Database
from lti_tool.outbound import Outbound
from lti_tool.settings import Settings

THREADS = 4  # receivers served at a time, so that one that stalls does not hold up the others
WORKER_LEASE = "worker"
SWEEP_LEASE = "sweeps"
_WORKER_SECONDS = timedelta(seconds=30)
_SWEEP_EVERY = timedelta(minutes=1)
_SWEEP_AT_MOST = timedelta(minutes=10)  # until then a sweep that is still running is not started beside itself
_DELIVER: dict[ReceiverKind, Callable[[Means, Turn, ReceiverName], Tally]] = {
    ReceiverKind.LRS: statements.deliver,
    ReceiverKind.PLATFORM: grades.deliver,
}

_log = structlog.get_logger()


class Worker:
    """Sends what is due. On SQLite one worker at a time is active, on PostgreSQL any number, on any machines."""

    def __init__(
        self,
        database: Database,
        outbound: Outbound,
        tokens: AccessTokens,
        settings: Settings,
        unseal: Callable[[str], str],
        *,
        sweeps: Sequence[Callable[[datetime], None]] = (),
    ) -> None:
        self.holder = f"{socket.gethostname()[:60]}:{os.getpid()}:{uuid4().hex[:12]}"
        self._means = Means(database, outbound, tokens, unseal)
        self._pause = settings.worker_pause_seconds
        # A batch may take a few requests that each run into their time-out; half of the lease is for them.
        self._lease = timedelta(seconds=30 + 6 * settings.outbound_timeout_seconds)
        self._sweeps = tuple(sweeps)
        self._stop = Event()
        self._active_until: float = 0.0
        self._sweep_next: float = 0.0
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="delivery")

    def run(self, stop: Event) -> None:
        """Delivers until `stop` is set; a request under way is finished and settled, the rest is given back."""
        self._stop = stop
        _log.info("delivery.started", worker=self.holder)
        try:
            while not stop.is_set():
                if not self._breathe().advanced:
                    stop.wait(self._pause)
        finally:
            self.close()
            _log.info("delivery.stopped", worker=self.holder)

    def run_once(self, now: datetime) -> Tally:
        """One turn for every receiver that has work; nothing while another worker is active on the same SQLite."""
        if not self._active(now):
            return Tally()
        turn = Turn(self.holder, now, self._lease, self._stop)
        with self._means.database.reading() as session:
            waiting = receivers.receivers_with_work(session, now)
        return sum(self._pool.map(lambda receiver: self._serve(turn, receiver), waiting), Tally())

    def sweep(self, now: datetime) -> bool:
        """Runs the sweeps, unless some worker has in the last minute; each is kept apart from the others' errors."""
        database = self._means.database
        with database.transaction() as session:
            if not leases.take(session, SWEEP_LEASE, self.holder, now, now + _SWEEP_AT_MOST):
                return False
        for sweep in self._sweeps:
            try:
                sweep(now)
            except Exception as error:  # noqa: BLE001 a sweep that fails is logged; deliveries must go on
                _log.error("sweep.failed", sweep=getattr(sweep, "__name__", ""), problem=type(error).__name__)
        with database.transaction() as session:
            leases.end(session, SWEEP_LEASE, self.holder, now + _SWEEP_EVERY)
        return True

    def close(self) -> None:
        """Ends the threads and lets another worker take over at once."""
        self._pool.shutdown()
        if self._means.database.is_sqlite and self._active_until:
            with self._means.database.transaction() as session:
                leases.end(session, WORKER_LEASE, self.holder, clock.now())
            self._active_until = 0.0

    def _breathe(self) -> Tally:
        """One round of the loop; a database that is away for a moment must not end the worker."""
        try:
            if self._sweeps and monotonic() >= self._sweep_next:
                self._sweep_next = monotonic() + _SWEEP_EVERY.total_seconds()
                self.sweep(clock.now())
            return self.run_once(clock.now())
        except Exception as error:  # noqa: BLE001 whatever it was, the rows are still there and are tried again
            _log.error("delivery.round_failed", problem=type(error).__name__)
            return Tally()

    def _active(self, now: datetime) -> bool:
        """On SQLite: holds or renews the worker's lease, written once in a while; elsewhere lanes divide the work."""
        database = self._means.database
        if not database.is_sqlite:
            return True
        if now.timestamp() < self._active_until - _WORKER_SECONDS.total_seconds() / 2:
            return True
        until = now + _WORKER_SECONDS
        with database.transaction() as session:
            held = leases.hold(session, WORKER_LEASE, self.holder, now, until)
        self._active_until = until.timestamp() if held else 0.0
        return held

    def _serve(self, turn: Turn, receiver: ReceiverName) -> Tally:
        """One receiver's turn: batch after batch while it takes them; its errors stay its own."""
        total = Tally()
        try:
            while not turn.over():
                step = _DELIVER[receiver.kind](self._means, turn, receiver)
                total += step
                if step.again or not step.advanced:
                    break
        except Exception as error:  # noqa: BLE001 one receiver's trouble must never stop the others
            self._crashed(turn, receiver, error)
        return total

    def _crashed(self, turn: Turn, receiver: ReceiverName, error: Exception) -> None:
        """Logs what cannot be settled, without its text (it may hold bodies), and backs the receiver off."""
        _log.error("delivery.crashed", receiver=receiver.name, kind=receiver.kind, problem=type(error).__name__)
        words = str(error) if isinstance(error, PixError) else f"internal: {type(error).__name__}"
        with self._means.database.transaction() as session:
            receivers.trouble(session, receiver, turn.now(), words, jitter=self._means.jitter)
