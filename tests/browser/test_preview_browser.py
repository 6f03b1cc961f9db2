"""The channel page in a real browser, as a reader on a phone and on a wide screen sees it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from channel_story import CHANNEL, Preview, running_preview, tell
from selenium.common.exceptions import JavascriptException
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

pytestmark = [
    pytest.mark.browser,
    # selenium leaves its connections to the driver for the collector to close
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-prefers-reduced-motion",
    "--hide-scrollbars",
)
PHONE, WIDE = (360, 740), (1280, 800)


@dataclass
class Reader:
    """A browser on the page."""

    browser: Chrome
    preview: Preview

    def texts(self, pane: str = "channel") -> list[str]:
        script = "return [...document.querySelectorAll(arguments[0])].map(n => n.innerText)"
        return list(self.browser.execute_script(script, f"#{pane} .post .body"))

    def wait(self, seen: Callable[[], bool]) -> None:
        WebDriverWait(self.browser, 10, poll_frequency=0.05).until(lambda _: seen())

    def resize(self, size: tuple[int, int], scheme: str = "light") -> None:
        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": True}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})

    def overflow(self) -> int:
        script = (
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return int(self.browser.execute_script(script))


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    if BROWSER is None or DRIVER is None:
        reason = "chromium and chromedriver are not installed (apt-get install chromium-driver)"
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI must run the page's tests: {reason}")
        pytest.skip(reason)
    options = ChromeOptions()
    options.binary_location = BROWSER
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for flag in FLAGS:
        options.add_argument(flag)
    chrome = Chrome(options=options, service=ChromeService(DRIVER))
    yield chrome
    chrome.quit()


@pytest.fixture
def reader(browser: Chrome) -> Iterator[Reader]:
    with running_preview() as preview:
        reader = Reader(browser, preview)
        reader.resize(PHONE)
        browser.get_log("browser")
        yield reader
        browser.get("about:blank")


def test_a_phone_shows_the_posts_and_new_ones_by_themselves(reader: Reader, tmp_path: Path) -> None:
    tell(reader.preview, until=3)
    reader.browser.get(reader.preview.url)
    reader.wait(lambda: len(reader.texts()) == 3)
    tell(reader.preview, since=3)
    reader.wait(lambda: len(reader.texts()) == 5)
    assert reader.overflow() == 0
    assert reader.browser.execute_script(
        "const l = document.querySelector('#channel .log');"
        "return l.scrollHeight - l.scrollTop - l.clientHeight < 2"
    )
    assert reader.browser.save_screenshot(str(tmp_path / "phone.png"))
    reader.resize(PHONE, "dark")
    assert reader.browser.save_screenshot(str(tmp_path / "phone-dark.png"))
    assert (tmp_path / "phone.png").stat().st_size > 10_000
    assert [e for e in reader.browser.get_log("browser") if e["level"] == "SEVERE"] == []


def test_an_edit_changes_the_post_in_place_and_says_so(reader: Reader) -> None:
    tell(reader.preview, until=1)
    reader.browser.get(reader.preview.url)
    reader.wait(lambda: len(reader.texts()) == 1)
    reader.preview.call("editMessageText", chat_id=CHANNEL, message_id=1, text="Changed words")
    reader.wait(lambda: reader.texts() == ["Changed words"])
    assert reader.browser.find_element(By.CSS_SELECTOR, ".edited").text == "edited 06:12"


def test_a_visitor_asks_with_a_button_and_with_the_keyboard(reader: Reader, tmp_path: Path) -> None:
    tell(reader.preview)
    reader.browser.get(reader.preview.url)
    reader.wait(lambda: len(reader.texts()) == 5)
    reader.browser.find_element(By.CSS_SELECTOR, '.tabs [data-pane="chat"]').click()
    reader.browser.find_element(By.CSS_SELECTOR, '#commands [data-say="/help"]').click()
    reader.wait(lambda: len(reader.texts("chat")) == 2)
    field = reader.browser.find_element(By.ID, "words")
    field.send_keys("/status", Keys.ENTER)
    reader.wait(lambda: len(reader.texts("chat")) == 4)
    assert reader.texts("chat")[0] == "/help"
    assert reader.texts("chat")[2] == "/status"
    assert "You asked /status" in reader.texts("chat")[3]
    assert reader.overflow() == 0
    assert reader.browser.save_screenshot(str(tmp_path / "chat.png"))


def test_a_wide_screen_shows_channel_and_chat_side_by_side(reader: Reader, tmp_path: Path) -> None:
    tell(reader.preview)
    reader.resize(WIDE)
    reader.browser.get(reader.preview.url)
    reader.wait(lambda: len(reader.texts()) == 5)
    for pane in ("channel", "chat"):
        assert reader.browser.find_element(By.ID, pane).is_displayed()
    reader.browser.find_element(By.CSS_SELECTOR, '#commands [data-say="/help"]').click()
    reader.wait(lambda: len(reader.texts("chat")) == 2)
    assert reader.overflow() == 0
    assert reader.browser.save_screenshot(str(tmp_path / "wide.png"))


def test_words_of_a_post_never_become_markup(reader: Reader) -> None:
    hostile = "<img src=x onerror=window.hit=1><script>window.hit=1</script> javascript:alert(1)"
    reader.preview.call("sendMessage", chat_id=CHANNEL, text=hostile)
    reader.browser.get(reader.preview.url)
    reader.wait(lambda: reader.texts() == [hostile])
    assert reader.browser.execute_script("return window.hit") is None
    assert reader.browser.find_elements(By.CSS_SELECTOR, ".post img, .post script, .post a") == []


def test_the_policy_of_the_page_forbids_foreign_scripts(reader: Reader) -> None:
    reader.browser.get(reader.preview.url)
    with pytest.raises(JavascriptException):
        reader.browser.execute_async_script(
            "const done = arguments[0]; const s = document.createElement('script');"
            "s.textContent = 'window.inline = 1'; document.body.append(s);"
            "if (window.inline) done(1); else throw new Error('refused')"
        )


def test_every_text_has_enough_contrast_in_both_schemes(reader: Reader) -> None:
    tell(reader.preview)
    for scheme in ("light", "dark"):
        reader.resize(WIDE, scheme)
        reader.browser.get(reader.preview.url)
        reader.wait(lambda: len(reader.texts()) == 5)
        low = reader.browser.execute_script(CONTRAST_SCRIPT)
        assert low == [], scheme


def test_every_control_has_a_name_and_a_size_for_a_thumb(reader: Reader) -> None:
    reader.browser.get(reader.preview.url)
    reader.wait(lambda: bool(reader.browser.find_elements(By.CSS_SELECTOR, "#commands button")))
    for pane in ("channel", "chat"):
        reader.browser.find_element(By.CSS_SELECTOR, f'.tabs [data-pane="{pane}"]').click()
        for control in reader.browser.find_elements(By.CSS_SELECTOR, "button, input"):
            if control.is_displayed():
                assert control.accessible_name, control.get_attribute("outerHTML")
                assert control.size["height"] >= 44, control.get_attribute("outerHTML")


#: Returns the elements whose own text has less contrast than 4.5 : 1.
CONTRAST_SCRIPT = """
const parts = c => c.match(/[\\d.]+/g).map(Number);
const light = c => { const [r, g, b] = parts(c).map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
  return .2126 * r + .7152 * g + .0722 * b; };
const ground = n => { for (; n; n = n.parentElement) {
    const c = getComputedStyle(n).backgroundColor;
    if (c !== 'rgba(0, 0, 0, 0)' && c !== 'transparent') return c; }
  return 'rgb(255, 255, 255)'; };
return [...document.querySelectorAll('body *')].filter(n => n.offsetParent &&
    [...n.childNodes].some(c => c.nodeType === 3 && c.data.trim())).map(n => {
  const [a, b] = [light(getComputedStyle(n).color), light(ground(n))];
  const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  return ratio < 4.5 ? `${n.tagName} ${n.className} ${ratio.toFixed(2)}` : null;
}).filter(Boolean);
"""
