"""Opens pages in a headless Chromium, as their readers do, and tells what is wrong with them.

Usage: check_pages.py FOLDER    every briefing.html and index.html below it

Of each page, in light and in dark: no message on the console, no request but the page's own, and nothing that axe-core
finds against WCAG 2.2 AA or its own best practices. At 320 and 360 pixels, with everything unfolded and once more with the
letter spacing of WCAG 1.4.12, the page never scrolls sideways, no text of a chart is smaller than 12 pixels, and none lies
upon another or outside its chart. On paper everything is unfolded, and a PDF comes out.

Of each briefing's script, with the page's policy in force: without it the page is whole; with it a reader finds questions, goes to
one and sorts each table, all by the keyboard, too, and no figure comes or goes.

A page with faults of every kind is checked first, and a script with faults: a checker that finds nothing in them is asleep.
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
import time

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


# Of each table that can be sorted, by each of its heads: both ways round, and back to where it was. Reads what stands there itself.
SORTED = """(() => {
  const faults = [];
  const rowsOf = body => {
    let group = '';
    return [...body.rows].map(row => {
      const cells = [...row.cells].map(cell => cell.textContent.trim());
      if (row === body.rows[0]) group = cells[0];
      else if (body.rows[0].cells[0].rowSpan > 1) cells.unshift(group);
      return cells;
    });
  };
  let tables = 0;
  for (const table of document.querySelectorAll('table')) {
    const buttons = [...table.querySelectorAll('thead button')];
    if (!buttons.length) continue;
    tables += 1;
    const name = table.caption.textContent.slice(0, 60);
    const fault = words => faults.push(`sort: ${name}: ${words}`);
    if (buttons.filter(button => button.tabIndex === 0).length !== 1) fault('it has not one stop of the keyboard');
    const standing = () => [...table.tBodies].map(body => [...body.rows].map(row => row.outerHTML).join('')).join('|');
    const before = standing();
    const held = () => [...table.tBodies].flatMap(rowsOf).map(cells => cells.join('|')).sort().join('\\n');
    const all = held();
    for (const button of buttons) {
      const head = button.parentElement;
      const column = head.cellIndex;
      const ways = [];
      for (let press = 0; press < 3; press++) {
        button.click();
        const way = head.getAttribute('aria-sort');
        ways.push(way);
        if (table.querySelectorAll('[aria-sort]').length !== (way ? 1 : 0)) fault('several heads say that it is sorted by them');
        if (held() !== all) fault('sorting changes what stands in it');
        if (!way) continue;
        let lists = [...table.tBodies].map(rowsOf);
        if (table.classList.contains('heat')) {
          if (lists[0][0][1] !== 'Base') fault('the bases are not first');
          lists = lists.map(list => list.slice(1));
        } else if (lists.every(list => list.length === 1) || column === 0) {
          lists = [lists.map(list => list[0])];
        } else {
          lists = lists.map(list => {
            if (list.slice(1).some(cells => cells[1] === '(base)')) fault('a base is not first');
            return list.filter(cells => cells[1] !== '(base)');
          });
        }
        for (const list of lists) {
          const texts = list.map(cells => cells[column]);
          const figures = texts.filter(text => text !== '' && text[0] !== '[');
          if (texts.slice(0, figures.length).some(text => text === '' || text[0] === '[')) fault('a marker stands among figures');
          if (!figures.every(text => /^[-+\u2212]?[0-9.,]+( .u.)?$/.test(text))) continue;
          const values = figures.map(text => parseFloat(text.replace('\u2212', '-').replace(',', '')));
          const down = way === 'descending';
          if (values.some((value, index) => index > 0 && (down ? value > values[index - 1] : value < values[index - 1]))) {
            fault(`${head.textContent} is not ${way}: ${values.slice(0, 6)}`);
          }
        }
      }
      if (ways.filter(way => way).length !== 2 || ways[2] !== null) fault(`it goes through ${ways}`);
      if (standing() !== before) fault('it does not come back');
    }
  }
  if (!tables && [...document.querySelectorAll('table')].some(table => table.rows.length > 8)) faults.push('sort: no table can be sorted');
  return faults.slice(0, 5);
})()"""

# Every number of the page, however often and in whatever order; the list of questions to go to repeats those of their wordings.
NUMBERS = """(() => {
  const page = document.querySelector('main').cloneNode(true);
  page.querySelectorAll('#tools').forEach(part => part.remove());
  const texts = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  const numbers = [];
  while (texts.nextNode()) numbers.push(...(texts.currentNode.data.match(/[0-9]+([.,][0-9]+)*/g) ?? []));
  return numbers.sort().join(' ');
})()"""

SHOWN = "[...document.querySelectorAll('#results section[id^=q-]')].filter(part => part.getClientRects().length).map(part => part.id)"


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
        # No promise is kept where no script runs.
        while self.evaluate("document.readyState") != "complete":
            time.sleep(0.05)

    def press(self, key):
        """A key of the keyboard, by its name."""
        codes = {"Enter": 13, "Escape": 27, "Tab": 9, "End": 35, "ArrowRight": 39, "ArrowLeft": 37}
        parameters = {"key": key, "code": key, "windowsVirtualKeyCode": codes[key]}
        if key == "Enter":
            parameters["text"] = "\r"
        self.ask("Input.dispatchKeyEvent", type="keyDown", **parameters)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **parameters)

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


def script_faults(browser, url, has_policy=True):
    browser.ask("Page.setBypassCSP", enabled=not has_policy)
    browser.ask("Emulation.setEmulatedMedia", media="")
    try:
        browser.ask("Emulation.setScriptExecutionDisabled", value=True)
        browser.open(url, 1280, "light")
        if browser.evaluate("document.querySelectorAll('main section[hidden], th button').length"):
            yield "without a script: a part is hidden, or a button does nothing"
        if browser.evaluate("[...document.querySelectorAll('#tools, #tools-note')].some(part => part.getClientRects().length)"):
            yield "without a script: what needs it is shown"
        numbers = browser.evaluate(NUMBERS)
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)
        browser.open(url, 1280, "light")
        questions = browser.evaluate(SHOWN)
        if browser.evaluate("!!document.querySelector('#tools')"):
            yield from finding_faults(browser, questions)
        yield from browser.evaluate(SORTED)
        yield from sorting_by_keyboard_faults(browser)
        if browser.evaluate(NUMBERS) != numbers:
            yield "script: a figure came or went"
        yield from told(browser, url)
    finally:
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)
        browser.ask("Page.setBypassCSP", enabled=True)


def finding_faults(browser, questions):
    def type_in(text):
        browser.evaluate("(() => { const input = document.querySelector('#find'); input.focus(); input.select(); })()")
        browser.ask("Input.insertText", text=text)

    def is_at(question):
        return browser.evaluate(
            f"document.activeElement.parentElement.id === {json.dumps(question)} && location.hash === '#' + {json.dumps(question)}"
            " && document.activeElement.getBoundingClientRect().top >= 0"
            " && document.activeElement.getBoundingClientRect().top < innerHeight")

    def status():
        return browser.evaluate("document.querySelector('#tools [role=status]').textContent")

    last = questions[-1]
    if not browser.evaluate("document.querySelector('#tools').getClientRects().length > 0"):
        yield "find: what finds questions is not shown"
        return
    wording = browser.evaluate(f"document.getElementById({json.dumps(last)}).firstElementChild.textContent")
    type_in(wording.upper())
    shown = browser.evaluate(SHOWN)
    if last not in shown or len(shown) == len(questions) or not status():
        yield f"find: of {len(questions)} questions {len(shown)} are shown for the wording of one"
    if not browser.evaluate(
            SHOWN + ".every(id => { const part = document.getElementById(id);"
            " const text = (part.textContent + part.parentElement.firstElementChild.textContent).toLowerCase();"
            f" return {json.dumps(wording.lower())}.split(' ').every(word => text.includes(word)); }})"):
        yield "find: a question is shown that lacks a word"
    browser.press("Enter")
    if not shown or not is_at(shown[0]):
        yield "find: Enter does not lead to the first that is found"
    type_in("xyzzy")
    if browser.evaluate(SHOWN) or not status():
        yield "find: words of no question find one, or it is not said"
    browser.ask("Emulation.setEmulatedMedia", media="print")
    if browser.evaluate(SHOWN) != questions:
        yield "find: what is hidden on the screen is not on paper"
    browser.ask("Emulation.setEmulatedMedia", media="")
    browser.evaluate(f"document.querySelector('nav a[href=\"#' + CSS.escape({json.dumps(last)}) + '\"]').click()")
    browser.evaluate("new Promise(done => setTimeout(done, 100))")
    if browser.evaluate(SHOWN) != questions:
        yield "find: a link does not lead to what is hidden"
    type_in("xyzzy")
    browser.press("Escape")
    if browser.evaluate(SHOWN) != questions or status():
        yield "find: Escape does not show all again"
    browser.evaluate("document.querySelector('#jump').focus()")
    browser.press("End")
    browser.press("Tab")
    browser.press("Enter")
    if not is_at(last):
        yield "jump: it does not lead to the question that was chosen"


def sorting_by_keyboard_faults(browser):
    if not browser.evaluate(
            "(() => { const first = [...document.querySelectorAll('thead button')].find(button => button.checkVisibility());"
            " first?.focus(); return !!first; })()"):
        return
    browser.press("ArrowRight")
    browser.press("Enter")
    if not browser.evaluate(
            "(() => { const head = document.activeElement.parentElement;"
            " return head.hasAttribute('aria-sort') && head.previousElementSibling?.querySelector('button')?.tabIndex === -1; })()"):
        yield "sort: the arrow keys and Enter do not sort by the next column"


def asleep(browser, page, work):
    """Which faults of a script would not be found: the page's own, changed."""
    text = page.read_text(encoding="utf-8")
    for kind, has_policy, old, new in [
            ("console:", True, "'use strict';", "'use strict'; "),
            ("find: what finds questions is not shown", True, "'use strict';", "'use strict'; "),
            ("find: a question is shown that lacks a word", False, "section.hidden = !wanted.every", "section.hidden = !wanted.some"),
            ("find: a link", False, "if (target?.closest('[hidden]'))", "if (!target)"),
            ("find: Enter", False, "goTo(found[0])", "goTo(questions[0])"),
            ("jump:", False, "goTo(section);", ""),
            ("is not descending", False, "return down ? -order : order;", "return order;"),
            ("a marker stands among figures", False, "const isLast = text => ", "const isLast = text => false; const unused = text => "),
            ("it does not come back", False, "way === 'none' || isOfGroups(column)", "isOfGroups(column)"),
            ("a figure came or went", False, "tools.hidden =", "tools.after('12.5'); tools.hidden ="),
            ("arrow keys", False, "ArrowRight: 1", "ArrowRight: 0"),
    ]:
        changed = pathlib.Path(work) / "briefing.html"
        if old not in text:
            yield f"a script without `{old}`"
            continue
        changed.write_text(text.replace(old, new), encoding="utf-8")
        if kind not in "\n".join(script_faults(browser, changed.as_uri(), has_policy)):
            yield f"a script with `{new}` in place of `{old}` has no fault `{kind}`"


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
            with_tools = [page for page in pages if b'id="tools"' in page.read_bytes()]
            if not with_tools:
                print("there is no briefing of many questions")
                wrong += 1
            for fault in asleep(browser, min(with_tools, key=lambda page: page.stat().st_size), work) if with_tools else []:
                print(f"asleep: {fault}")
                wrong += 1
            for page in pages:
                count = 0
                found = faults(browser, page)
                if page.name == "briefing.html":
                    found = itertools.chain(found, script_faults(browser, page.as_uri()))
                for fault in found:
                    print(f"{page}: {fault}")
                    count += 1
                wrong += count
                print(f"{page}: {'all well' if count == 0 else f'{count} faults'}", flush=True)
        finally:
            browser.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
