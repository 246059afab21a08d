import type { Page } from "@playwright/test";

/**
 * What stands out of its box: controls and text that reach past the inner edge of the card, banner, dialog or page
 * they are in. One line each; what scrolls or is hidden on purpose does not count.
 */
export const spills = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const BOXES = ".card, .banner, dialog, .page-body, .page-foot, .strip, .sidebar";
    const scrolls = (element: Element): boolean => {
      const { overflowX } = getComputedStyle(element);
      return overflowX === "auto" || overflowX === "scroll" || overflowX === "hidden";
    };
    const innerRight = (box: Element): number => {
      const { paddingRight, borderRightWidth } = getComputedStyle(box);
      return box.getBoundingClientRect().right - Number.parseFloat(paddingRight) - Number.parseFloat(borderRightWidth);
    };
    /** How far somebody drew it out on purpose, by a margin below zero. */
    const drawnOut = (element: Element, box: Element): number => {
      let sum = 0;
      for (let up: Element | null = element; up && up !== box; up = up.parentElement)
        sum += Math.max(0, -Number.parseFloat(getComputedStyle(up).marginRight));
      return sum;
    };
    const isLoose = (element: Element, box: Element): boolean => {
      for (let up = element.parentElement; up && up !== box; up = up.parentElement) if (scrolls(up)) return false;
      return true;
    };
    return (
      [
        ...document.querySelectorAll(
          "button, input, select, textarea, p, h1, h2, h3, dd, dt, td, th, pre, label, small, code",
        ),
      ]
        .filter((element) => element.getClientRects().length > 0 && !element.closest(".visually-hidden"))
        // A press area that covers its card is placed over it.
        .filter((element) => getComputedStyle(element).position !== "absolute")
        .flatMap((element) => {
          const box = element.parentElement?.closest(BOXES);
          if (!box || !isLoose(element, box)) return [];
          const out = element.getBoundingClientRect().right - innerRight(box) - drawnOut(element, box);
          const name = element.textContent?.trim().slice(0, 40) || element.getAttribute("aria-label") || "";
          return out > 1 ? [`${element.tagName} "${name}" reaches ${Math.round(out)} px out of .${box.className}`] : [];
        })
    );
  });
