// Forms of entries: the law beside the fields as one types, the hash of a document, the fields of a kind.

const LATER = 350; // milliseconds without typing

function watched(form) {
  const asked = ["on", "decided_by", "of", "accepted", "starting_price", "deposit", "to_price", "price", "auction_at",
    "registration_to", "posted_on", "until", "method", "reason", "registrants", "bidders", "value", "amount", "paid",
    "step_price", "prepaid", "deposit_kept", "difference_paid"];
  let waiting, asking;
  const look = async () => {
    asking?.abort();
    asking = new AbortController();
    const typed = new URLSearchParams();
    for (const name of asked) {
      const value = form.elements[name]?.value;
      if (value) typed.set(name, value.slice(0, 200));
    }
    try {
      const answer = await fetch(`${form.getAttribute("action")}?${typed}`, { signal: asking.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const place of document.querySelectorAll("[data-law]")) {
        const told = page.querySelector(`[data-law="${place.dataset.law}"]`);
        if (told && told.innerHTML !== place.innerHTML) place.replaceChildren(...told.childNodes);
      }
    } catch (error) {
      if (error.name !== "AbortError") console.warn(error); // the law beside the fields stays as it was
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, LATER);
  });
}

function hashed(place) {
  const form = place.closest("form");
  place.hidden = false;
  document.querySelector(".recording-by-hand")?.remove();
  place.querySelector("input").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    form.elements.sha256.value = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    form.elements.name.value = file.name;
    form.elements.size.value = file.size;
    form.elements.media_type.value = file.type;
  });
}

for (const form of document.querySelectorAll("form[data-watched]")) watched(form);
if (globalThis.crypto?.subtle) for (const place of document.querySelectorAll("[data-hashed]")) hashed(place);
for (const button of document.querySelectorAll("[data-shows-kind]")) {
  button.closest("p").hidden = true;
  button.form.elements.kind.addEventListener("change", () => button.form.requestSubmit(button));
}
