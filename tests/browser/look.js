// Looks at the page as it stands and tells what is wrong with it, one sentence each; `what` names the checks.
(what) => {
  const found = [];
  const seen = (one) => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    return style.visibility !== "hidden" && box.width > 1 && box.height > 1;
  };
  const name = (one) => `${one.tagName.toLowerCase()}${[...one.classList].map((each) => "." + each).join("")} "${(one.textContent || one.value || "").trim().slice(0, 40)}"`;
  const scrolls = (one) => one.closest(".scroll, pre, iframe") && !one.matches(".scroll, pre, iframe");
  const hidden = (one) => one.closest(".sight, .jump, [hidden], svg, details:not([open]) > :not(summary)");

  if (what.includes("width")) {
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) found.push(`the page scrolls sideways: ${page.scrollWidth} in ${page.clientWidth} px`);
    for (const one of document.body.querySelectorAll("*")) {
      if (!seen(one) || hidden(one) || scrolls(one)) continue;
      const box = one.getBoundingClientRect();
      if (box.right > page.clientWidth + 1 || box.left < -1) found.push(`reaches out of the page: ${name(one)}`);
      const style = getComputedStyle(one);
      const text = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
      if (!text || one.matches("textarea, select, option")) continue;
      const cut = style.overflowX !== "visible" && style.overflowX !== "auto" && one.scrollWidth > one.clientWidth + 1;
      const low = style.overflowY !== "visible" && style.overflowY !== "auto" && one.scrollHeight > one.clientHeight + 2;
      if ((cut || low) && !one.matches(".bar-title")) found.push(`its text is cut off: ${name(one)}`);
      if (style.overflowX === "visible" && one.scrollWidth > one.clientWidth + 1 && one.clientWidth) found.push(`its text runs out of it: ${name(one)}`);
    }
  }
  if (what.includes("targets")) {
    for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
      if (!seen(one) || hidden(one) || one.type === "hidden") continue;
      const pressed = one.closest("label.choice, label.tick") || one;
      const box = pressed.getBoundingClientRect();
      const least = one.matches(".button:not(.small):not(.quiet), .exit") ? 44 : 24;
      const sentence = one.matches("a") && getComputedStyle(one).display === "inline" && one.parentElement.textContent.trim() !== one.textContent.trim();
      if (!sentence && (box.height < least || box.width < 24)) found.push(`is too small to press (${Math.round(box.width)} by ${Math.round(box.height)}): ${name(one)}`);
    }
  }
  if (what.includes("focus")) {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const shown = one.closest("label.choice, label.tick") || one;
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    const around = shown.getBoundingClientRect();
    if (one.tagName === "IFRAME") return [name(one), ""];
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 40), 1), innerWidth - 1);
    const middle = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
    const top = document.elementFromPoint(x, middle);
    const inside = box.bottom > 0 && box.top < innerHeight && around.right > 0 && around.left < innerWidth;
    const covered = top && !one.contains(top) && !top.contains(one) && !shown.contains(top);
    const wrong = !ring ? "shows no focus" : !inside ? "has the focus out of sight" : covered ? `has the focus under ${name(top)}` : "";
    return [name(one) + Math.round(box.top + scrollY), wrong && `${wrong}: ${name(one)}`];
  }
  return found;
}
