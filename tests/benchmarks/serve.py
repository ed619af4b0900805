"""What a save costs with ``flowstd serve``: from the file on the disk to the new chart on the screen of a real browser.

python -m tests.benchmarks.serve [--saves 40]

The bureau is served whole; the item of 28 steps that is on the screen is saved again and again, with another label each
time. The clock starts before the file is written. The page notes when the new label stands in its document and the next
frame has been drawn; both processes read the same clock.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from tests.render.test_browser import BROWSER
from tests.serve.running import ROOT, Running, running

BUREAU = ROOT / "examples" / "bureau"
ITEM = "models/dance_hall.py"
LABEL = "提交设立申请"

# the time at which the frame that shows the label has been drawn
SEEN = """([label]) => new Promise(done => {
  const tree = document.querySelector('#paper').shadowRoot
  const look = () => [...tree.querySelectorAll('title')].some(title => title.textContent.includes(label))
    && (watch.disconnect(), requestAnimationFrame(() => requestAnimationFrame(() => done(Date.now() / 1000))))
  const watch = new MutationObserver(look)
  watch.observe(tree, {childList: true, subtree: true})
  look()
})"""


def saves(server: Running, number: int) -> list[float]:
    """Seconds from save to screen, each."""
    from playwright.sync_api import sync_playwright

    text = (server.folder / ITEM).read_text("utf-8")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(server.address)
        page.locator("#items button", has_text="设立歌舞娱乐场所").click()
        page.locator("#paper").get_by_role("img", name=LABEL).wait_for()
        calm(server)
        found = []
        for at in range(number):
            label = f"{LABEL}（{at}）"
            page.evaluate(f"label => {{ window.seen = ({SEEN})([label]) }}", label)
            page.wait_for_timeout(100 + 37 * at % 60)         # at another moment between two looks each time
            begun = time.time()
            (server.folder / ITEM).write_text(text.replace(LABEL, label), "utf-8")
            found.append(page.evaluate("() => window.seen") - begun)
        browser.close()
    return found


def calm(server: Running) -> None:
    """Wait until every entry of the list has been weighed: no news for two seconds."""
    version, since = -1, time.monotonic()
    while time.monotonic() - since < 2:
        now = server.json("/items")["version"]
        if now != version:
            version, since = now, time.monotonic()
        time.sleep(0.2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=40)
    number = parser.parse_args().saves
    with tempfile.TemporaryDirectory() as home:
        shutil.copytree(BUREAU, Path(home) / "bureau")
        with running(Path(home) / "bureau", {}, (BUREAU / "flowstd.toml").read_text("utf-8")) as server:
            found = sorted(saves(server, number))
    print(f"save to screen, {ITEM} among 344: median {statistics.median(found) * 1000:.0f} ms, "
          f"95th percentile {found[int(0.95 * (number - 1))] * 1000:.0f} ms, {number} saves")


if __name__ == "__main__":
    main()
