// How far an import is, as it goes on; without this the page is asked for again every two seconds.
const state = document.getElementById("state");
const progress = document.getElementById("progress");
const counts = ["rows", "assets", "recorded", "already", "refused", "quarantined"];
const number = new Intl.NumberFormat(document.documentElement.lang);

const followed = new EventSource(`/v1${location.pathname}/events`);
followed.addEventListener("import", (event) => {
  const told = JSON.parse(event.data);
  if (told.ended_at) {
    followed.close();
    location.reload();
    return;
  }
  if (state.textContent !== state.dataset[told.state]) state.textContent = state.dataset[told.state];
  progress.value = told.progress;
  for (const name of counts) document.getElementById(name).textContent = number.format(told[name]);
});
followed.addEventListener("error", () => {
  if (followed.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
});
