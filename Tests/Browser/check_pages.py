"""Opens pages in a headless Chromium, as their readers do, and tells what is wrong with them.

Usage: check_pages.py FOLDER    every briefing.html and index.html below it

Of each page, in light and in dark: no message on the console, no request but the page's own, and nothing that axe-core
finds against WCAG 2.2 AA or its own best practices. At 320 and 360 pixels, with everything unfolded and once more with the
letter spacing of WCAG 1.4.12, the page never scrolls sideways, no text of a chart is smaller than 12 pixels, and none lies
upon another or outside its chart. On paper everything is unfolded, and a PDF comes out.

A page with faults of every kind is checked first: a checker that finds nothing in it is asleep.
Exit status 0: all well; 1: something is wrong; 2: wrong usage.
"""

import base64
import itertools
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading

import axe_playwright_python
import websocket

AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Of larger pages axe sees what is unfolded from the start: a page of 700 kB with all unfolded takes it 90 seconds, and its
# tables and charts are made like those of the small ones.
LARGE = 300_000
SECONDS = 240

FAULTY = """<!DOCTYPE html><html><head><meta name="viewport" content="width=device-width"><title></title>
<style>@media print{.details{display:none}} p{color:#999;width:900px}</style></head>
<body><p>Grey</p><img src="http://127.0.0.1:9/x.png"><script>console.error("told")</script>
<svg width="100%" height="40"><text x="0" y="20" font-size="8">small</text><text x="0" y="20">upon it</text></svg>
</body></html>"""

CHARTS = """(() => {
  const faults = [];
  for (const svg of document.querySelectorAll('svg.chart, body > svg')) {
    if (!svg.getClientRects().length) continue;
    const room = svg.getBoundingClientRect();
    const boxes = [];
    for (const text of svg.querySelectorAll('text')) {
      const size = parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM()?.a ?? 1);
      if (size < 12) faults.push(`small: ${size} ${text.textContent.slice(0, 30)}`);
      const box = text.getBoundingClientRect();
      if (box.left < room.left - 1 || box.right > room.right + 1) faults.push(`outside: ${text.textContent.slice(0, 30)}`);
      boxes.push([box, text.textContent]);
    }
    boxes.sort((a, b) => a[0].top - b[0].top);
    for (let i = 0; i < boxes.length; i++) {
      for (let j = i + 1; j < boxes.length && boxes[j][0].top < boxes[i][0].bottom - 4; j++) {
        const [a, b] = [boxes[i][0], boxes[j][0]];
        if (a.left < b.right - 1 && b.left < a.right - 1) {
          faults.push(`overlap: ${boxes[i][1].slice(0, 30)} / ${boxes[j][1].slice(0, 30)}`);
        }
      }
    }
  }
  return faults.slice(0, 5);
})()"""

UNFOLD = "document.querySelectorAll('details').forEach(part => { part.open = true })"

SPACING = """(() => {
  const style = document.createElement('style');
  style.textContent = '*{letter-spacing:0.12em !important;word-spacing:0.16em !important;line-height:1.5 !important}'
    + 'p{margin-bottom:2em !important}';
  document.head.append(style);
})()"""


class Browser:
    """A headless Chromium and one page in it, spoken to in the Chrome DevTools Protocol."""

    def __init__(self, profile):
        options = ["--headless=new", "--disable-gpu", "--remote-debugging-port=0", f"--user-data-dir={profile}"]
        if os.geteuid() == 0:
            options.append("--no-sandbox")
        self.process = subprocess.Popen(
            ["chromium", *options, "about:blank"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
            start_new_session=True)
        for line in self.process.stderr:
            found = re.search(r"DevTools listening on (ws://\S+)", line)
            if found:
                break
        else:
            raise RuntimeError("chromium did not start")
        threading.Thread(target=self.process.stderr.read, daemon=True).start()
        self.socket = websocket.create_connection(found[1], timeout=SECONDS, suppress_origin=True)
        self.numbers = itertools.count(1)
        self.events = []
        self.session = None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")
        self.ask("Page.setBypassCSP", enabled=True)

    def ask(self, method, **parameters):
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        self.socket.send(json.dumps(message))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def evaluate(self, expression):
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"])[:400])
        return answer["result"].get("value")

    def open(self, url, width, scheme):
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500)
        self.ask("Emulation.setEmulatedMedia", media="", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.events.clear()
        self.ask("Page.navigate", url=url)
        self.evaluate(
            "new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', () => done()))")

    def close(self):
        # A renderer that is busy would not hear anything milder.
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=30)


