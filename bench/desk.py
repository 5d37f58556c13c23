"""The desk beside nginx: `desk.py BEAROUT MAKE-CASE [STATEMENTS [SECONDS]]`.

Makes a case of a million statements, opens it in the desk on one core, and has nginx serve a file of the size of each
answer on the same core, one after the other in one run. wrk asks both over four connections from another core. Prints
the median and the 99th percentile of lists, claims and searches of both, and how they compare. Needs nginx, wrk, taskset.
"""
import http.client
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

PASSPHRASE = b"amber and salt\n"
LISTS = ["/api/claims?sort=%s&offset=%d" % (s, o) for s in ("standing", "people", "newest", "order") for o in (0, 50, 90000)]
LISTS += ["/api/claims?level=%s" % level for level in ("unheard", "alleged", "attested", "borne-out")]
CLAIMS = ["/api/claim?id=c%d" % (i * 397 % 390000) for i in range(1000)]
SEARCHES = ["/api/claims?q=%s" % q for q in ("event", "event+12", "number+4", "c77", "took+pl", "as+desc+3", "e", "19")]


def with_passphrase(command, **more):
    read, write = os.pipe()
    os.write(write, PASSPHRASE * 2)
    os.close(write)
    process = subprocess.Popen(command + ["--passphrase-fd", str(read)], pass_fds=[read], **more)
    os.close(read)
    return process


def make_case(bearout, maker, statements, folder):
    text, case = folder / "case.bo", folder / "case.bearout"
    with open(text, "wb") as out:
        subprocess.run([maker, str(statements)], stdout=out, check=True)
    for command in (["new", str(case)], ["add", str(case), str(text)]):
        if with_passphrase([bearout] + command, stdout=subprocess.DEVNULL).wait():
            sys.exit("bearout %s failed" % command[0])
    return case


def start_desk(bearout, case):
    desk = with_passphrase(["taskset", "-c", "0", bearout, "desk", str(case), "--no-open", "--idle", "0"],
                           stdout=subprocess.PIPE, text=True)
    link = re.search(r"http://127\.0\.0\.1:(\d+)(\S+)", desk.stdout.readline())
    port, key = int(link.group(1)), link.group(2)
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", key, headers={"Host": "127.0.0.1:%d" % port})
    cookie = connection.getresponse().getheader("Set-Cookie").split(";")[0]
    return desk, port, cookie


def get(port, path, cookie):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        sys.exit("%s: %d %s" % (path, answer.status, body[:300]))
    return body


def settle(port, cookie):
    """Until what is found ahead is found."""
    deadline = time.time() + 300
    while time.time() < deadline:
        if b'"ready":true' in get(port, "/api/weakest", cookie) and b'"ready":true' in get(port, "/api/next", cookie):
            return
        time.sleep(.5)


def start_nginx(folder, files):
    root = folder / "root"
    root.mkdir()
    for name, size in files.items():
        (root / name).write_bytes(b"x" * size)
    conf = folder / "nginx.conf"
    conf.write_text("""
worker_processes 1; daemon off; pid %(f)s/nginx.pid; error_log /dev/null; user root;
events { worker_connections 64; }
http { access_log off; sendfile on; keepalive_requests 1000000;
  client_body_temp_path %(f)s/t1; proxy_temp_path %(f)s/t2; fastcgi_temp_path %(f)s/t3; uwsgi_temp_path %(f)s/t4;
  scgi_temp_path %(f)s/t5; server { listen 127.0.0.1:18923; root %(f)s/root; } }
""" % {"f": folder})
    folder.chmod(0o755)
    process = subprocess.Popen(["taskset", "-c", "0", "nginx", "-c", str(conf)], stderr=subprocess.DEVNULL)
    time.sleep(1)
    return process


def milliseconds(word):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", word).groups()
    return float(number) * {"us": .001, "ms": 1, "s": 1000}[unit]


def load(folder, port, paths, cookie, seconds):
    script = folder / "ask.lua"
    script.write_text("local paths = {%s}\nlocal i = 0\nfunction request() i = i %% #paths + 1 "
                      "return wrk.format('GET', paths[i], {['Cookie'] = '%s', ['Host'] = '127.0.0.1:%d'}) end\n"
                      % (",".join("'%s'" % p for p in paths), cookie, port))
    said = subprocess.run(["taskset", "-c", "1", "wrk", "-t1", "-c4", "-d%ds" % seconds, "--latency", "-s", str(script),
                           "http://127.0.0.1:%d" % port], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        sys.exit(said)
    p50, p99 = (milliseconds(re.search(r"(?m)^ +" + p + r"% +(\S+)", said).group(1)) for p in ("50", "99"))
    return p50, p99, float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1))


def main():
    bearout, maker = sys.argv[1:3]
    statements = int(sys.argv[3]) if len(sys.argv) > 3 else 1000000
    seconds = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        desk, port, cookie = start_desk(bearout, make_case(bearout, maker, statements, folder))
        try:
            kinds = {"list": LISTS, "claim": CLAIMS, "search": SEARCHES}
            sizes = {k: sum(len(get(port, p, cookie)) for p in paths[:40]) // len(paths[:40]) for k, paths in kinds.items()}
            settle(port, cookie)
            nginx = start_nginx(folder, sizes)
            try:
                for kind, paths in kinds.items():
                    ours = load(folder, port, paths, cookie, seconds)
                    theirs = load(folder, 18923, ["/" + kind], "-", seconds)
                    print("%-6s %6d bytes  desk p50 %6.2f p99 %6.2f ms %6.0f/s  nginx p50 %6.2f p99 %6.2f ms %6.0f/s  "
                          "p99 %5.1f times" % (kind, sizes[kind], *ours, *theirs, ours[1] / theirs[1]), flush=True)
            finally:
                nginx.terminate()
                nginx.wait()
        finally:
            desk.terminate()
            desk.wait()


main()
