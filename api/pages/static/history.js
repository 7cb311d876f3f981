// Two sliders over a file: the page is asked for again as they move, and what it tells is put in place.
const sliders = document.querySelector("[data-sliders]");
const form = document.querySelector(".audit-times");
const seen = new Map();
let asking = null;

function stop(input) {
  const [value, text] = input.stops[Number(input.value)];
  return { value, text };
}

function tell(input) {
  const { text } = stop(input);
  input.setAttribute("aria-valuetext", text);
  sliders.querySelector(`output[for="${input.id}"]`).textContent = text;
}

function address() {
  const query = new URLSearchParams();
  for (const input of sliders.querySelectorAll("input")) {
    const { value } = stop(input);
    if (value) query.set(input.dataset.name, value);
  }
  return location.pathname + (query.size ? `?${query}` : "");
}

async function page(url, signal) {
  if (!seen.has(url)) {
    const answer = await fetch(url, { headers: { accept: "text/html" }, signal });
    seen.set(url, new DOMParser().parseFromString(await answer.text(), "text/html"));
  }
  return seen.get(url);
}

async function show() {
  const url = address();
  asking?.abort();
  asking = new AbortController();
  try {
    const found = await page(url, asking.signal);
    for (const part of ["[data-then]", "[data-told]"]) {
      const here = document.querySelector(part);
      const there = found.querySelector(part);
      if (!there) { location.assign(url); return; }
      here.replaceChildren(...there.cloneNode(true).childNodes);
    }
    for (const input of form.querySelectorAll("input")) {
      input.value = found.querySelector(`.audit-times input[name="${input.name}"]`).value;
    }
    history.replaceState(null, "", url);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  }
}

if (sliders) {
  let waiting = 0;
  for (const input of sliders.querySelectorAll("input")) {
    input.stops = input.dataset.stops.split(";").map((each) => each.split("|"));
    input.disabled = input.stops.length < 2;
    input.addEventListener("input", () => {
      tell(input);
      clearTimeout(waiting);
      waiting = setTimeout(show, 60);
    });
  }
  sliders.hidden = false;
}
