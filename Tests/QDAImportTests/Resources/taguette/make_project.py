"""Makes the exports in this folder: a made-up project, driven into a running Taguette over HTTP.

    python3 -m venv venv && venv/bin/pip install taguette==1.5.2
    venv/bin/taguette --no-browser --port 7465 --database made_up.sqlite3 &
    python3 make_project.py LINK .     # LINK: the one with the token, as Taguette prints it

Every sentence is made up for this purpose; nobody said or wrote any of them.
"""

import html
import http.cookiejar
import json
import re
import sys
import urllib.error
import urllib.parse
import urllib.request

LINK, FOLDER = sys.argv[1], sys.argv[2]
SERVER = LINK.split("/?")[0]

TAGS = [
    ("ict", "Anything about computers and systems"),
    ("ict.joined_up", "Systems that do, or do not, pass data on"),
    ("training", "Courses, and time for them"),
    ("estate, \"old\"", "Buildings; a name with a comma and quotation marks"),
    ("unused", "A tag that no highlight has"),
]

# Document, its text, and its highlights: the words that are marked, and their tags.
DOCUMENTS = [
    ("R1", "The new laptops start quickly. Two systems still ask for the same form.", [
        ("The new laptops start quickly.", ["ict"]),
        ("Two systems still ask for the same form.", ["ict", "ict.joined_up"]),
    ]),
    ("R2", "A second day of the course would help. The roof leaks, \"as ever\", in March.", [
        ("A second day of the course would help.", ["training"]),
        ("The roof leaks, \"as ever\", in March.", ["estate, \"old\""]),
    ]),
    ("R3", "Nothing to add this year.", []),
    ("R4", "Data is typed in twice.\nIt is typed in again by the next team.", [
        ("Data is typed in twice.\nIt is typed in again by the next team.", ["ict.joined_up"]),
    ]),
    ("R5", "Course materials sit in three systems, so nobody finds them.", [
        ("Course materials sit in three systems", ["ict", "ict.joined_up", "training"]),
        ("nobody finds them", []),
    ]),
    ("R6", "=1+1 is how the sheet greets us. Žluťoučký kůň 🐎 is the password hint.", [
        ("=1+1 is how the sheet greets us.", ["ict"]),
        ("Žluťoučký kůň 🐎", ["interesting"]),
    ]),
]

jar = http.cookiejar.CookieJar()
opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))


def get(path):
    with opener.open(SERVER + path) as answer:
        return answer.read(), answer.geturl()


def xsrf():
    return next(cookie.value for cookie in jar if cookie.name == "_xsrf")


def post(path, body, content_type):
    request = urllib.request.Request(SERVER + path, data=body, headers={
        "Content-Type": content_type, "X-XSRFToken": xsrf(), "Accept": "application/json"})
    with opener.open(request) as answer:
        return answer.read(), answer.geturl()


def post_json(path, value):
    return json.loads(post(path, json.dumps(value).encode(), "application/json")[0] or b"null")


def add_document(project, name, text):
    # HTML, as Taguette needs Calibre to take anything else.
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))
    page = f"<html><head><meta charset=\"utf-8\"></head><body>{paragraphs}</body></html>"
    boundary = "made-up-boundary"
    parts = [("name", None, name), ("description", None, ""), ("file", name + ".html", page)]
    body = b""
    for field, filename, value in parts:
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"'.encode()
        if filename:
            body += f'; filename="{filename}"\r\nContent-Type: text/html'.encode()
        body += b"\r\n\r\n" + value.encode() + b"\r\n"
    body += f"--{boundary}--\r\n".encode()
    answer, _ = post(f"/api/project/{project}/document/new", body, f"multipart/form-data; boundary={boundary}")
    return json.loads(answer)["created"]


get(LINK.removeprefix(SERVER))
get("/project/new")
_, address = post(
    "/project/new", urllib.parse.urlencode({"name": "Made up", "description": "", "_xsrf": xsrf()}).encode(),
    "application/x-www-form-urlencoded")
project = re.search(r"/project/(\d+)", address).group(1)
page = get(f"/project/{project}")[0].decode()
tags = {"interesting": int(re.search(r'"id": (\d+), "path": "interesting"', page).group(1))}
for path, description in TAGS:
    tags[path] = post_json(f"/api/project/{project}/tag/new", {"path": path, "description": description})["id"]

documents = {}
for name, text, highlights in DOCUMENTS:
    documents[name] = document = add_document(project, name, text)
    contents = json.loads(get(f"/api/project/{project}/document/{document}/contents")[0])
    # Offsets are bytes of the text without its mark-up.
    stored = html.unescape(re.sub(r"<[^>]*>", "", "".join(part["contents"] for part in contents["contents"])))
    for words, names in highlights:
        start = stored.encode().index(words.split("\n")[0].encode())
        end = stored.encode().index(words.split("\n")[-1].encode()) + len(words.split("\n")[-1].encode())
        post_json(f"/api/project/{project}/document/{document}/highlight/new",
                  {"start_offset": start, "end_offset": end, "tags": [tags[name] for name in names]})

EXPORTS = [
    ("highlights/.csv", "highlights.csv"), ("highlights/.xlsx", "highlights.xlsx"),
    ("highlights/.html", "highlights.html"), ("highlights/ict.csv", "highlights-ict.csv"),
    ("codebook.qdc", "codebook.qdc"), ("codebook.csv", "codebook.csv"),
    ("codebook.xlsx", "codebook.xlsx"), ("codebook.html", "codebook.html"),
    (f"document/{documents['R1']}.html", "document-R1.html"), ("project.sqlite3", "project.sqlite3"),
    ("project.qdpx", "project.qdpx"), ("highlights/.docx", "highlights.docx"),
]
for path, name in EXPORTS:
    try:
        contents, _ = get(f"/project/{project}/export/{path}")
    except urllib.error.HTTPError as error:
        print(f"{name}: not offered ({error.code})")
        continue
    with open(f"{FOLDER}/{name}", "wb") as file:
        file.write(contents)
    print(f"{name}: {len(contents)} bytes")