def told(browser, url):
    """What the console said, and what was asked for besides the page."""
    for event in browser.events:
        method, parameters = event.get("method"), event.get("params", {})
        if method == "Runtime.exceptionThrown" or (
                method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning")):
            yield f"console: {json.dumps(parameters)[:200]}"
        elif method == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            yield f"console: {parameters['entry']['text'][:200]}"
        elif method == "Network.requestWillBeSent":
            asked = parameters["request"]["url"]
            if asked != url and not asked.startswith("data:"):
                yield f"request: {asked}"


def faults(browser, page):
    url = page.as_uri()
    for scheme in ("light", "dark"):
        browser.open(url, 1280, scheme)
        if page.stat().st_size <= LARGE:
            browser.evaluate(UNFOLD)
        browser.evaluate(AXE)
        # Only colours differ between the two.
        rules = ", runOnly: ['color-contrast']" if scheme == "dark" else ""
        found = browser.evaluate(
            "axe.run({resultTypes: ['violations']" + rules + "}).then(found => found.violations.map("
            "rule => `axe ${rule.id}: ${rule.nodes.length} x ${rule.nodes[0].html.slice(0, 160)}`))")
        yield from (f"{scheme}: {fault}" for fault in found)
        ground = browser.evaluate("getComputedStyle(document.body).backgroundColor")
        if scheme == "dark" and ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"):
            yield "dark: the page is light"
        yield from (f"{scheme}: {fault}" for fault in told(browser, url))
    for width in (320, 360):
        browser.open(url, width, "light")
        for what in ("", " with text spacing"):
            browser.evaluate(SPACING if what else UNFOLD)
            across = browser.evaluate("document.documentElement.scrollWidth")
            if across > width:
                yield f"{width} pixels{what}: the page is {across} wide"
            yield from (f"{width} pixels{what}: {fault}" for fault in browser.evaluate(CHARTS))
    browser.open(url, 794, "dark")
    browser.ask("Emulation.setEmulatedMedia", media="print")
    folded = browser.evaluate(
        "[...document.querySelectorAll('main section details')].filter("
        "part => part.lastElementChild.getBoundingClientRect().height === 0).length")
    if folded:
        yield f"on paper: {folded} parts are folded"
    if not browser.evaluate("document.querySelector('h1')?.getBoundingClientRect().height"):
        yield "on paper: no title"
    # Tags take Chromium minutes on the largest page; what is printed is the same.
    pdf = base64.b64decode(browser.ask("Page.printToPDF", preferCSSPageSize=True, generateTaggedPDF=False)["data"])
    pages = 2 if page.name == "briefing.html" else 1
    if not pdf.startswith(b"%PDF-") or pdf.count(b"/Type /Page\n") < pages:
        yield "on paper: no PDF of several pages"


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    folder = pathlib.Path(arguments[0]).resolve()
    pages = sorted(page for name in ("briefing.html", "index.html") for page in folder.rglob(name))
    if not any(page.name == "briefing.html" for page in pages):
        print(f"there is no briefing.html below {arguments[0]}", file=sys.stderr)
        return 1
    # So that the browser goes, too, where this is ended from outside.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    wrong = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
        browser = Browser(f"{work}/profile")
        try:
            canary = pathlib.Path(work) / "briefing.html"
            canary.write_text(FAULTY, encoding="utf-8")
            found = "\n".join(faults(browser, canary))
            for kind in ("axe color-contrast", "axe document-title", "console:", "request:", "320 pixels: the page is",
                         "small:", "overlap:", "the page is light", "no title", "no PDF"):
                if kind not in found:
                    print(f"asleep: a page that is wrong in that way has no fault `{kind}`")
                    wrong += 1
            for page in pages:
                count = 0
                for fault in faults(browser, page):
                    print(f"{page}: {fault}")
                    count += 1
                wrong += count
                print(f"{page}: {'all well' if count == 0 else f'{count} faults'}", flush=True)
        finally:
            browser.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
