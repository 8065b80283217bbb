#!/usr/bin/env python3
"""Writes what canvass is made of as SPDX 2.3 JSON: `make sbom` calls it.

  sbom.py --root REPOSITORY --libraries csv.h:libcsv-dev zlib.h:zlib1g-dev ... >canvass.spdx.json

Who wrote a work and under which licence stands in NOTICE alone. Which works there are is read where they are chosen: Package.resolved,
the C libraries of the Makefile, and what the renderer of PDFs installs. A work that stands in one and not in the other is an error, so
that neither can be forgotten. Versions of C libraries and fonts are those of this machine, as dpkg has them.

The same commit on the same machine gives the same bytes: the time is the commit's, or SOURCE_DATE_EPOCH.
"""

import argparse
import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.parse

# How the C libraries of the Makefile, the runtime and the fonts are named in NOTICE.
LIBRARIES = {
    "libcsv-dev": "libcsv", "zlib1g-dev": "zlib", "libglpk-dev": "GLPK", "libexpat1-dev": "Expat", "libzip-dev": "libzip",
    "r-mathlib": "libRmath", "libreadstat-dev": "ReadStat", "nettle-dev": "Nettle",
}
RUNTIME = "The Swift runtime and Foundation"
FONTS = {"noto": "fonts-noto-core", "unifont": "fonts-unifont"}
NO_WORD = "NOASSERTION"


