"""pytest plugin: the browser tests of a worker share one Chromium.

Odoo starts a Chromium with an empty profile for every test: half of a short tour is that start and the compiling of
the client. Here each test gets a new page, without the cookies and stored data of the one before; only what Chromium
keeps of the server's files, and their compiled form, stays. And nobody asks without a pause whether a page is ready:
that takes from the server the time to answer it.
"""

import os
import tempfile
import time

import requests

from odoo.tests import common

PAUSE = 0.05
STORED = "cookies,local_storage,indexeddb,cache_storage,service_workers"
# Odoo ends whatever processes a test leaves behind, so Chromium is nobody's child; it goes when the worker has gone.
START = """
worker=$1 profile=$2
shift 2
(
    "$@" &
    while kill -0 "$worker" && kill -0 $!; do sleep 1; done
    kill $!
    wait $!
    rm -rf "$profile"
) </dev/null >/dev/null &
"""
_running = {}


class _Chromium:
    """A Chromium that outlives its tests; to each of them it looks like a process that ends when told to."""

    def __init__(self, port):
        self.port = port
        self.pid = f"of port {port}"

    def poll(self):
        try:
            self._ask("GET", "version")
        except requests.RequestException:
            return 1
        return None

    def terminate(self):
        """The test is over, the next one may come."""

    def wait(self, timeout=None):
        """There is nothing to wait for, see `terminate`."""

    def turn_page(self):
        """Open an empty page and close all others."""
        new = self._ask("PUT", "new?about:blank").json()["id"]
        for target in self._ask("GET", "list").json():
            if target["type"] == "page" and target["id"] != new:
                self._ask("GET", f"close/{target['id']}")

    def _ask(self, method, command):
        answer = requests.request(method, f"http://{common.HOST}:{self.port}/json/{command}", timeout=10)
        answer.raise_for_status()
        return answer


class _SharedBrowser(common.ChromeBrowser):
    def __init__(self, test_case, *args, **kwargs):
        super().__init__(test_case, *args, **kwargs)
        self._websocket_request("Network.clearBrowserCookies")
        self._websocket_request(
            "Storage.clearDataForOrigin", params={"origin": test_case.base_url(), "storageTypes": STORED}
        )

    def _spawn_chrome(self, cmd):
        program, *switches = (part for part in cmd if not part.startswith("--user-data-dir="))
        chromium = _running.get(tuple(switches))
        if not chromium or chromium.poll():
            # the folder that this test has made goes with this test
            own, self.user_data_dir = self.user_data_dir, tempfile.mkdtemp(suffix="_chrome_odoo")
            start = ["sh", "-c", START, "sh", str(os.getpid()), self.user_data_dir]
            shell, port = super()._spawn_chrome([*start, program, f"--user-data-dir={self.user_data_dir}", *switches])
            shell.wait()
            chromium = _running[tuple(switches)] = _Chromium(port)
            self.user_data_dir = own
        return chromium, chromium.port

    def _websocket_request(self, method, *, params=None, timeout=10.0):
        if method == "Browser.close":
            return self.chrome.turn_page()
        return super()._websocket_request(method, params=params, timeout=timeout)

    def _wait_ready(self, ready_code=None, timeout=60):
        expression = "try { %s } catch {}" % (ready_code or "document.readyState === 'complete'")
        end = time.monotonic() + timeout * self.throttling_factor
        while time.monotonic() < end:
            answer = self._websocket_request(
                "Runtime.evaluate", params={"expression": expression, "awaitPromise": True}, timeout=timeout
            )
            if answer["result"] == {"type": "boolean", "value": True}:
                return True
            time.sleep(PAUSE)
        self.take_screenshot(prefix="sc_failed_ready_")
        return False


common.ChromeBrowser = _SharedBrowser
