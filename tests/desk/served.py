"""A desk that serves a case, for tests: starts `bearout desk`, lets one browser in, and speaks HTTP by hand, so that broken
requests can be sent too."""
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import time

PASSPHRASE = "a passphrase for the tests"


def with_passphrase(command, text=None):
    """Runs a command whose passphrase comes on a descriptor."""
    read, write = os.pipe()
    os.write(write, (PASSPHRASE + "\n").encode())
    os.close(write)
    try:
        return subprocess.run([*map(str, command), "--passphrase-fd", str(read)], pass_fds=[read], input=text,
                              capture_output=True, text=True, timeout=120)
    finally:
        os.close(read)


class Answer:
    def __init__(self, raw):
        head, _, self.body = raw.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split()[1]) if len(lines[0].split()) > 1 else 0
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            self.headers[name.lower()] = value.strip()
        if self.headers.get("transfer-encoding") == "chunked":
            self.body = unchunk(self.body)

    @property
    def json(self):
        return json.loads(self.body)


def unchunk(body):
    out = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        n = int(size or b"0", 16)
        out += body[:n]
        body = body[n + 2:]
    return out


class Desk:
    def __init__(self, program, case, *flags, unlocked=True):
        self.case = pathlib.Path(case)
        command = [str(program), "desk", str(case), "--no-open", *flags]
        read = None
        if unlocked:
            read, write = os.pipe()
            os.write(write, (PASSPHRASE + "\n").encode())
            os.close(write)
            command += ["--passphrase-fd", str(read)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        pass_fds=[read] if read else [])
        if read:
            os.close(read)
        self.link = self.process.stdout.readline().decode().strip()
        if not self.link:
            raise RuntimeError("the desk did not start: " + self.process.stderr.read().decode())
        found = re.match(r"http://127\.0\.0\.1(?::(\d+))?(/open\?key=[0-9a-f]{64})$", self.link)
        self.port, self.path = int(found[1] or 0), found[2]
        self.host = f"127.0.0.1:{self.port}" if self.port else "127.0.0.1"
        self.socket_path = flags[flags.index("--socket") + 1] if "--socket" in flags else None
        self.cookie = self.token = ""

    def connect(self, timeout=30):
        if self.socket_path:
            s = socket.socket(socket.AF_UNIX)
            s.settimeout(timeout)
            s.connect(str(self.socket_path))
            return s
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def raw(self, data, timeout=30):
        with self.connect(timeout) as s:
            s.sendall(data)
            out = b""
            while True:
                try:
                    part = s.recv(65536)
                except ConnectionResetError:
                    break
                if not part:
                    break
                out += part
        return Answer(out) if out else None

    def ask(self, path, method="GET", body=None, token=True, cookie=True, headers=None, timeout=60):
        lines = {"Host": self.host, "Connection": "close"}
        if cookie and self.cookie:
            lines["Cookie"] = self.cookie
        data = b""
        if method == "POST":
            data = body if isinstance(body, bytes) else json.dumps(body if body is not None else {}).encode()
            lines["Content-Type"] = "application/json"
            lines["Content-Length"] = str(len(data))
            if token:
                lines["X-Bearout"] = self.token
        lines.update(headers or {})
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items() if v is not None)
        return self.raw(head.encode() + b"\r\n" + data, timeout)

    def enter(self):
        answer = self.ask(self.path, cookie=False)
        self.cookie = answer.headers["set-cookie"].split(";")[0]
        self.token = self.ask("/api/session").json["token"]
        return self

    def get(self, path):
        return self.ask("/api/" + path)

    def post(self, path, body=None, **more):
        return self.ask("/api/" + path, "POST", body, **more)

    def session(self):
        return self.get("session").json

    def end(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        out, error = self.process.communicate(timeout=30)
        return self.process.returncode, out.decode(), error.decode()


def wait_until(holds, seconds=5.0):
    """How long it took, or None."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        if holds():
            return time.monotonic() - start
        time.sleep(0.02)
    return None