def output(*command):
    """What a command prints, or None where it is not there or fails."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def notice(text):
    """By name: each work of NOTICE, with the heading of its section. Wordings of questionnaires are no works that canvass is made of."""
    works, section, entry = {}, None, None
    for line in text.split("\n"):
        if line and not line.startswith(" "):
            section, entry = line, None
        elif match := re.fullmatch(r"  (\S.*?) {2,}(https?://.*)", line):
            urls = match[2].split(", ")
            entry = []
            for name in match[1].split(", "):
                name, version = re.fullmatch(r"(.*?)(?: (\d[\d.]*)(?: \(.*\))?)?", name).groups()
                works[name] = {"name": name, "version": version, "url": urls[0], "text": "", "section": section}
                entry.append(works[name])
        elif line.startswith("    ") and entry:
            for work in entry:
                if line.startswith("    SPDX: "):
                    work["licence"] = line.removeprefix("    SPDX: ")
                else:
                    work["text"] += (" " if work["text"] else "") + line.strip()
    return works


def debian(package):
    """The version and locator of an installed Debian package."""
    told = output("dpkg-query", "--show", "--showformat=${Version} ${Architecture} ${db:Status-Status}", package)
    if not told or not told.endswith(" installed"):
        return NO_WORD, None
    version, architecture, _ = told.split(" ")
    return version, f"pkg:deb/debian/{package}@{urllib.parse.quote(version)}?arch={architecture}"


def chosen(root, libraries):
    """Each work that is chosen somewhere: its name in NOTICE, version, locator, download location and relationship."""
    for pin in json.loads((root / "Package.resolved").read_text())["pins"]:
        url, state = pin["location"].removesuffix(".git"), pin["state"]
        name = url.rsplit("/", 1)[1]
        is_linked = name in ("swift-argument-parser", "Yams")
        yield name, state["version"], f"pkg:swift/{url.removeprefix('https://')}@{state['version']}", \
            f"git+{url}@{state['revision']}", "STATIC_LINK" if is_linked else "BUILD_DEPENDENCY_OF"
    for library in libraries:
        package = library.split(":")[1]
        if package not in LIBRARIES:
            sys.exit(f"sbom: no work of NOTICE is known for {package}")
        yield LIBRARIES[package], *debian(package), None, "DYNAMIC_LINK"
    swift = re.search(r"Swift version (\S+)", output("swift", "--version") or "")
    yield RUNTIME, swift[1] if swift else NO_WORD, None, None, "STATIC_LINK"
    renderer = root / "Sources/Briefing/Renderer"
    for pin in (renderer / "requirements.txt").read_text().split():
        name, version = pin.split("==")
        yield {"typst": "Typst"}.get(name, name), version, f"pkg:pypi/{name}@{version}", None, "OPTIONAL_DEPENDENCY_OF"
    for path in sorted(set((renderer / "fonts.txt").read_text().split())):
        folder, file = path.split("/")[-2:]
        # NotoSansHebrew-Bold.ttf is of the family Noto Sans Hebrew, unifont_upper.otf of Unifont Upper.
        words = re.findall(r"[A-Z][a-z]+|[a-z]+", file.split(".")[0].split("-")[0])
        yield " ".join(word.capitalize() for word in words), *debian(FONTS[folder]), None, "OPTIONAL_DEPENDENCY_OF"


def identifier(name):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]+", "-", name)


def package(work, version, locator, download):
    """A work as a package of SPDX 2.3 (7, Package information)."""
    described = {
        "SPDXID": identifier(work["name"]), "name": work["name"], "versionInfo": version,
        "downloadLocation": download or NO_WORD, "homepage": work["url"], "filesAnalyzed": False,
        "licenseConcluded": work["licence"], "licenseDeclared": work["licence"],
        "copyrightText": work["text"], "supplier": NO_WORD,
    }
    if locator:
        described["externalRefs"] = [
            {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": locator}]
    return described


def created(root):
    told = os.environ.get("SOURCE_DATE_EPOCH") or output("git", "-C", str(root), "log", "-1", "--format=%ct")
    utc = datetime.timezone.utc
    moment = datetime.datetime.fromtimestamp(int(told), utc) if told else datetime.datetime.now(utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def document(root, libraries):
    text = (root / "NOTICE").read_text()
    works = notice(text)
    version = re.search(r'canvassVersion = "(.*)"', (root / "Sources/Canvass/Version.swift").read_text())[1]
    own = identifier("canvass")
    packages = [{
        "SPDXID": own, "name": "canvass", "versionInfo": version, "downloadLocation": NO_WORD, "filesAnalyzed": False,
        "licenseConcluded": "GPL-3.0-or-later", "licenseDeclared": "GPL-3.0-or-later",
        "copyrightText": text.split("\n")[1], "primaryPackagePurpose": "APPLICATION", "supplier": NO_WORD,
    }]
    relationships = [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": own}]
    described = {}
    for name, its_version, locator, download, relationship in chosen(root, libraries):
        if name not in works:
            sys.exit(f"sbom: {name} is not in NOTICE")
        work = works[name]
        if "licence" not in work:
            sys.exit(f"sbom: NOTICE tells no licence of {name} as `SPDX: ...`")
        # What canvass chooses is pinned; what the system has may be another version.
        if not (locator or "").startswith("pkg:deb/") and work["version"] not in (None, its_version) and its_version != NO_WORD:
            sys.exit(f"sbom: {name} is {its_version}, and NOTICE says {work['version']}")
        if name in described:
            continue
        described[name] = package(work, its_version, locator, download)
        ends = (own, identifier(name)) if relationship.endswith("_LINK") else (identifier(name), own)
        relationships.append({
            "spdxElementId": ends[0], "relationshipType": relationship, "relatedSpdxElement": ends[1]})
    forgotten = [name for name, work in works.items() if name not in described and not work["section"].startswith("Wording")]
    if forgotten:
        sys.exit("sbom: NOTICE names what nothing chooses: " + ", ".join(forgotten))
    packages += described.values()
    digest = hashlib.sha256(json.dumps([packages, relationships], sort_keys=True).encode()).hexdigest()
    return {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"canvass-{version}",
        "documentNamespace": f"https://spdx.org/spdxdocs/canvass-{version}-{digest}",
        "creationInfo": {"created": created(root), "creators": ["Tool: canvass-sbom"]},
        "packages": packages, "relationships": relationships,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--libraries", nargs="+", required=True)
    arguments = parser.parse_args()
    json.dump(document(arguments.root, arguments.libraries), sys.stdout, indent=2, sort_keys=True, ensure_ascii=False)
    print()
